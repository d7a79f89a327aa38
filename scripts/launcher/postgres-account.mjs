import { spawnSync } from 'node:child_process';
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

/**
 * As whom PostgreSQL runs. It refuses to run as root; there the user postgres (made if missing, else
 * nobody) takes over. Where that user cannot reach the clone or the data (a home or a temporary folder
 * that only root may enter), the right to pass is given to that one process.
 */
export function postgresAccount({ binary, folder }) {
  if (process.getuid?.() !== 0) return { ids: {}, prefix: [] };
  const account = idsOf('postgres') ?? makeAccount() ?? idsOf('nobody');
  if (!account) throw new Refusal('PostgreSQL does not run as root, and there is no user postgres. Make one: useradd --system postgres');
  const reaches =
    runsAs(account, binary, ['--version']) && runsAs(account, '/bin/sh', ['-c', 'cd "$0"', folder]);
  if (reaches) return { ids: { uid: account.uid, gid: account.gid }, owner: account, prefix: [] };
  const prefix = withRights(account);
  if (spawnSync(prefix[0], [...prefix.slice(1), binary, '--version']).status === 0) return { ids: {}, owner: account, prefix };
  throw new Refusal(
    `PostgreSQL runs as the user ${account.name} because you are root, and that user cannot enter ${folder} or the clone.\n` +
      'Open the folders above them (chmod o+x), move them (--data DIR), or start as another user.',
  );
}
