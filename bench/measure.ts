/** Milliseconds that `work` took. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/** The p-th percentile (0 to 100) of some measurements, by the nearest rank. */
export function percentile(values: readonly number[], p: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil((p / 100) * sorted.length) - 1))] ?? Number.NaN;
}

export interface Load {
  readonly perSecond: number;
  readonly times: readonly number[];
}

/** Runs `work` `total` times with `width` at once; `lane` says which of them calls. */
export async function inParallel({ width, total }: { width: number; total: number }, work: (lane: number, index: number) => Promise<unknown>): Promise<Load> {
  const times: number[] = [];
  let next = 0;
  const start = performance.now();
  await Promise.all(
    Array.from({ length: width }, async (_, lane) => {
      while (next < total) {
        const index = next;
        next += 1;
        times.push(await timed(() => work(lane, index)));
      }
    }),
  );
  return { perSecond: total / ((performance.now() - start) / 1_000), times };
}

export function line(what: string, value: string, limit?: string): void {
  process.stdout.write(`${what.padEnd(58)} ${value.padStart(14)}${limit === undefined ? '' : `   (asked: ${limit})`}\n`);
}

export function ms(value: number): string {
  return `${value.toFixed(1)} ms`;
}
