import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Refusal } from './say.mjs';

function idsOf(name) {
  const [uid, gid] = ['-u', '-g'].map((flag) => spawnSync('id', [flag, name], { encoding: 'utf8' }));
  if (uid.status !== 0 || gid.status !== 0) return undefined;
  return { name, uid: Number(uid.stdout), gid: Number(gid.stdout) };
}

function makeAccount() {
  spawnSync('groupadd', ['--system', 'postgres']);
  spawnSync('useradd', ['--system', '--gid', 'postgres', '--no-create-home', 'postgres']);
  return idsOf('postgres');
}

const runsAs = (account, command, args) =>
  spawnSync(command, args, { uid: account.uid, gid: account.gid, encoding: 'utf8' }).status === 0;

// An ambient capability survives the change of user, unlike root's own rights.
const withRights = (account) => [
  'setpriv',
  `--reuid=${account.uid}`,
  `--regid=${account.gid}`,
  '--clear-groups',
  '--inh-caps=+dac_override',
  '--ambient-caps=+dac_override',
];

/** Where root keeps the programs for an account that cannot enter the clone; nobody else may write there. */
const REACHABLE_HOME = '/var/lib/baton';

/** The user that PostgreSQL runs as; undefined where that is simply who we are. It refuses to run as root. */
export function serverAccount() {
  if (process.getuid?.() !== 0) return undefined;
  const account = idsOf('postgres') ?? makeAccount() ?? idsOf('nobody');
  if (!account) throw new Refusal('PostgreSQL does not run as root, and there is no user postgres. Make one: useradd --system postgres');
  return account;
}

/**
 * The folder of PostgreSQL's programs as the account can reach it: the package's own, or a copy where the
 * clone lies in a home or a temporary folder that only root may enter (the programs check that they may be
 * executed in a way that no lent right satisfies).
 */
export function reachablePrograms({ native, version, account }) {
  if (!account || runsAs(account, join(native, 'bin', 'postgres'), ['--version'])) return native;
  const copy = join(REACHABLE_HOME, `postgresql-${version}`);
  if (!existsSync(copy)) {
    const draft = `${copy}.${process.pid}.new`;
    rmSync(draft, { recursive: true, force: true });
    mkdirSync(REACHABLE_HOME, { recursive: true, mode: 0o755 });
    cpSync(native, draft, { recursive: true, verbatimSymlinks: true });
    try {
      renameSync(draft, copy);
    } catch {
      // Another start made it meanwhile.
      rmSync(draft, { recursive: true, force: true });
    }
  }
  if (runsAs(account, join(copy, 'bin', 'postgres'), ['--version'])) return copy;
  throw new Refusal(`PostgreSQL runs as the user ${account.name} because you are root, and that user can run it neither in ${native} nor in ${copy}.`);
}

/** How to start a program as the account so that it can enter the data folder: { ids, prefix } of the command. */
export function asAccount({ account, folder }) {
  if (!account) return { ids: {}, prefix: [] };
  const ids = { uid: account.uid, gid: account.gid };
  if (runsAs(account, '/bin/sh', ['-c', 'cd "$0"', folder])) return { ids, prefix: [] };
  const prefix = withRights(account);
  if (spawnSync(prefix[0], [...prefix.slice(1), '/bin/sh', '-c', 'cd "$0"', folder]).status === 0) return { ids: {}, prefix };
  throw new Refusal(
    `PostgreSQL runs as the user ${account.name} because you are root, and that user cannot enter ${folder}.\n` +
      'Open the folders above it (chmod o+x), put the data elsewhere (--data DIR), or start as another user.',
  );
}
