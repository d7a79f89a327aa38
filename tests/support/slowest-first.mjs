import { statSync } from 'node:fs';

/** What takes minutes, longest first: begun last, one of these would run on alone while the other worker has nothing left to do. */
const SLOW = [
  'tests/crash/crash.test',
  'tests/e2e/inbox.test',
  'tests/workflows/week.test',
  'tests/workflows/ai-turn',
  'tests/crash/edit.test',
  'tests/api/cli.test',
  'tests/activities/intake.test',
  'tests/scripts/start.test',
  'tests/workflows/router',
];

/** The order of Jest's test files: the slow ones, then the rest by size; a fresh clone knows no durations of earlier runs. */
export default class SlowestFirst {
  sort(tests) {
    const keyed = tests.map((test) => ({ test, rank: rankOf(test.path), size: statSync(test.path).size }));
    return keyed.sort((a, b) => a.rank - b.rank || b.size - a.size).map(({ test }) => test);
  }

  shard(tests) {
    return tests;
  }

  allFailedTests(tests) {
    return tests;
  }

  cacheResults() {
    // Nothing is remembered: the order is the same on every machine.
  }
}

function rankOf(path) {
  const at = SLOW.findIndex((part) => path.includes(part));
  return at === -1 ? SLOW.length : at;
}
