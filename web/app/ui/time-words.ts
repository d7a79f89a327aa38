export interface Place {
  readonly zone: string;
  readonly locale: string;
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
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
  return format(at, place, { hour: '2-digit', minute: '2-digit' });
}

/** A time of day with its day where that is not today: "09:00", "Mon 09:00", "3 Nov 09:00". */
export function dayAndTime(at: number, now: number, place: Place): string {
  const dayOf = (one: number) => new Intl.DateTimeFormat('en', { timeZone: place.zone, dateStyle: 'short' }).format(one);
  if (dayOf(at) === dayOf(now)) return clockTime(at, place);
  const isNear = Math.abs(at - now) < 6 * DAY_MS;
  return `${isNear ? format(at, place, { weekday: 'short' }) : dateOf(at, now, place)} ${clockTime(at, place)}`;
}

/** "just now", "5 min ago", "in 3 hr"; from a week on, the date. */
export function relativeTime(at: number, now: number, place: Place): string {
  const awayMs = at - now;
  const away = Math.abs(awayMs);
  if (away < MINUTE_MS) return awayMs > STEP_MS ? 'in under a minute' : 'just now';
  if (away >= 7 * DAY_MS) return dateOf(at, now, place);
  const words = new Intl.RelativeTimeFormat(place.locale, { style: 'short', numeric: 'auto' });
  const [value, unit] = away < HOUR_MS ? [awayMs / MINUTE_MS, 'minute' as const] : away < DAY_MS ? [awayMs / HOUR_MS, 'hour' as const] : [awayMs / DAY_MS, 'day' as const];
  // It stands within sentences: "due in 15 hr.. Closed now" has a full stop too many.
  return words.format(Math.round(value), unit).replace(/(?<=\p{L})\.(?=\s|$)/u, '');
}

/** For a narrow column: "now", "5m", "3h", "2d", then the date. */
export function shortTime(at: number, now: number, place: Place): string {
  const away = now - at;
  if (away < MINUTE_MS) return 'now';
  if (away < HOUR_MS) return `${Math.floor(away / MINUTE_MS)}m`;
  if (away < DAY_MS) return `${Math.floor(away / HOUR_MS)}h`;
  if (away < 7 * DAY_MS) return `${Math.floor(away / DAY_MS)}d`;
  return dateOf(at, now, place);
}

/** The day, with the year where it is another one. */
export function dateOf(at: number, now: number, place: Place): string {
  const isSameYear = format(at, place, { year: 'numeric' }) === format(now, place, { year: 'numeric' });
  return format(at, place, { day: 'numeric', month: 'short', ...(!isSameYear && { year: 'numeric' }) });
}
