import type { Instant } from './instant.ts';

/** Half open: from its first instant to before its last. */
export type Segment = readonly [start: Instant, end: Instant];

/** Open time without overlaps, in order; `before[i]` is what was open before segment i. */
export interface Segments {
  readonly starts: readonly Instant[];
  readonly ends: readonly Instant[];
  readonly before: readonly number[];
}

/** What is left of a segment after the cuts; a segment or a cut that does not start before it ends is empty. */
export function cutOut(segment: Segment, cuts: readonly Segment[]): Segment[] {
  let left = [segment].filter(([start, end]) => start < end);
  for (const [from, until] of cuts) {
    if (from >= until) continue;
    left = left.flatMap(([start, end]): Segment[] => {
      const parts: Segment[] = [[start, Math.min(end, from)], [Math.max(start, until), end]];
      return parts.filter(([first, last]) => first < last);
    });
  }
  return left;
}

/** Overlaps and neighbours merged, and all of it between `from` and `until`. */
export function mergeWithin(found: readonly Segment[], from: Instant, until: Instant): Segments {
  const starts: Instant[] = [];
  const ends: Instant[] = [];
  for (const [first, last] of found.toSorted(([a], [b]) => a - b)) {
    const start = Math.max(first, from);
    const end = Math.min(last, until);
    if (start >= end) continue;
    const lastEnd = ends.at(-1);
    if (lastEnd !== undefined && start <= lastEnd) ends[ends.length - 1] = Math.max(lastEnd, end);
    else {
      starts.push(start);
      ends.push(end);
    }
  }
  let total = 0;
  const before = starts.map((start, i) => {
    const soFar = total;
    total += (ends[i] ?? start) - start;
    return soFar;
  });
  return { starts, ends, before };
}

/** Open milliseconds in all of them. */
export function totalOf(segments: Segments): number {
  return openBefore(segments, Infinity);
}

/** Open milliseconds before an instant. */
export function openBefore({ starts, ends, before }: Segments, at: Instant): number {
  const last = countUpTo(starts, at) - 1;
  if (last < 0) return 0;
  return (before[last] ?? 0) + Math.min(at, ends[last] ?? at) - (starts[last] ?? at);
}

/** The first instant before which `open` milliseconds, more than 0, were open: the end of a day, not the morning after it. */
export function instantAfter({ starts, before }: Segments, open: number): Instant {
  const count = countUpTo(before, open);
  const segment = before[count - 1] === open ? count - 2 : count - 1;
  return (starts[segment] ?? 0) + open - (before[segment] ?? 0);
}

/** The segment that is open at an instant or is the next to open. */
export function segmentFrom({ starts, ends }: Segments, at: Instant): Segment | undefined {
  const next = countUpTo(ends, at);
  const start = starts[next];
  const end = ends[next];
  return start === undefined || end === undefined ? undefined : [start, end];
}

/** How many of the ascending numbers are at or below a limit. */
function countUpTo(numbers: readonly number[], limit: number): number {
  let low = 0;
  let high = numbers.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((numbers[middle] ?? Infinity) <= limit) low = middle + 1;
    else high = middle;
  }
  return low;
}
