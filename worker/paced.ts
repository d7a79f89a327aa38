/** Nobody is to wait long for a server that was away for a moment. */
const LONGEST_REST_MS = 1_000;

/**
 * Does what it is asked to do in the order in which it was asked, so many at once; what is asked for again before it has
 * begun is done once. After each it rests for as long as that took, a second at most: a server that is slow, because people are at work, is
 * asked less, and an idle one at once. `work` must not reject.
 */
export function paced(work: (key: string) => Promise<void>, { atOnce }: { atOnce: number }): (key: string) => void {
  const waiting = new Set<string>();
  let lanes = 0;

  async function run(): Promise<void> {
    for (const key of waiting) {
      waiting.delete(key);
      const began = performance.now();
      await work(key);
      await rest(performance.now() - began);
    }
    lanes -= 1;
  }

  return (key) => {
    waiting.add(key);
    if (lanes === atOnce) return;
    lanes += 1;
    void run();
  };
}

function rest(ms: number): Promise<void> {
  return new Promise((resolve) => {
    // What waits holds up no end of the process.
    setTimeout(resolve, Math.min(ms, LONGEST_REST_MS)).unref();
  });
}
