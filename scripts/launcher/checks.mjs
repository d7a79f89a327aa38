import { spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { track } from './child.mjs';
import { programArgs } from './programs.mjs';
import { CACHE, inRoot } from './root.mjs';
import { say } from './say.mjs';

/** Runs a Node program of the clone with its output on the terminal; gives its exit code. */
function run(args, { quiet = false, env = {} } = {}) {
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

const FOLDERS = ['activities', 'api', 'prisma', 'switchboard', 'tests', 'web', 'worker', 'workflows', 'bench', 'examples'];
const present = (folders) => folders.filter((folder) => existsSync(inRoot(folder)));

const BUNDLE = `
  const { bundleWorkflowCode } = await import('@temporalio/worker');
  const { fileURLToPath } = await import('node:url');
  const quiet = { log() {}, trace() {}, debug() {}, info() {}, warn: console.error, error: console.error };
  await bundleWorkflowCode({ workflowsPath: process.argv[1], logger: quiet });`;

/** The checks that count as one each: what is checked, and the program that does. */
const CHECKS = [
  { title: 'types', args: () => ['node_modules/typescript/bin/tsc', '--noEmit', '-p', 'tsconfig.json'] },
  {
    title: 'lint',
    args: () => ['node_modules/eslint/bin/eslint.js', '.', '--max-warnings', '0', '--cache', '--cache-strategy', 'content', '--cache-location', '.cache/eslint/'],
  },
  {
    title: 'dependency rules',
    args: () => ['node_modules/dependency-cruiser/bin/dependency-cruise.mjs', '--config', '.dependency-cruiser.cjs', '--output-type', 'err', ...present(FOLDERS)],
  },
  {
    title: 'schema and migrations agree',
    when: () => existsSync(inRoot('prisma/migrations')),
    args: () => [...programArgs('migrate'), 'check'],
  },
  {
    title: 'workflow bundle',
    when: () => existsSync(inRoot('workflows/index.ts')),
    args: () => ['--input-type=module', '-e', BUNDLE, inRoot('workflows/index.ts')],
  },
];

async function runOne({ title, args }) {
  const since = Date.now();
  const { code, output } = await run(args(), { quiet: true });
  say(`${code === 0 ? '✓' : '✗'} ${title} (${((Date.now() - since) / 1000).toFixed(1)} s)`);
  if (code !== 0) say(output.trim());
  return code === 0;
}

/** Does what everything later is run from, and counts it as one check. */
export const countMaking = (make) =>
  make().then(
    () => ({ passed: 1, failed: 0 }),
    (error) => {
      say(error.message);
      return { passed: 0, failed: 1 };
    },
  );

/** Runs the checks, two at a time; gives how many passed and failed. */
export async function runChecks() {
  const waiting = CHECKS.filter((check) => check.when?.() ?? true);
  const counts = { passed: 0, failed: 0 };
  const take = async () => {
    for (let check = waiting.shift(); check; check = waiting.shift()) {
      counts[(await runOne(check)) ? 'passed' : 'failed'] += 1;
    }
  };
  await Promise.all([take(), take()]);
  return counts;
}

/** Runs Jest with its own report on the terminal; gives its counts. A suite that could not run is a failure too. */
export async function runJest(args, env = {}) {
  const report = join(CACHE, `jest-${process.pid}.json`);
  // Short stacks where workflows run (decision 062); tests/support/long-stacks.mjs keeps the tests' own long.
  const jest = ['--stack-trace-limit=3', '--no-warnings', '--experimental-vm-modules', 'node_modules/jest/bin/jest.js'];
  const { code } = await run([...jest, '--json', `--outputFile=${report}`, '--passWithNoTests', '--forceExit', ...args], { env });
  if (!existsSync(report)) return { passed: 0, failed: 1 };
  const { numPassedTests, numFailedTests, numRuntimeErrorTestSuites } = JSON.parse(readFileSync(report, 'utf8'));
  rmSync(report, { force: true });
  const failed = numFailedTests + numRuntimeErrorTestSuites;
  return { passed: numPassedTests, failed: code !== 0 && failed === 0 ? 1 : failed };
}

/** Adds up counts, prints the one line that everything ends with, and gives the exit code. */
export function conclude(...all) {
  const sum = (name) => all.reduce((total, counts) => total + counts[name], 0);
  say(`${sum('passed')} passed, ${sum('failed')} failed`);
  return sum('failed') === 0 && sum('passed') > 0 ? 0 : 1;
}
