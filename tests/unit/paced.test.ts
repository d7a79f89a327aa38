import { afterEach, beforeEach, expect, it, jest } from '@jest/globals';
import { paced } from '#worker/paced.ts';

beforeEach(() => void jest.useFakeTimers({ now: 0 }));
afterEach(() => void jest.useRealTimers());

/** Work that takes so long, and what began when. */
function working(takesMs: number) {
  const began: [string, number][] = [];
  let inFlight = 0;
  let most = 0;
  const work = async (key: string) => {
    began.push([key, performance.now()]);
    inFlight += 1;
    most = Math.max(most, inFlight);
    await new Promise((resolve) => setTimeout(resolve, takesMs));
    inFlight -= 1;
  };
  return { work, began, most: () => most };
}

it('keeps webhooks of a burst from crowding people out: in order, few at a time, and the slower the server the more rest it gets', async () => {
  const { work, began, most } = working(100);
  const wake = paced(work, { atOnce: 2 });
  for (const key of ['a', 'b', 'c', 'd']) wake(key);
  await jest.advanceTimersByTimeAsync(1_000);
  expect(began).toEqual([['a', 0], ['b', 0], ['c', 200], ['d', 200]]);
  expect(most()).toBe(2);
});

it('does at once what is asked of an idle server, and once what is asked for again while it waits', async () => {
  const { work, began } = working(10);
  const wake = paced(work, { atOnce: 1 });
  wake('a');
  wake('b');
  wake('b');
  expect(began).toEqual([['a', 0]]);
  await jest.advanceTimersByTimeAsync(1_000);
  wake('b');
  await jest.advanceTimersByTimeAsync(1_000);
  expect(began).toEqual([['a', 0], ['b', 20], ['b', 1_000]]);
});

it('does once more what is asked for while it is being done: its beginning may not have seen that', async () => {
  const { work, began } = working(10);
  const wake = paced(work, { atOnce: 1 });
  wake('a');
  wake('a');
  await jest.advanceTimersByTimeAsync(1_000);
  expect(began).toEqual([['a', 0], ['a', 20]]);
});

it('lets nobody’s webhooks wait long because a server was away for a moment', async () => {
  const { work, began } = working(8_000);
  const wake = paced(work, { atOnce: 1 });
  wake('a');
  wake('b');
  await jest.advanceTimersByTimeAsync(10_000);
  expect(began).toEqual([['a', 0], ['b', 9_000]]);
});
