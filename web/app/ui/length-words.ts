import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '#workflows/domain/instant.ts';

/** Less than this is shown second by second. */
export const SOON_MS = 10 * MINUTE_MS;

// The one way in which lengths of time are written: "d", "h" and "min", as the inputs of the settings take them. In English,
// as the sentences are that they stand in; days and times of day are Intl's.

/** "2 h 05 min", "3 d 4 h": a length of time, of a clock's own hours for one; a day is 24 of them. */
export function lengthWords(ms: number): string {
  const minutes = Math.floor(Math.abs(ms) / MINUTE_MS);
  const [days, hours, rest] = [Math.floor(minutes / 1_440), Math.floor(minutes / 60) % 24, minutes % 60];
  if (days > 0) return hours > 0 ? `${days} d ${hours} h` : `${days} d`;
  if (hours > 0) return rest > 0 ? `${hours} h ${String(rest).padStart(2, '0')} min` : `${hours} h`;
  return minutes === 0 ? 'under a minute' : `${minutes} min`;
}

/** Its largest unit alone: "5 min", "3 h", "2 d". */
export function roughWords(ms: number): string {
  const length = Math.abs(ms);
  if (length >= DAY_MS) return `${Math.floor(length / DAY_MS)} d`;
  if (length >= HOUR_MS) return `${Math.floor(length / HOUR_MS)} h`;
  return lengthWords(length);
}

/** The time left, second by second in the last minutes: "4:05", "2 h 05 min". */
export function leftWords(ms: number): string {
  if (ms >= SOON_MS) return lengthWords(ms);
  const seconds = Math.ceil(ms / SECOND_MS);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
