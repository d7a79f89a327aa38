import { spawn } from 'node:child_process';
import { track } from './child.mjs';
import { runQuietly } from './prepare.mjs';
import { hasProgram, programArgs } from './programs.mjs';
import { inRoot } from './root.mjs';

export const hasCommand = () => hasProgram('baton');

/** Runs the baton command and gives what it printed on standard output and error. */
export const askCommand = (args, env) =>
  runQuietly(process.execPath, [...programArgs('baton'), ...args], { env, what: `baton ${args.join(' ')}` });

/** Runs the baton command on this terminal; gives its exit code. */
export function runCommand(args, env) {
  return new Promise((done) => {
    const child = spawn(process.execPath, [...programArgs('baton'), ...args], { cwd: inRoot(), env, stdio: 'inherit' });
    track(child, async () => void child.kill('SIGTERM'));
    child.once('error', () => done(127));
    child.once('exit', (code) => done(code ?? 1));
  });
}
