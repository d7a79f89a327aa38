import { weekdayOf } from './day-plan.ts';
import { DAY_MS, MINUTE_MS } from './instant.ts';
import { WEEKDAYS } from './schedule.ts';
import type { Shift } from './shifts.ts';
import { absencesOf } from './time-off.ts';
import type { Absence, TimeOff } from './time-off.ts';
import { zoneOf } from './zone.ts';

/** A shift on the date on which it starts, in its own zone. */
interface SwallowedShift {
  readonly date: string;
  readonly start: string;
  readonly end: string;
  readonly zone: string;
  /** False: time off takes only some of it. */
  readonly isWhole: boolean;
}

/** How many shifts one time off takes, and the first of them. */
export interface Swallowed extends TimeOff {
  readonly count: number;
  readonly shifts: readonly SwallowedShift[];
}

const MAX_NAMED = 5;
// A zone may be more than a day ahead of another, and a night shift runs a day on: nearer to an end of it each is looked at.
const EDGE_DAYS = 14;

/** What time off takes of somebody's shifts, in order; time off that takes none is left out (P27: time off wins). */
export function swallowedShifts(shifts: readonly Shift[], timeOff: readonly TimeOff[], zone: string): readonly Swallowed[] {
  if (shifts.length === 0) return [];
  return absencesOf(timeOff, zone)
    .map((absence): Swallowed => {
      const first = Date.parse(absence.from) / DAY_MS - 2;
      const last = Date.parse(absence.to) / DAY_MS + 2;
      const isLong = last - first > 3 * EDGE_DAYS;
      const begin = takenOn(shifts, absence, first, isLong ? first + EDGE_DAYS - 1 : last);
      const end = isLong ? takenOn(shifts, absence, last - EDGE_DAYS + 1, last) : [];
      const between = isLong ? countWithin(shifts, first + EDGE_DAYS, last - EDGE_DAYS + 1) : 0;
      return { from: absence.from, to: absence.to, count: begin.length + between + end.length, shifts: begin.slice(0, MAX_NAMED) };
    })
    .filter(({ count }) => count > 0)
    .toSorted((a, b) => (a.from < b.from ? -1 : 1));
}

/** Those that start on the days from `first` to `last` and lie in an absence, or reach into it. */
function takenOn(shifts: readonly Shift[], { startsAt, endsAt }: Absence, first: number, last: number): SwallowedShift[] {
  const found: (SwallowedShift & { readonly at: number })[] = [];
  for (let day = first; day <= last; day += 1) {
    for (const { weekday, start, end, zone } of shifts) {
      if (WEEKDAYS.indexOf(weekday) !== weekdayOf(day)) continue;
      const [from, to] = [minutesOf(start), minutesOf(end)];
      const { instantOf } = zoneOf(zone);
      const at = instantOf(day * DAY_MS + from * MINUTE_MS);
      const until = instantOf(day * DAY_MS + to * MINUTE_MS + (to > from ? 0 : DAY_MS));
      if (at >= until || at >= endsAt || until <= startsAt) continue;
      found.push({ at, date: new Date(day * DAY_MS).toISOString().slice(0, 10), start, end, zone, isWhole: startsAt <= at && until <= endsAt });
    }
  }
  return found.toSorted((a, b) => a.at - b.at).map(({ at: _, ...shift }) => shift);
}

/** How many start on the days [from, to), all of which are taken. */
function countWithin(shifts: readonly Shift[], from: number, to: number): number {
  return shifts.reduce((sum, { weekday }) => {
    const first = from + ((WEEKDAYS.indexOf(weekday) - weekdayOf(from) + 7) % 7);
    return sum + Math.max(0, Math.ceil((to - first) / 7));
  }, 0);
}

function minutesOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
}
