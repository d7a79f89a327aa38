import type { ShiftsView } from '#workflows/contract/people-time-views.ts';
import { DAY_MS } from '#workflows/domain/instant.ts';

export type Swallowed = ShiftsView['swallowed'][number];

/** What one time off takes: "2 shifts: Thu 24 Dec 09:00–17:00, Fri 25 Dec 09:00–17:00 in part". */
export function swallowedWords({ count, shifts }: Swallowed, locale: string): string {
  const named = shifts.map(({ date, start, end, isWhole }) => `${dayWords(date, locale)} ${start}–${end}${isWhole ? '' : ' in part'}`);
  const more = count - shifts.length;
  return `${count} ${count === 1 ? 'shift' : 'shifts'}: ${named.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

/** The days of one time off: "24 Dec" or "24 Dec to 27 Dec". */
export function spanWords({ from, to }: Pick<Swallowed, 'from' | 'to'>, locale: string): string {
  const words = (date: string) => new Intl.DateTimeFormat(locale, { timeZone: 'UTC', day: 'numeric', month: 'short', year: 'numeric' }).format(Date.parse(date));
  return from === to ? words(from) : `${words(from)} to ${words(to)}`;
}

/** Of what is taken what is still to come, for a sentence when it is saved; null: nothing. */
export function takenWords(swallowed: readonly Swallowed[], now: number): string | null {
  const count = stillToCome(swallowed, now).reduce((sum, one) => sum + one.count, 0);
  return count === 0 ? null : `${count} ${count === 1 ? 'shift falls' : 'shifts fall'} into time off, which wins.`;
}

export function stillToCome(swallowed: readonly Swallowed[], now: number): readonly Swallowed[] {
  // A day more, because the dates are somebody's own.
  return swallowed.filter(({ to }) => Date.parse(to) + 2 * DAY_MS > now);
}

function dayWords(date: string, locale: string): string {
  return new Intl.DateTimeFormat(locale, { timeZone: 'UTC', weekday: 'short', day: 'numeric', month: 'short' }).format(Date.parse(date)).replace(',', '');
}
