import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { track } from './child.mjs';
import { runQuietly } from './prepare.mjs';
import { inRoot } from './root.mjs';

const CLI = ['--import', 'tsx', 'api/cli/main.ts'];

export const hasCommand = () => existsSync(inRoot('api/cli/main.ts'));

/** Runs the baton command and gives what it printed on standard output and error. */
export const askCommand = (args, env) =>
  runQuietly(process.execPath, [...CLI, ...args], { env, what: `baton ${args.join(' ')}` });

/** Runs the baton command on this terminal; gives its exit code. */
export function runCommand(args, env) {
  return new Promise((done) => {
    const child = spawn(process.execPath, [...CLI, ...args], { cwd: inRoot(), env, stdio: 'inherit' });
    track(child, async () => void child.kill('SIGTERM'));
    child.once('error', () => done(127));
    child.once('exit', (code) => done(code ?? 1));
  });
}
