import { WEEKDAYS } from '#workflows/domain/schedule.ts';
import type { Weekday } from '#workflows/domain/schedule.ts';

export const DAY_NAMES: Readonly<Record<Weekday, string>> = { mon: 'Mon', tue: 'Tue', wed: 'Wed', thu: 'Thu', fri: 'Fri', sat: 'Sat', sun: 'Sun' };

export interface ShiftTimes {
  readonly weekday: Weekday;
  readonly start: string;
  readonly end: string;
  readonly zone: string;
}

/** A person's week in a few words: "Mon–Fri 09:00–17:00". Days with the same times are one. */
export function shiftWords(shifts: readonly ShiftTimes[]): string[] {
  const days = new Map<string, Set<number>>();
  const inOrder = [...shifts].sort((a, b) => WEEKDAYS.indexOf(a.weekday) - WEEKDAYS.indexOf(b.weekday) || a.start.localeCompare(b.start));
  for (const { weekday, start, end } of inOrder) {
    const times = `${start}–${end}`;
    days.set(times, (days.get(times) ?? new Set()).add(WEEKDAYS.indexOf(weekday)));
  }
  return [...days].map(([times, on]) => `${dayWords([...on])} ${times}`);
}

function dayWords(days: readonly number[]): string {
  const runs: number[][] = [];
  for (const day of days) {
    const run = runs.at(-1);
    if (run !== undefined && run.at(-1) === day - 1) run.push(day);
    else runs.push([day]);
  }
  return runs.map((run) => (run.length > 2 ? `${nameOf(run[0])}–${nameOf(run.at(-1))}` : run.map(nameOf).join(', '))).join(', ');
}

function nameOf(day: number | undefined): string {
  const weekday = WEEKDAYS[day ?? 0];
  return weekday === undefined ? '' : DAY_NAMES[weekday];
}
