import { expect, it } from '@jest/globals';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '#workflows/domain/instant.ts';
import { nextTryAt } from '#workflows/domain/webhook-retry.ts';

/** When a receiver that fails from the first try on is tried, from its first try on. */
function triesOf(): number[] {
  const tries = [0];
  for (;;) {
    const at = tries[tries.length - 1] ?? 0;
    const next = nextTryAt({ attempts: tries.length, firstTriedAt: 0, at });
    if (next === null) return tries;
    tries.push(next);
  }
}

it('tries a receiver that is down soon at first, then ever more rarely, for exactly three days', () => {
  const tries = triesOf();
  expect(tries.slice(0, 7)).toEqual([0, 5_000, 35_000, 35_000 + 2 * MINUTE_MS, 35_000 + 12 * MINUTE_MS, 35_000 + 42 * MINUTE_MS, 35_000 + 102 * MINUTE_MS]);
  const gaps = tries.slice(1).map((at, index) => at - (tries[index] ?? 0));
  expect(Math.max(...gaps)).toBe(3 * HOUR_MS);
  expect(tries[tries.length - 1]).toBe(3 * DAY_MS);
  expect(tries.length).toBeLessThan(40);
});

it('gives a delivery its three days from its own first try, however late that was', () => {
  expect(nextTryAt({ attempts: 1, firstTriedAt: 10 * DAY_MS, at: 10 * DAY_MS })).toBe(10 * DAY_MS + 5_000);
  expect(nextTryAt({ attempts: 9, firstTriedAt: 10 * DAY_MS, at: 13 * DAY_MS })).toBeNull();
});
