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
  /** Days that are alike share one plan. */
  readonly on: (day: number) => DayPlan;
  /** The holidays among the days [from, to), in order. */
  readonly holidaysIn: (from: number, to: number) => readonly number[];
}

const CLOSED: DayPlan = { open: [], closed: [] };

/** What each day of a schedule holds, holidays included. */
export function dayPlansOf({ weekly, holidays }: Pick<Schedule, 'weekly' | 'holidays'>): DayPlans {
  const regular = WEEKDAYS.map((day): DayPlan => ({ open: spansOf(weekly[day] ?? []), closed: [] }));
  const regularOn = (day: number) => regular[weekdayOf(day)] ?? CLOSED;
  const special = holidays.map((holiday) => specialOf(holiday, regular));
  const yearly = special.filter((one) => one.dated === null);
  const byDay = new Map<number, Special>();
  const years = new Set<number>();
  const learn = (year: number) => {
    if (yearly.length === 0 || years.has(year)) return;
    years.add(year);
    for (const one of yearly) {
      const at = Date.UTC(year, one.month - 1, one.date);
      // The 29th of February is a holiday in the years that have one.
      const exists = one.date !== 29 || at !== Date.UTC(year, one.month, 1);
      if (exists && !byDay.has(at / DAY_MS)) byDay.set(at / DAY_MS, one);
    }
  };
  // The dated ones come first: they win.
  for (const one of special) if (one.dated !== null) byDay.set(one.dated, one);
  return {
    regular,
    on(day) {
      if (yearly.length > 0) learn(yearOf(day));
      return byDay.get(day)?.plans[weekdayOf(day)] ?? regularOn(day);
    },
    holidaysIn(from, to) {
      if (holidays.length === 0) return [];
      const lastYear = yearOf(to);
      for (let year = yearOf(from); year <= lastYear; year += 1) learn(year);
      const found: number[] = [];
      for (let day = from; day < to; day += 1) if (byDay.has(day)) found.push(day);
      return found;
    },
  };
}

interface Special {
  /** Null: every year in this month on this date. */
  readonly dated: number | null;
  readonly month: number;
  readonly date: number;
  /** By weekday, Monday first. */
  readonly plans: readonly DayPlan[];
}

function specialOf({ date, yearly, open = [], closed }: Holiday, regular: readonly DayPlan[]): Special {
  const [month = 1, dayOfMonth = 1] = date.split('-').slice(-2).map(Number);
  const cuts = closed && spansOf(closed);
  const anyDay: DayPlan = { open: spansOf(open), closed: [] };
  const plans = regular.map((usual) => (cuts ? { open: usual.open, closed: cuts } : anyDay));
  return { dated: yearly ? null : dayNumber(date), month, date: dayOfMonth, plans };
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
export function weekdayOf(day: number): number {
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
