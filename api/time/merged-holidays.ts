import { MAX_INTERVALS } from '#workflows/domain/schedule.ts';
import type { Holiday, OpenInterval } from '#workflows/domain/schedule.ts';

/**
 * One holiday a date: what is closed by any of them is closed, and all names stay. A dated one takes in the yearly one
 * of its day, because on that day a schedule follows the dated one alone.
 */
export function mergedHolidays(found: readonly Holiday[]): Holiday[] {
  const byDate = new Map<string, Holiday>();
  for (const holiday of found) {
    const known = byDate.get(holiday.date);
    byDate.set(holiday.date, known ? together(known, holiday) : holiday);
  }
  return [...byDate.values()]
    .map((holiday) => {
      const yearly = holiday.yearly ? undefined : byDate.get(holiday.date.slice(5));
      return yearly ? { ...together(holiday, yearly), date: holiday.date } : holiday;
    })
    .sort((a, b) => (a.date < b.date ? -1 : 1));
}

function together(one: Holiday, other: Holiday): Holiday {
  const closed = one.closed && other.closed ? withoutTwins([...one.closed, ...other.closed]) : undefined;
  const name = [...new Set([one.name, other.name].filter((text) => text !== undefined))].join(', ');
  return {
    date: one.date,
    ...(one.yearly && { yearly: true }),
    // More pieces than a day may have: the day is better closed than half open.
    ...(closed && closed.length <= MAX_INTERVALS && { closed }),
    ...(name !== '' && { name: [...name].slice(0, 200).join('').trim() }),
  };
}

function withoutTwins(intervals: readonly OpenInterval[]): OpenInterval[] {
  return [...new Map(intervals.map((one) => [one.join('-'), one])).values()];
}
