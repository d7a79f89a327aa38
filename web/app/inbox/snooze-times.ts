export interface SnoozeTime {
  readonly label: string;
  readonly at: number;
}

const HOUR_MS = 3_600_000;

/** What people snooze to, in the zone they work in: later today, tomorrow at nine, Monday, a week; each instant once. */
export function snoozeTimes(now: number, zone: string): readonly SnoozeTime[] {
  const today = dayIn(now, zone);
  const morning = (inDays: number) => morningOf({ ...today, day: today.day + inDays }, zone);
  const toMonday = (8 - today.weekday) % 7 || 7;
  return [
    { label: 'In 1 hour', at: now + HOUR_MS },
    { label: 'In 3 hours', at: now + 3 * HOUR_MS },
    { label: 'Tomorrow', at: morning(1) },
    ...(toMonday > 1 && toMonday < 7 ? [{ label: 'Monday', at: morning(toMonday) }] : []),
    { label: 'In a week', at: morning(7) },
  ];
}

interface Day {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  /** 0 is Sunday. */
  readonly weekday: number;
}

function dayIn(at: number, zone: string): Day {
  const wall = new Date(at + offsetMs(at, zone));
  return { year: wall.getUTCFullYear(), month: wall.getUTCMonth(), day: wall.getUTCDate(), weekday: wall.getUTCDay() };
}

/** 9:00 on a day's clock; twice corrected, because the offset may change overnight. */
function morningOf({ year, month, day }: Day, zone: string): number {
  const wall = Date.UTC(year, month, day, 9);
  const guess = wall - offsetMs(wall, zone);
  return wall - offsetMs(guess, zone);
}

/** How far the zone's clock is ahead of UTC at an instant. */
export function offsetMs(at: number, zone: string): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(at);
  const get = (type: string) => Number(parts.find((part) => part.type === type)?.value ?? 0);
  return Date.UTC(get('year'), get('month') - 1, get('day'), get('hour'), get('minute'), get('second')) - Math.floor(at / 1_000) * 1_000;
}
