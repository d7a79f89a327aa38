import type { Instant } from './instant.ts';
import { openTimesOf } from './open-times.ts';
import type { OpenTimes } from './open-times.ts';
import { CLOCK_END_YEAR, CLOCK_FIRST_YEAR } from './schedule.ts';
import type { Schedule } from './schedule.ts';
import { instantAfter, openBefore, segmentFrom } from './segments.ts';

// What lies outside is closed. Without an end a schedule that opens an hour a year would be followed for ever.
export const CLOCK_BEGINS: Instant = Date.UTC(CLOCK_FIRST_YEAR, 0);
export const CLOCK_ENDS: Instant = Date.UTC(CLOCK_END_YEAR, 0);

/**
 * The earliest instant at or after `from` such that the open time in [from, it) reaches `ms`, milliseconds that really
 * pass (a day of a DST change has 23 or 25 hours). Null when the schedule does not open that long before 2200.
 */
export function addBusinessTime(from: Instant, ms: number, schedule: Schedule): Instant | null {
  if (ms <= 0) return from;
  const times = openTimesOf(schedule);
  const begin = Math.max(from, CLOCK_BEGINS);
  if (begin >= CLOCK_ENDS || times.always === 'closed') return null;
  let stretch = times.stretchAt(begin);
  let owed = ms + openBefore(times.segmentsOf(stretch), begin);
  for (; times.startOf(stretch) < CLOCK_ENDS; stretch += 1) {
    const total = times.openIn(stretch);
    if (owed <= total) return withinTheClock(instantAfter(times.segmentsOf(stretch), owed));
    owed -= total;
  }
  return null;
}

/** Open milliseconds in [from, to), as an hour glass counts them; 0 when `to` is not after `from`. */
export function businessTimeBetween(from: Instant, to: Instant, schedule: Schedule): number {
  const begin = Math.max(from, CLOCK_BEGINS);
  const end = Math.min(to, CLOCK_ENDS);
  if (!(begin < end)) return 0;
  const times = openTimesOf(schedule);
  const last = times.stretchAt(end);
  let stretch = times.stretchAt(begin);
  let open = openBefore(times.segmentsOf(last), end) - openBefore(times.segmentsOf(stretch), begin);
  for (; stretch < last; stretch += 1) open += times.openIn(stretch);
  return open;
}

/** Whether the schedule is open at an instant; intervals are half open, so it is closed at their end. */
export function isOpen(at: Instant, schedule: Schedule): boolean {
  return nextOpening(at, schedule) === at;
}

/** The earliest open instant at or after `at`: `at` itself while the schedule is open. Null when it never opens again before 2200. */
export function nextOpening(at: Instant, schedule: Schedule): Instant | null {
  const times = openTimesOf(schedule);
  const begin = Math.max(at, CLOCK_BEGINS);
  if (!(begin < CLOCK_ENDS) || times.always === 'closed') return null;
  for (let stretch = times.stretchAt(begin); times.startOf(stretch) < CLOCK_ENDS; stretch += 1) {
    if (times.openIn(stretch) === 0) continue;
    const segment = segmentFrom(times.segmentsOf(stretch), begin);
    if (segment) return withinTheClock(Math.max(segment[0], begin));
  }
  return null;
}

/** The earliest instant after `at` at which the schedule opens or closes; null when it does neither again before 2200. */
export function nextBoundary(at: Instant, schedule: Schedule): Instant | null {
  const opening = nextOpening(at, schedule);
  if (opening !== at) return opening;
  const times = openTimesOf(schedule);
  if (times.always === 'open') return null;
  let stretch = times.stretchAt(at);
  let closing = closingAfter(times, stretch, at);
  // Open through the end of a stretch is no boundary: the stretches are ours, not the schedule's.
  while (closing === times.startOf(stretch + 1) && closing < CLOCK_ENDS) {
    stretch += 1;
    closing = closingAfter(times, stretch, closing);
  }
  return closing < CLOCK_ENDS ? closing : null;
}

/** When the segment that is open at `at` ends; `at` itself when none is. */
function closingAfter(times: OpenTimes, stretch: number, at: Instant): Instant {
  const end = times.startOf(stretch + 1);
  if (times.openIn(stretch) === end - times.startOf(stretch)) return end;
  const segment = segmentFrom(times.segmentsOf(stretch), at);
  return segment && segment[0] <= at ? segment[1] : at;
}

function withinTheClock(at: Instant): Instant | null {
  return at < CLOCK_ENDS ? at : null;
}
