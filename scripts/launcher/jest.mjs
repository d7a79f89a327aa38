import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { CACHE, ROOT } from './root.mjs';
import { runNode } from './run-node.mjs';
import { say } from './say.mjs';

/**
 * Runs Jest with its own report on the terminal; gives its counts. A suite that could not run is a failure too. With
 * `secondChance` the few files that may be run again (below) are, alone; what passes then counts, and is named.
 */
export async function runJest(args, { env = {}, secondChance = false } = {}) {
  const first = await runOnce(args, env);
  const files = secondChance ? mayTryAgain(first) : [];
  if (files.length === 0) return countsOf(first);
  say(`· Running again, alone: ${files.join(', ')}`);
  const second = await runOnce(['--runInBand', '--runTestsByPath', ...files], env);
  const still = countsOf(second).failed;
  const failedTwice = new Set(failuresIn(second));
  for (const title of failuresIn(first).filter((one) => !failedTwice.has(one))) say(`· Failed beside others and passed alone, which is a fault to be found: ${title}`);
  const { passed, failed } = countsOf(first);
  return { passed: passed + Math.max(0, failed - still), failed: still };
}

async function runOnce(args, env) {
  const report = join(CACHE, `jest-${process.pid}.json`);
  rmSync(report, { force: true });
  // Short stacks where workflows run (decision 062); tests/support/long-stacks.mjs keeps the tests' own long.
  const jest = ['--stack-trace-limit=3', '--no-warnings', '--experimental-vm-modules', 'node_modules/jest/bin/jest.js'];
  const { code } = await runNode([...jest, '--json', `--outputFile=${report}`, '--passWithNoTests', '--forceExit', ...args], { env });
  const found = existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')) : null;
  rmSync(report, { force: true });
  return { code, found };
}

/** No report, or an exit that the report does not explain, is one failure. */
function countsOf({ code, found }) {
  if (found === null) return { passed: 0, failed: 1 };
  const failed = found.numFailedTests + found.numRuntimeErrorTestSuites;
  return { passed: found.numPassedTests, failed: code !== 0 && failed === 0 ? 1 : failed };
}

const MOST_FILES = 3;
/**
 * Tests of the whole stack wait for other processes on a busy machine, and a few of them may have waited too little.
 * Never what is pure, never replays, and never the crash campaign: what fails there once is a finding.
 */
const MAY_TRY_AGAIN = ['tests/workflows/', 'tests/activities/', 'tests/store/', 'tests/api/', 'tests/web/', 'tests/e2e/', 'tests/support/', 'tests/scripts/'];

/** The files that failed, if they are few and each of its tests ran: a crowd of them is no accident. */
function mayTryAgain({ found }) {
  if (found === null) return [];
  const failed = found.testResults.filter(({ status }) => status === 'failed');
  const files = failed.map(({ name }) => relative(ROOT, name).split(sep).join('/'));
  const isFair = failed.length <= MOST_FILES && failed.every(({ assertionResults }) => assertionResults.length > 0) && files.every((file) => MAY_TRY_AGAIN.some((folder) => file.startsWith(folder)));
  return isFair ? files : [];
}

function failuresIn({ found }) {
  return (found?.testResults ?? []).flatMap(({ assertionResults }) => assertionResults.filter(({ status }) => status === 'failed').map(({ fullName }) => fullName));
}
