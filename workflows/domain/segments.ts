import { countUpTo } from './count-up-to.ts';
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
export function cutOut(segment: Segment, cuts: readonly Segment[]): readonly Segment[] {
  let left: readonly Segment[] = segment[0] < segment[1] ? [segment] : [];
  for (const cut of cuts) if (cut[0] < cut[1] && cut[0] < segment[1] && segment[0] < cut[1]) left = withoutOne(left, cut);
  return left;
}

function withoutOne(segments: readonly Segment[], [from, until]: Segment): Segment[] {
  const left: Segment[] = [];
  for (const [start, end] of segments) {
    if (start < from) left.push([start, Math.min(end, from)]);
    if (until < end) left.push([Math.max(start, until), end]);
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

/** The same time in as few segments as it takes. */
export function united(found: readonly Segment[]): readonly Segment[] {
  if (found.length < 2) return found;
  const { starts, ends } = mergeWithin(found, -Infinity, Infinity);
  return starts.map((start, i): Segment => [start, ends[i] ?? start]);
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
