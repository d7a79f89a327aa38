import { isOpen, nextBoundary, nextOpening } from './clock.ts';
import type { Instant } from './instant.ts';
import type { OpenInterval, Schedule, Weekday } from './schedule.ts';

/** P27. Local times in its zone; an end at or before its start runs into the next day, and belongs to the day it starts. */
export interface Shift {
  readonly weekday: Weekday;
  readonly start: string;
  readonly end: string;
  readonly zone: string;
}

/** The shifts of one person as schedules without holidays, one for each zone: they are at work while any is open. */
export function schedulesOf(shifts: readonly Shift[]): readonly Schedule[] {
  const key = shifts.map(({ weekday, start, end, zone }) => `${weekday} ${start} ${end} ${zone}`).join();
  const known = remembered.get(key);
  if (known !== undefined) return known;
  if (remembered.size >= MAX_REMEMBERED) remembered.clear();
  const schedules = byZone(shifts);
  remembered.set(key, schedules);
  return schedules;
}

// The clock works out a schedule once per object, and every pass reads the same shifts anew.
const remembered = new Map<string, readonly Schedule[]>();
const MAX_REMEMBERED = 2_000;

function byZone(shifts: readonly Shift[]): readonly Schedule[] {
  const weeks = new Map<string, { [day in Weekday]?: OpenInterval[] }>();
  for (const { weekday, start, end, zone } of shifts) {
    const week = weeks.get(zone) ?? {};
    week[weekday] = [...(week[weekday] ?? []), [start, end]];
    weeks.set(zone, week);
  }
  return [...weeks].map(([zone, weekly]) => ({ zone, weekly, holidays: [] }));
}

export function isInShift(at: Instant, schedules: readonly Schedule[]): boolean {
  return schedules.some((schedule) => isOpen(at, schedule));
}

/** The soonest opening of any of them at or after `at`, with the zone it is planned in; null when none opens again. */
export function nextShift(at: Instant, schedules: readonly Schedule[]): { readonly at: Instant; readonly zone: string } | null {
  return schedules.reduce<{ at: Instant; zone: string } | null>((first, schedule) => {
    const opening = nextOpening(at, schedule);
    return opening === null || (first !== null && first.at <= opening) ? first : { at: opening, zone: schedule.zone };
  }, null);
}

/** The earliest instants after `at` at which one of them begins or ends. */
export function shiftBoundaries(at: Instant, schedules: readonly Schedule[]): readonly Instant[] {
  return schedules.flatMap((schedule) => nextBoundary(at, schedule) ?? []);
}
