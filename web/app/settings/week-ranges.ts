import { WEEKDAYS } from '#workflows/domain/schedule.ts';
import type { Weekday } from '#workflows/domain/schedule.ts';

// A day's hours as a picture draws and paints them: minutes since its midnight; past 1440 they lie in the next day.

export type Interval = [start: string, end: string];
export type Week = { readonly [day in Weekday]?: Interval[] | undefined };

export interface Range {
  readonly from: number;
  readonly until: number;
}

const DAY = 1_440;
const DAY_NAMES: Readonly<Record<Weekday, string>> = { mon: 'Monday', tue: 'Tuesday', wed: 'Wednesday', thu: 'Thursday', fri: 'Friday', sat: 'Saturday', sun: 'Sunday' };

export function dayName(day: Weekday): string {
  return DAY_NAMES[day];
}

export function dayAfter(day: Weekday): Weekday {
  return WEEKDAYS[(WEEKDAYS.indexOf(day) + 1) % 7] ?? 'mon';
}

function dayBefore(day: Weekday): Weekday {
  return WEEKDAYS[(WEEKDAYS.indexOf(day) + 6) % 7] ?? 'sun';
}

/** Whether an interval runs past midnight, which it does at or after its start; midnight itself still ends the day. */
export function isOvernight([start, end]: Interval): boolean {
  return end !== '00:00' && end !== '24:00' && start !== '' && end !== '' && end <= start;
}

/** The hours as ranges, joined and in order; a time that is not written to its end has none. */
export function rangesOf(intervals: readonly Interval[]): Range[] {
  return joined(
    intervals.flatMap(([start, end]) => {
      const [from, until] = [minuteOf(start), minuteOf(end)];
      return from === null || until === null ? [] : [{ from, until: until <= from ? until + DAY : until }];
    }),
  );
}

/** A week with a stretch of some of its days opened or closed, as a brush over the picture does it. */
export function painted(weekly: Week, { days, range, isOpening }: { days: readonly Weekday[]; range: Range; isOpening: boolean }): Week {
  const ranges = new Map(WEEKDAYS.map((day) => [day, rangesOf(weekly[day] ?? [])]));
  const of = (day: Weekday) => ranges.get(day) ?? [];
  for (const day of days) ranges.set(day, isOpening ? joined([...of(day), range]) : without(of(day), range));
  for (const day of days) {
    // A night whose evening is gone, or a stretch longer than a day, goes on as the next day's own morning.
    const spilt = of(day).filter(({ from, until }) => from >= DAY || until - from > DAY);
    if (spilt.length === 0) continue;
    const next = dayAfter(day);
    ranges.set(next, joined([...of(next), ...spilt.map(({ from, until }) => ({ from: Math.max(from - DAY, 0), until: until - DAY }))]));
    ranges.set(day, without(of(day), { from: DAY, until: 2 * DAY }, spilt));
  }
  const changed = WEEKDAYS.filter((day) => days.includes(day) || (days.includes(dayBefore(day)) && of(day).length > 0));
  return { ...weekly, ...Object.fromEntries(changed.map((day) => [day, of(day).map(intervalOf)])) };
}

/** `ranges` without what lies in `cut`; with `only`, those alone are cut. */
function without(ranges: readonly Range[], cut: Range, only: readonly Range[] = ranges): Range[] {
  return ranges.flatMap((one) => {
    if (!only.includes(one)) return [one];
    const pieces = [{ from: one.from, until: Math.min(one.until, cut.from) }, { from: Math.max(one.from, cut.until), until: one.until }];
    return pieces.filter(({ from, until }) => from < until);
  });
}

function intervalOf({ from, until }: Range): Interval {
  return [timeOf(from), until === DAY ? '24:00' : timeOf(until)];
}

function joined(ranges: readonly Range[]): Range[] {
  const joint: Range[] = [];
  for (const range of ranges.toSorted((a, b) => a.from - b.from)) {
    const last = joint.at(-1);
    if (last && range.from <= last.until) joint[joint.length - 1] = { from: last.from, until: Math.max(last.until, range.until) };
    else joint.push(range);
  }
  return joint;
}

function minuteOf(time: string): number | null {
  const [, hours, minutes] = /^(\d\d):(\d\d)$/.exec(time) ?? [];
  return hours === undefined || minutes === undefined ? null : Number(hours) * 60 + Number(minutes);
}

/** Minutes since midnight as on a clock: 00:00 to 23:59. */
export function timeOf(minute: number): string {
  const inDay = minute % DAY;
  return `${String(Math.floor(inDay / 60)).padStart(2, '0')}:${String(inDay % 60).padStart(2, '0')}`;
}
