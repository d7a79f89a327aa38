import { WEEKDAYS } from '#workflows/domain/schedule.ts';
import type { OpenInterval, Schedule } from '#workflows/domain/schedule.ts';

const MINUTE = 60_000;
const DAY = 1_440;

/**
 * What every clock on a wall shows, minute by minute, between two instants: the slow truth that the clock is held
 * against. It asks `Intl` for each minute and knows neither the library nor offsets.
 */
export interface Wall {
  readonly zone: string;
  readonly from: number;
  /** Local minutes since 1970-01-01T00:00 on the wall, for each minute from `from`. */
  readonly shows: readonly number[];
}

/** A wall of whole days. */
export function aWall(zone: string, fromIso: string, days: number): Wall {
  const from = Date.parse(fromIso);
  // Swedish writes 2026-03-29 02:30.
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' });
  const shows = Array.from({ length: days * DAY }, (_, i) => Date.parse(`${format.format(from + i * MINUTE).replace(' ', 'T')}Z`) / MINUTE);
  return { zone, from, shows };
}

/** Whether the schedule is open, for each minute of the wall. */
export function openMinutes(wall: Wall, { weekly, holidays }: Pick<Schedule, 'weekly' | 'holidays'>): readonly boolean[] {
  const open: boolean[] = Array.from({ length: wall.shows.length }, () => false);
  const firstShown = new Map<number, number>();
  wall.shows.forEach((local, i) => {
    if (!firstShown.has(local)) firstShown.set(local, i);
  });
  const gaps = wall.shows.flatMap((local, i) => ((wall.shows[i + 1] ?? local) > local + 1 ? [i] : []));
  /** The first minute that shows a local time; one that no wall shows is counted on from the last minute before the gap. */
  const minuteOf = (local: number): number => {
    const shown = firstShown.get(local);
    if (shown !== undefined) return shown;
    const gap = gaps.find((i) => (wall.shows[i] ?? 0) < local && (wall.shows[i + 1] ?? 0) > local);
    if (gap !== undefined) return gap + local - (wall.shows[gap] ?? 0);
    return local < (wall.shows[0] ?? 0) ? -1 : wall.shows.length;
  };
  const minutes = (intervals: readonly OpenInterval[], day: number) =>
    intervals.map(([start, end]) => {
      const [from, until] = [start, end].map((time) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3)));
      const last = (until ?? 0) <= (from ?? 0) ? (until ?? 0) + DAY : (until ?? 0);
      return { from: minuteOf(day * DAY + (from ?? 0)), until: minuteOf(day * DAY + last) };
    });
  const firstDay = Math.floor((wall.shows[0] ?? 0) / DAY) + 1;
  const lastDay = Math.floor((wall.shows.at(-1) ?? 0) / DAY) - 1;
  for (let day = firstDay; day <= lastDay; day += 1) {
    const date = new Date(day * DAY * MINUTE).toISOString().slice(0, 10);
    const holiday = holidays.find((one) => one.date === date) ?? holidays.find((one) => one.date === date.slice(5));
    const weekday = WEEKDAYS[(new Date(day * DAY * MINUTE).getUTCDay() + 6) % 7] ?? 'mon';
    const regular = weekly[weekday] ?? [];
    const starting = holiday ? (holiday.open ?? (holiday.closed ? regular : [])) : regular;
    const cuts = minutes(holiday?.closed ?? [], day);
    for (const { from, until } of minutes(starting, day)) {
      for (let i = Math.max(from, 0); i < Math.min(until, open.length); i += 1) {
        if (!cuts.some((cut) => cut.from <= i && i < cut.until)) open[i] = true;
      }
    }
  }
  return open;
}
