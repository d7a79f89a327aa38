import type ICAL from 'ical.js';
import { weekdayOf } from '#workflows/domain/day-plan.ts';
import { DAY_MS } from '#workflows/domain/instant.ts';

/** The yearly rules of RFC 5545, 3.3.10, that holidays are made of. */
export interface YearlyRule {
  readonly interval: number;
  readonly count: number | null;
  /** The last day on which it may fall, in days since 1970. */
  readonly lastDay: number | null;
  readonly months: readonly number[];
  readonly monthDays: readonly number[];
  /** `nth` 0: each of them; negative ones count from the end. Of the month when months are given, else of the year. */
  readonly weekdays: readonly { readonly nth: number; readonly weekday: number }[];
}

const ALLOWED = new Set(['BYMONTH', 'BYMONTHDAY', 'BYDAY']);
const ICAL_DAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];
const ALL_MONTHS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];

/** Throws, naming the event, on a rule that a holiday has no use for: everything but years, and most parts. */
export function yearlyRuleOf(rule: ICAL.Recur, { called, lastDay }: { called: string; lastDay: number | null }): YearlyRule {
  if (rule.freq !== 'YEARLY') throw new Error(`${called} repeats ${rule.freq}: only YEARLY can be a holiday`);
  const other = Object.keys(rule.parts).find((part) => !ALLOWED.has(part));
  if (other !== undefined) throw new Error(`${called} repeats by ${other}: only ${[...ALLOWED].join(', ')} can be followed`);
  const { BYMONTH: months = [], BYMONTHDAY: monthDays = [], BYDAY: weekdays = [] } = rule.parts;
  return {
    interval: Math.max(1, rule.interval),
    count: rule.count,
    lastDay,
    months,
    monthDays,
    weekdays: weekdays.map((day) => ({ nth: Number.parseInt(day, 10) || 0, weekday: ICAL_DAYS.indexOf(day.slice(-2)) })),
  };
}

/** Whether it falls on the same date every year for ever, which is what a yearly holiday is. */
export function isEveryYearOn(rule: YearlyRule, { month, date }: { month: number; date: number }): boolean {
  const isOrEmpty = (values: readonly number[], value: number) => values.length === 0 || (values.length === 1 && values[0] === value);
  const isOneDate = isOrEmpty(rule.months, month) && isOrEmpty(rule.monthDays, date) && (rule.months.length === 1 || rule.monthDays.length === 0);
  return rule.interval === 1 && rule.count === null && rule.lastDay === null && rule.weekdays.length === 0 && isOneDate;
}

/**
 * The days of a rule in order, up to the end of `lastYear`. The day it starts on is the first, whatever the rule says, and
 * counts (RFC 5545, 3.8.5.3). Not the parser's own iterator: it moves the 29th of February to the 1st of March, and RFC
 * 5545 leaves out a date that does not exist.
 */
export function* daysOfRule(rule: YearlyRule, firstDay: number, lastYear: number): Generator<number> {
  const first = new Date(firstDay * DAY_MS);
  let left = (rule.count ?? Infinity) - 1;
  yield firstDay;
  for (let year = first.getUTCFullYear(); year <= lastYear; year += rule.interval) {
    for (const day of daysOfYear(rule, year, { month: first.getUTCMonth() + 1, date: first.getUTCDate() })) {
      if (day <= firstDay) continue;
      if (day > (rule.lastDay ?? Infinity) || left <= 0) return;
      left -= 1;
      yield day;
    }
  }
}

function daysOfYear({ months, monthDays, weekdays }: YearlyRule, year: number, start: { month: number; date: number }): number[] {
  const isFree = monthDays.length === 0 && weekdays.length === 0;
  const inMonths = months.length > 0 ? months : isFree ? [start.month] : ALL_MONTHS;
  const onDates = isFree ? [start.date] : monthDays;
  const days: number[] = [];
  for (const month of inMonths.toSorted((a, b) => a - b)) {
    const first = Date.UTC(year, month - 1, 1) / DAY_MS;
    const length = Date.UTC(year, month, 1) / DAY_MS - first;
    const period = months.length > 0 ? { first, length } : wholeYear(year);
    for (let date = 1; date <= length; date += 1) {
      const isDate = onDates.length === 0 || onDates.includes(date) || onDates.includes(date - length - 1);
      if (isDate && isOneOf(weekdays, first + date - 1, period)) days.push(first + date - 1);
    }
  }
  return days;
}

function isOneOf(weekdays: YearlyRule['weekdays'], day: number, { first, length }: { first: number; length: number }): boolean {
  if (weekdays.length === 0) return true;
  const fromStart = Math.floor((day - first) / 7) + 1;
  const fromEnd = -(Math.floor((first + length - 1 - day) / 7) + 1);
  return weekdays.some(({ nth, weekday }) => weekday === weekdayOf(day) && (nth === 0 || nth === fromStart || nth === fromEnd));
}

function wholeYear(year: number): { first: number; length: number } {
  const first = Date.UTC(year, 0, 1) / DAY_MS;
  return { first, length: Date.UTC(year + 1, 0, 1) / DAY_MS - first };
}
