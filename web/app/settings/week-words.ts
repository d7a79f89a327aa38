import { WEEKDAYS } from '#workflows/domain/schedule.ts';
import { dayName } from './week-ranges.ts';
import type { Interval, Week } from './week-ranges.ts';

/** A week in few words: "Mon–Fri 09:00–17:00, Sat 10:00–14:00". */
export function weekWords(weekly: Week): string {
  const runs: { first: string; last: string; hours: string }[] = [];
  let before = '';
  for (const day of WEEKDAYS) {
    const hours = hoursWords(weekly[day] ?? []);
    const last = runs.at(-1);
    const name = dayName(day).slice(0, 3);
    if (last && hours !== '' && hours === before) last.last = name;
    else if (hours !== '') runs.push({ first: name, last: name, hours });
    before = hours;
  }
  const words = runs.map(({ first, last, hours }) => `${first === last ? first : `${first}–${last}`} ${hours}`).join(', ');
  return words === '' ? 'Closed but for special days' : words;
}

function hoursWords(intervals: readonly Interval[]): string {
  return intervals.map(([start, end]) => `${start}–${end}`).join(' and ');
}
