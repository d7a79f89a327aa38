const tails = new Map<string, Promise<unknown>>();

/**
 * Does works of the same key one after another within this process. What is right is decided by the database's lock;
 * this keeps a burst of one sender's mails from waiting for it on every connection of the pool, which others need.
 */
export async function oneAtATime<T>(key: string, work: () => Promise<T>): Promise<T> {
  const before = tails.get(key) ?? Promise.resolve();
  const mine = before.then(work, work);
  tails.set(key, mine);
  try {
    return await mine;
  } finally {
    if (tails.get(key) === mine) tails.delete(key);
  }
}
