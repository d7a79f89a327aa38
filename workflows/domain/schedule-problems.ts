import { dayNumber } from './day-plan.ts';
import { MAX_HOLIDAYS, MAX_INTERVALS, WEEKDAYS } from './schedule.ts';
import type { Holiday, OpenInterval, Schedule } from './schedule.ts';

/** Where in the schedule (`weekly.mon.0.1`, from and until are 0 and 1), and what would be right. */
export interface ScheduleProblem {
  readonly path: string;
  readonly message: string;
}

const START = /^([01]\d|2[0-3]):[0-5]\d$/;
const END = /^(([01]\d|2[0-3]):[0-5]\d|24:00)$/;
const DATED = /^(19|20|21)\d\d-\d\d-\d\d$/;
const YEARLY = /^\d\d-\d\d$/;
// A list of a thousand wrong dates is no longer read.
const MAX_PROBLEMS = 50;

/**
 * Everything that is wrong with a schedule; none means that the clock can follow it. One that never opens is refused
 * unless `mayStayClosed`: a deadline in it would never come.
 */
export function scheduleProblems(schedule: Schedule, { mayStayClosed = false } = {}): ScheduleProblem[] {
  const zone = isZoneName(schedule.zone) ? [] : [{ path: 'zone', message: 'must be an IANA time zone like Europe/Berlin' }];
  const weekly = WEEKDAYS.flatMap((day) => intervalProblems(`weekly.${day}`, schedule.weekly[day] ?? []));
  const closed = !mayStayClosed && neverOpens(schedule) ? [{ path: 'weekly', message: 'never opens, so a deadline would never come: give at least one interval' }] : [];
  return [...zone, ...weekly, ...holidayProblems(schedule.holidays), ...closed].slice(0, MAX_PROBLEMS);
}

/** Whether no day has an interval, whatever the date. */
export function neverOpens({ weekly, holidays }: Schedule): boolean {
  return !WEEKDAYS.some((day) => (weekly[day] ?? []).length > 0) && !holidays.some(({ open = [] }) => open.length > 0);
}

/** Whether the runtime's zone data has an IANA zone of this name; offsets like `+02:00` are no zones. */
export function isZoneName(name: string): boolean {
  if (!/^[A-Za-z][\w+/-]{0,63}$/.test(name)) return false;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

function intervalProblems(path: string, intervals: readonly OpenInterval[]): ScheduleProblem[] {
  if (intervals.length > MAX_INTERVALS) return [{ path, message: `must have at most ${MAX_INTERVALS} intervals` }];
  return intervals.flatMap(([start, end], i) => [
    ...(START.test(start) ? [] : [{ path: `${path}.${i}.0`, message: 'must be a time from 00:00 to 23:59, like 09:00' }]),
    ...(END.test(end) ? [] : [{ path: `${path}.${i}.1`, message: 'must be a time from 00:00 to 24:00, like 17:00' }]),
  ]);
}

function holidayProblems(holidays: readonly Holiday[]): ScheduleProblem[] {
  if (holidays.length > MAX_HOLIDAYS) return [{ path: 'holidays', message: `must be at most ${MAX_HOLIDAYS}` }];
  const firstOn = new Map<string, number>();
  return holidays.flatMap((holiday, i) => {
    const path = `holidays.${i}`;
    const earlier = firstOn.get(holiday.date);
    if (earlier === undefined) firstOn.set(holiday.date, i);
    return [
      ...dateProblems(`${path}.date`, holiday),
      ...(earlier === undefined ? [] : [{ path: `${path}.date`, message: `is the date of holidays.${earlier} too: give each date once` }]),
      ...(holiday.open && holiday.closed ? [{ path: `${path}.closed`, message: 'must be left out where open says when the day is open' }] : []),
      ...listProblems(`${path}.open`, holiday.open),
      ...listProblems(`${path}.closed`, holiday.closed),
    ];
  });
}

function dateProblems(path: string, { date, yearly }: Holiday): ScheduleProblem[] {
  // A leap year has every date there is.
  const exists = yearly ? YEARLY.test(date) && dayNumber(`2000-${date}`) !== null : DATED.test(date) && dayNumber(date) !== null;
  if (exists) return [];
  return [{ path, message: yearly ? 'must be a month and a day that exist, like 12-25, when yearly' : 'must be a date that exists, like 2026-12-25, or 12-25 with yearly' }];
}

function listProblems(path: string, intervals: readonly OpenInterval[] | undefined): ScheduleProblem[] {
  if (intervals?.length === 0) return [{ path, message: 'must have an interval; leave it out to close the whole day' }];
  return intervalProblems(path, intervals ?? []);
}
