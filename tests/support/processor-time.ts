/** Milliseconds that this process itself spends on `work`: a full machine does not lengthen them much. */
export function processorMs(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}

/**
 * How many times the processor time of `work` grows where its size grows eightfold: about 8 where it is
 * linear, 64 where it is quadratic. A `size` is large enough where one run takes some milliseconds.
 */
export function growth(size: number, work: (size: number) => void): number {
  const least = (each: number) => Math.min(...Array.from({ length: 5 }, () => processorMs(() => work(each))));
  return least(8 * size) / Math.max(least(size), 0.1);
}
