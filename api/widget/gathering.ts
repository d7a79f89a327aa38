/**
 * One write at a time: what comes while one is under way goes into the next, all together, so that a crowd costs a few writes
 * and somebody alone waits for none. What is returned settles as the write does that has the item.
 */
export function createGathering<T>(write: (items: readonly T[]) => Promise<void>): (item: T) => Promise<void> {
  let waiting: T[] = [];
  let next: Promise<void> | null = null;
  let writing = Promise.resolve();

  async function writeWaiting(): Promise<void> {
    // The one before has failed whoever it had.
    await writing.catch(() => undefined);
    const items = waiting;
    waiting = [];
    next = null;
    writing = write(items);
    return writing;
  }

  return (item) => {
    waiting.push(item);
    next ??= writeWaiting();
    return next;
  };
}
