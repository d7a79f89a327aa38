import type { Holiday } from './schedule.ts';

/** Of the holidays found elsewhere those that a schedule does not have: a date that it knows keeps what it says, so that the same file twice adds nothing. */
export function addedHolidays(known: readonly Holiday[], found: readonly Holiday[]): readonly Holiday[] {
  const byDate = new Map(known.map((holiday) => [holiday.date, holiday]));
  return found.filter((holiday) => {
    if (byDate.has(holiday.date)) return false;
    // On its day a dated holiday is followed alone: one that closes less than the yearly one would open hours.
    const yearly = holiday.yearly ? undefined : byDate.get(holiday.date.slice(5));
    return yearly === undefined || (yearly.closed !== undefined && !holiday.closed);
  });
}
