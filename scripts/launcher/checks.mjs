import { existsSync } from 'node:fs';
import { programArgs } from './programs.mjs';
import { inRoot } from './root.mjs';
import { runNode } from './run-node.mjs';
import { say } from './say.mjs';

const FOLDERS = ['activities', 'api', 'prisma', 'switchboard', 'tests', 'web', 'worker', 'workflows', 'bench', 'examples'];
const present = (folders) => folders.filter((folder) => existsSync(inRoot(folder)));

const BUNDLE = `
  const { bundleWorkflowCode } = await import('@temporalio/worker');
  const { fileURLToPath } = await import('node:url');
  const quiet = { log() {}, trace() {}, debug() {}, info() {}, warn: console.error, error: console.error };
  await bundleWorkflowCode({ workflowsPath: process.argv[1], logger: quiet });`;

/** The checks that count as one each: what is checked, and the program that does. */
const CHECKS = [
  // Types, and the rules that need them, read once and by native programs (decision 070); ESLint has the rest.
  { title: 'types, and what is done with promises and any', args: () => ['node_modules/oxlint/bin/oxlint', '--type-aware', '--type-check', '--deny-warnings'] },
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
  const { code, output } = await runNode(args(), { quiet: true });
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

/** Adds up counts, prints the one line that everything ends with, and gives the exit code. */
export function conclude(...all) {
  const sum = (name) => all.reduce((total, counts) => total + counts[name], 0);
  say(`${sum('passed')} passed, ${sum('failed')} failed`);
  return sum('failed') === 0 && sum('passed') > 0 ? 0 : 1;
}
