import { DAY_MS, MINUTE_MS } from '#workflows/domain/instant.ts';
import type { Instant } from '#workflows/domain/instant.ts';
import { WEEKDAYS } from '#workflows/domain/schedule.ts';
import { absencesOf } from '#workflows/domain/time-off.ts';
import type { TimeOff } from '#workflows/domain/time-off.ts';
import { zoneOf } from '#workflows/domain/zone.ts';
import { DAY_NAMES } from './shift-words.ts';
import type { ShiftTimes } from './shift-words.ts';

// Time-zone data stays on the server: a page gets shares of the week to draw.

/** A stretch of the week, from 0 (its first midnight) to 1. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
  readonly title: string;
  readonly label: string;
}

export interface Week {
  /** YYYY-MM-DD. */
  readonly monday: string;
  /** The zone whose days the week has. */
  readonly zone: string;
}

/** The seven days of a week with where each begins, and where now is; now is null in another week. */
export function weekAxis({ monday, zone }: Week, now: Instant) {
  const { share, midnights } = axisOf({ monday, zone });
  const here = share(now);
  return {
    days: midnights.slice(0, 7).map((at, i) => ({ from: share(at), date: dateOf(Date.parse(monday) + i * DAY_MS) })),
    now: here > 0 && here < 1 ? here : null,
  };
}

/** One person's shifts and time off at the instants at which they really are in that week, whatever zone they are planned in. */
export function weekPlan({ shifts, timeOff, zone: home }: { shifts: readonly ShiftTimes[]; timeOff: readonly TimeOff[]; zone: string }, week: Week) {
  const { share } = axisOf(week);
  const cut = (startsAt: Instant, endsAt: Instant, words: { title: string; label: string }): Stretch[] => {
    const [from, to] = [Math.max(0, share(startsAt)), Math.min(1, share(endsAt))];
    return from < to ? [{ from, to, ...words }] : [];
  };
  return {
    bars: shifts.flatMap((shift) => occurrences(shift, week.monday).flatMap(({ startsAt, endsAt }) => cut(startsAt, endsAt, wordsOf(shift)))),
    absences: absencesOf(timeOff, home).flatMap(({ startsAt, endsAt, from, to }) => cut(startsAt, endsAt, { label: 'Time off', title: from === to ? `Time off ${from}` : `Time off ${from} to ${to}` })),
  };
}

/** The Monday of the week in which an instant or a date lies. */
export function mondayOf(date: string): string {
  const at = Date.parse(date);
  return dateOf(at - ((new Date(at).getUTCDay() + 6) % 7) * DAY_MS);
}

/** The date on a zone's calendar. */
export function dateIn(zone: string, at: Instant): string {
  return dateOf(at + zoneOf(zone).offsetAt(at));
}

function axisOf({ monday, zone }: Week) {
  const { instantOf } = zoneOf(zone);
  const first = Date.parse(monday);
  const midnights = Array.from({ length: 8 }, (_, i) => instantOf(first + i * DAY_MS));
  const [start = 0, end = 1] = [midnights[0], midnights[7]];
  return { midnights, share: (at: Instant) => (at - start) / (end - start) };
}

// A shift of the week before, or of a zone a day ahead, may reach into this one.
function occurrences({ weekday, start, end, zone }: ShiftTimes, monday: string): { startsAt: Instant; endsAt: Instant }[] {
  const { instantOf } = zoneOf(zone);
  const day = Date.parse(monday) + WEEKDAYS.indexOf(weekday) * DAY_MS;
  const [from, to] = [minutesOf(start), minutesOf(end)];
  return [-7, 0, 7].map((days) => {
    const date = day + days * DAY_MS;
    return { startsAt: instantOf(date + from * MINUTE_MS), endsAt: instantOf(date + to * MINUTE_MS + (to > from ? 0 : DAY_MS)) };
  });
}

function wordsOf({ weekday, start, end, zone }: ShiftTimes): { title: string; label: string } {
  return { label: `${start}–${end}`, title: `${DAY_NAMES[weekday]} ${start}–${end} ${zone}` };
}

function minutesOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
}

function dateOf(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}
