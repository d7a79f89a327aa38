import { spawn } from 'node:child_process';
import { track } from './child.mjs';
import { inRoot } from './root.mjs';

/** Runs a Node program of the clone, its output on the terminal or `quiet`; gives its exit code and what it said quietly. */
export function runNode(args, { quiet = false, env = {} } = {}) {
  return new Promise((done) => {
    const child = spawn(process.execPath, args, {
      cwd: inRoot(),
      stdio: ['ignore', quiet ? 'pipe' : 'inherit', quiet ? 'pipe' : 'inherit'],
      env: { ...process.env, ...env },
    });
    track(child, async () => void child.kill('SIGTERM'));
    let output = '';
    child.stdout?.on('data', (chunk) => (output += chunk));
    child.stderr?.on('data', (chunk) => (output += chunk));
    child.once('error', (error) => done({ code: 127, output: error.message }));
    child.once('exit', (code) => done({ code: code ?? 1, output }));
  });
}
