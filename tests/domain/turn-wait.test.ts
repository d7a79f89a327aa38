import { describe, expect, it } from '@jest/globals';
import { nextTryInMs, turnWaitMs, untilHandedMs } from '#workflows/domain/turn-wait.ts';

describe('a turn', () => {
  it.each([
    ['waits a moment for a second message', { newestAt: 0, oldestAt: 0, now: 0 }, 1_500],
    ['waits anew after each', { newestAt: 4_000, oldestAt: 0, now: 4_100 }, 1_400],
    ['waits for nobody who types for ten seconds', { newestAt: 9_500, oldestAt: 0, now: 9_600 }, 400],
    ['does not wait for what is long there', { newestAt: 0, oldestAt: 0, now: 60_000 }, 0],
    ['does not wait where an older message was left', { newestAt: 60_000, oldestAt: 0, now: 60_000 }, 0],
  ])('%s', (_what, given, expected) => expect(turnWaitMs(given)).toBe(expected));
});

describe('a turn whose message the ticket has not heard', () => {
  it.each([
    ['looks again after a second', { newestAt: 0, now: 0 }, 1_000],
    ['whatever the clocks say', { newestAt: 5_000, now: 0 }, 1_000],
    ['still after four', { newestAt: 0, now: 4_000 }, 1_000],
    ['then after a quarter of the time', { newestAt: 0, now: 40_001 }, 10_000],
    ['and at last once a minute', { newestAt: 0, now: 86_400_000 }, 60_000],
  ])('%s', (_what, given, expected) => expect(untilHandedMs(given)).toBe(expected));
});

describe('an agent that failed', () => {
  it.each([
    ['is asked again after 2 s', 1, null, 2_000],
    ['and after 10 s', 2, null, 10_000],
    ['and then no more', 3, null, null],
    ['is left alone for as long as it asks', 1, 30_000, 30_000],
    ['but never asked sooner', 2, 1_000, 10_000],
    ['and given up where it asks for more than a minute', 1, 60_001, null],
    ['a minute is a minute', 1, 60_000, 60_000],
  ])('%s', (_what, attempt, retryAfterMs, expected) => expect(nextTryInMs(attempt, retryAfterMs)).toBe(expected));
});
