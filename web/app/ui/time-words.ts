import { DAY_MS, MINUTE_MS } from '#workflows/domain/instant.ts';
import { lengthWords, roughWords } from './length-words.ts';

export interface Place {
  readonly zone: string;
  readonly locale: string;
}

/** The page's clock moves in steps: what seems to lie this little ahead has just happened. */
const STEP_MS = 30_000;

function format(at: number, { zone, locale }: Place, options: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat(locale, { timeZone: zone, ...options }).format(at);
}

/** Date, time and zone, for who needs to know exactly. */
export function exactTime(at: number, place: Place): string {
  return format(at, place, { dateStyle: 'full', timeStyle: 'long' });
}

/** The time of day, as on a clock. */
export function clockTime(at: number, place: Place): string {
  return format(at, place, { timeStyle: 'short' });
}

/** A day and a time on it, whenever that is: "Mon, 3 Nov, 09:00". */
export function dateAndTime(at: number, place: Place): string {
  return `${format(at, place, { weekday: 'short', day: 'numeric', month: 'short' })}, ${clockTime(at, place)}`;
}

/** A time of day with its day where that is not today: "09:00", "Mon 09:00", "3 Nov 09:00". */
export function dayAndTime(at: number, now: number, place: Place): string {
  const dayOf = (one: number) => new Intl.DateTimeFormat('en', { timeZone: place.zone, dateStyle: 'short' }).format(one);
  if (dayOf(at) === dayOf(now)) return clockTime(at, place);
  const isNear = Math.abs(at - now) < 6 * DAY_MS;
  return `${isNear ? format(at, place, { weekday: 'short' }) : dateOf(at, now, place)} ${clockTime(at, place)}`;
}

/** "just now", "5 min ago", "in 3 h 20 min"; from a week on, the date. */
export function relativeTime(at: number, now: number, place: Place): string {
  const awayMs = at - now;
  if (Math.abs(awayMs) >= 7 * DAY_MS) return dateOf(at, now, place);
  if (awayMs > STEP_MS) return `in ${lengthWords(awayMs)}`;
  return awayMs > -MINUTE_MS ? 'just now' : `${roughWords(awayMs)} ago`;
}

/** For a narrow column: "now", "5 min", "3 h", "2 d", then the date. */
export function shortTime(at: number, now: number, place: Place): string {
  const away = now - at;
  if (away < MINUTE_MS) return 'now';
  return away < 7 * DAY_MS ? roughWords(away) : dateOf(at, now, place);
}

/** The day, with the year where it is another one. */
export function dateOf(at: number, now: number, place: Place): string {
  const isSameYear = format(at, place, { year: 'numeric' }) === format(now, place, { year: 'numeric' });
  return format(at, place, { day: 'numeric', month: 'short', ...(!isSameYear && { year: 'numeric' }) });
}
