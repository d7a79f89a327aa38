import { DAY_MS, HOUR_MS, MINUTE_MS } from './instant.ts';
import { WEEKDAYS } from './schedule.ts';
import type { Holiday, OpenInterval, Schedule } from './schedule.ts';

/** From and until, in milliseconds of local time after the midnight that the day begins with. */
export type Span = readonly [from: number, until: number];

/** What starts on one day, and what is cut from it. */
export interface DayPlan {
  readonly open: readonly Span[];
  readonly closed: readonly Span[];
}

/** Days are numbered from 1970-01-01, as dates without a zone. */
export interface DayPlans {
  /** Monday first. */
  readonly regular: readonly DayPlan[];
  readonly on: (day: number) => DayPlan;
  /** Whether a holiday is among the days [from, to). */
  readonly hasHoliday: (from: number, to: number) => boolean;
}

const CLOSED: DayPlan = { open: [], closed: [] };
// Holidays are looked for by the stretch, so they are noted by the stretch.
const NOTE_DAYS = 14;

/** What each day of a schedule holds, holidays included. */
export function dayPlansOf({ weekly, holidays }: Pick<Schedule, 'weekly' | 'holidays'>): DayPlans {
  const regular = WEEKDAYS.map((day): DayPlan => ({ open: spansOf(weekly[day] ?? []), closed: [] }));
  const regularOn = (day: number) => regular[weekdayOf(day)] ?? CLOSED;
  const yearly = holidays.filter((one) => one.yearly);
  const byDay = new Map<number, Holiday>();
  const noted = new Set<number>();
  const years = new Set<number>();
  const put = (day: number, holiday: Holiday) => {
    // The dated ones are put first: they win.
    if (byDay.has(day)) return;
    byDay.set(day, holiday);
    noted.add(Math.floor(day / NOTE_DAYS));
  };
  const learn = (year: number) => {
    if (years.has(year)) return;
    years.add(year);
    for (const holiday of yearly) {
      const day = dayNumber(`${year}-${holiday.date}`);
      if (day !== null) put(day, holiday);
    }
  };
  const learnYears = (from: number, to: number) => {
    if (yearly.length === 0) return;
    for (let year = yearOf(from); year <= yearOf(to); year += 1) learn(year);
  };
  for (const holiday of holidays) {
    const day = holiday.yearly ? null : dayNumber(holiday.date);
    if (day !== null) put(day, holiday);
  }
  return {
    regular,
    on(day) {
      learnYears(day, day);
      const holiday = byDay.get(day);
      if (!holiday) return regularOn(day);
      if (holiday.open) return { open: spansOf(holiday.open), closed: [] };
      if (holiday.closed) return { open: regularOn(day).open, closed: spansOf(holiday.closed) };
      return CLOSED;
    },
    hasHoliday(from, to) {
      learnYears(from, to - 1);
      const last = Math.floor((to - 1) / NOTE_DAYS);
      for (let note = Math.floor(from / NOTE_DAYS); note <= last; note += 1) if (noted.has(note)) return true;
      return false;
    },
  };
}

/** `2026-12-25` → days since 1970-01-01; null for a date that does not exist. */
export function dayNumber(date: string): number | null {
  const at = Date.parse(`${date}T00:00:00Z`);
  return Number.isNaN(at) || new Date(at).toISOString().slice(0, 10) !== date ? null : at / DAY_MS;
}

function yearOf(day: number): number {
  return new Date(day * DAY_MS).getUTCFullYear();
}

/** 0 is Monday; 1970-01-01 was a Thursday. */
function weekdayOf(day: number): number {
  return (((day + 3) % 7) + 7) % 7;
}

function spansOf(intervals: readonly OpenInterval[]): Span[] {
  return intervals.map(([start, end]) => {
    const from = sinceMidnight(start);
    const until = sinceMidnight(end);
    return [from, until <= from ? until + DAY_MS : until];
  });
}

function sinceMidnight(time: string): number {
  return Number(time.slice(0, 2)) * HOUR_MS + Number(time.slice(3)) * MINUTE_MS;
}
