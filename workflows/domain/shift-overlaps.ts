import { WEEKDAYS } from './schedule.ts';
import type { Weekday } from './schedule.ts';

interface WeeklyShift {
  readonly weekday: Weekday;
  readonly start: string;
  readonly end: string;
  readonly zone: string;
}

const DAY_MINUTES = 24 * 60;
const WEEK_MINUTES = 7 * DAY_MINUTES;

/**
 * Which shifts begin before another of the same zone has ended, round the end of the week too. Shifts of different zones
 * move against each other through the year: together they are one time at work, and no contradiction.
 */
export function overlappingShifts(shifts: readonly WeeklyShift[]): readonly { readonly index: number; readonly earlier: number }[] {
  const spans = shifts.map(spanOf);
  return spans.flatMap((span, index) => {
    const earlier = spans.slice(0, index).findIndex((other) => other.zone === span.zone && overlap(span, other));
    return earlier < 0 ? [] : [{ index, earlier }];
  });
}

interface Span {
  readonly zone: string;
  /** Minutes since Monday 00:00. */
  readonly start: number;
  readonly minutes: number;
}

function spanOf({ weekday, start, end, zone }: WeeklyShift): Span {
  const [from, to] = [minutesOf(start), minutesOf(end)];
  return { zone, start: WEEKDAYS.indexOf(weekday) * DAY_MINUTES + from, minutes: to > from ? to - from : to - from + DAY_MINUTES };
}

function overlap(a: Span, b: Span): boolean {
  const between = (from: Span, to: Span) => (to.start - from.start + WEEK_MINUTES) % WEEK_MINUTES;
  return between(a, b) < a.minutes || between(b, a) < b.minutes;
}

function minutesOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
}
