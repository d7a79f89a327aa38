import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '#workflows/domain/instant.ts';

const UNITS = [
  { names: ['d', 'day', 'days'], ms: DAY_MS },
  { names: ['h', 'hr', 'hrs', 'hour', 'hours'], ms: HOUR_MS },
  { names: ['min', 'm', 'mins', 'minute', 'minutes'], ms: MINUTE_MS },
  { names: ['s', 'sec', 'secs', 'second', 'seconds'], ms: SECOND_MS },
  { names: ['ms'], ms: 1 },
] as const;
const PART = /(\d+(?:[.,]\d+)?)\s*([a-z]+)/g;

/**
 * A length of time as an input shows it: "8 h 30 min". To the millisecond, so that reading it gives the same length again;
 * without days, because a day of business hours is none of 24.
 */
export function lengthText(ms: number): string {
  let left = ms;
  const parts: string[] = [];
  for (const { names: [name], ms: unit } of UNITS.slice(1)) {
    const count = Math.floor(left / unit);
    left -= count * unit;
    if (count > 0) parts.push(`${count} ${name}`);
  }
  return parts.length === 0 ? '0 min' : parts.join(' ');
}

/** The milliseconds of "8h 30m", "90 min", "1.5 h" or "1d" (24 hours); null: it is no length of time. */
export function lengthIn(text: string): number | null {
  const given = text.toLowerCase();
  const parts = [...given.matchAll(PART)];
  if (parts.length === 0 || /[^\s,]/.test(given.replaceAll(PART, ' '))) return null;
  let ms = 0;
  for (const [, count = '', name = ''] of parts) {
    const unit = UNITS.find(({ names }) => names.some((one) => one === name));
    if (unit === undefined) return null;
    ms += Number(count.replace(',', '.')) * unit.ms;
  }
  return Math.round(ms);
}

/** Why a text is no target; null: it is one, or there is none. */
export function lengthProblem(text: string): string | null {
  if (text.trim() === '') return null;
  const ms = lengthIn(text);
  if (ms === null) return 'is hours and minutes with their units, like 8 h 30 min or 20 min';
  return ms === 0 ? 'must be more than 0: nobody can answer in no time' : null;
}
