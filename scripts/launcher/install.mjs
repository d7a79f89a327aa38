import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { track } from './child.mjs';
import { inRoot } from './root.mjs';
import { Refusal, step } from './say.mjs';

const NODE_FLOOR = [20, 19];

const versionsIn = (path) =>
  Object.entries(JSON.parse(readFileSync(path, 'utf8')).packages ?? {}).filter(([name]) => name !== '');

/** Is every package that the lock file names there, at its version? npm writes its own list last, so a broken-off install shows. */
export function packagesAreInstalled() {
  const list = inRoot('node_modules', '.package-lock.json');
  if (!existsSync(list)) return false;
  const installed = new Map(versionsIn(list).map(([name, { version }]) => [name, version]));
  return versionsIn(inRoot('package-lock.json')).every(
    ([name, { version, optional, devOptional, peer, link }]) =>
      link || installed.get(name) === version || ((optional || devOptional || peer) && !installed.has(name)),
  );
}

function npm(args) {
  return new Promise((done) => {
    const child = spawn('npm', args, { cwd: inRoot(), stdio: ['ignore', 'pipe', 'pipe'] });
    track(child, async () => void child.kill('SIGTERM'));
    let output = '';
    child.stdout.on('data', (chunk) => (output += chunk));
    child.stderr.on('data', (chunk) => (output += chunk));
    child.once('error', (error) => done({ code: 1, output: error.message }));
    child.once('exit', (code) => done({ code, output }));
  });
}

/** Makes node_modules what the lock file says; does nothing when it is that already. */
export async function installPackages() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major < NODE_FLOOR[0] || (major === NODE_FLOOR[0] && minor < NODE_FLOOR[1])) {
    throw new Refusal(`Baton needs Node ${NODE_FLOOR.join('.')} or later; this is ${process.versions.node}.`);
  }
  if (packagesAreInstalled()) return;
  await step('Installing the packages of package-lock.json', async () => {
    const flags = ['--no-audit', '--no-fund', '--include=dev', '--loglevel=error'];
    let { code, output } = await npm(['ci', ...flags]);
    // A registry without the builds for other platforms makes npm ci call the lock file incomplete.
    if (code !== 0 && output.includes('EUSAGE')) ({ code, output } = await npm(['install', '--no-save', ...flags]));
    if (code !== 0) throw new Refusal(`npm could not install the packages:\n${output.trim().slice(-4_000)}`);
  });
}
