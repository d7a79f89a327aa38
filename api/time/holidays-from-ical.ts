import type { Result } from '#workflows/domain/errors.ts';
import { ok } from '#workflows/domain/errors.ts';
import type { Instant } from '#workflows/domain/instant.ts';
import { DAY_MS, MINUTE_MS } from '#workflows/domain/instant.ts';
import { MAX_HOLIDAYS } from '#workflows/domain/schedule.ts';
import type { Holiday, OpenInterval } from '#workflows/domain/schedule.ts';
import { icalEvents, movedTo } from './ical-events.ts';
import type { IcalEvent } from './ical-events.ts';
import { mergedHolidays } from './merged-holidays.ts';
import { refuseIcal } from './refuse-ical.ts';
import { daysOfRule, isEveryYearOn } from './yearly-rule.ts';

// Movable feasts have no rule that a schedule knows: they are written out this far.
const YEARS_AHEAD = 10;

export interface ImportedInto {
  /** The schedule's zone: timed events are moved into it. */
  readonly zone: string;
  readonly now: Instant;
}

/**
 * The holidays of a calendar file (RFC 5545). All-day events close their days, timed ones cut their hours; what comes
 * every year on its date becomes yearly, what comes every year on another is written out from last year to ten years
 * ahead. Refuses more than 1 MiB, 1,000 events or 1,000 holidays, and rules that are not yearly.
 */
export function holidaysFromIcal(text: string, { zone, now }: ImportedInto): Result<readonly Holiday[]> {
  const events = icalEvents(text, zone);
  if (!events.ok) return events;
  const thisYear = new Date(now).getUTCFullYear();
  const found: Holiday[] = [];
  for (const event of events.value) {
    for (const holiday of holidaysOf(event, { zone, firstYear: thisYear - 1, lastYear: thisYear + YEARS_AHEAD })) {
      found.push(holiday);
      // Twice as many, because several events may share a day.
      if (found.length > 2 * MAX_HOLIDAYS) return refuseIcal(tooMany(event.name));
    }
  }
  const holidays = mergedHolidays(found);
  return holidays.length > MAX_HOLIDAYS ? refuseIcal(tooMany(undefined)) : ok(holidays);
}

function tooMany(name: string | undefined): string {
  return `makes more than ${MAX_HOLIDAYS} holidays${name === undefined ? '' : `, among them those of the event ${name}`}`;
}

interface Window {
  readonly zone: string;
  readonly firstYear: number;
  readonly lastYear: number;
}

/** Rules are followed in the event's own zone, and each time that they give is moved into the schedule's. */
function* holidaysOf(event: IcalEvent, { zone, firstYear, lastYear }: Window): Generator<Holiday> {
  const { isAllDay, rule, notOn, alsoAt, startMs, endMs } = event;
  const firstDay = Math.floor(startMs / DAY_MS);
  const named = event.name === undefined ? {} : { name: event.name };
  const moved = (wallMs: number) => (isAllDay ? wallMs : movedTo(zone, wallMs, event.zone));
  const partsAt = (begin: number) => partsOf({ isAllDay, startMs: moved(begin), endMs: moved(begin + endMs - startMs) });
  const times = [...(rule === null ? [firstDay] : daysOfRule(rule, firstDay, lastYear))]
    .filter((day) => !notOn.includes(day) && (rule === null || yearOf(day) >= firstYear))
    .map((day) => startMs + (day - firstDay) * DAY_MS);
  const yearly = rule !== null && notOn.length === 0 && yearOf(firstDay) <= firstYear + 1 && isEveryYearOn(rule, monthAndDate(firstDay)) ? sameEachTime(times.map(partsAt), dateOf(firstDay)) : null;
  if (yearly !== null) yield* yearly.map(({ date, closed }): Holiday => ({ date: date.slice(5), yearly: true, ...closed, ...named }));
  const also = alsoAt.filter((at) => !notOn.includes(Math.floor(at / DAY_MS)) && (rule === null || yearOf(Math.floor(at / DAY_MS)) >= firstYear));
  for (const begin of [...(yearly === null ? times : []), ...also]) yield* partsAt(begin).map(({ date, closed }): Holiday => ({ date, ...closed, ...named }));
}

/** What an event takes of its days, where that is the same on the same dates every time; null where it is not. */
function sameEachTime(times: readonly (readonly Part[])[], firstDate: string): readonly Part[] | null {
  const [first, ...rest] = times;
  if (first === undefined) return null;
  const inYear = (parts: readonly Part[]) => JSON.stringify(parts.map(({ date, closed }) => [date.slice(5), closed]));
  // A 29th of February comes every four years, and the days around it every year.
  const isLeapDay = firstDate.endsWith('-02-29') && first.some(({ date }) => !date.endsWith('-02-29'));
  return !isLeapDay && rest.every((parts) => inYear(parts) === inYear(first)) ? first : null;
}

function monthAndDate(day: number): { month: number; date: number } {
  const [month = 1, date = 1] = dateOf(day).slice(5).split('-').map(Number);
  return { month, date };
}

function yearOf(day: number): number {
  return Number(dateOf(day).slice(0, 4));
}

function dateOf(day: number): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}

interface Part {
  readonly date: string;
  readonly closed: { readonly closed?: readonly OpenInterval[] };
}

/** What an event takes of each of its days: all of it, or hours. An event without length takes nothing. */
function partsOf({ isAllDay, startMs, endMs }: Pick<IcalEvent, 'isAllDay' | 'startMs' | 'endMs'>): Part[] {
  const firstDay = Math.floor(startMs / DAY_MS);
  const days = Math.ceil(endMs / DAY_MS) - firstDay;
  return Array.from({ length: startMs < endMs ? days : 0 }, (_, offset): Part => {
    const midnight = (firstDay + offset) * DAY_MS;
    const date = dateOf(firstDay + offset);
    const from = Math.max(startMs - midnight, 0);
    const until = endMs - midnight;
    // From midnight on for a whole day and longer: nothing that starts that day is left.
    if (isAllDay || (from === 0 && until >= 2 * DAY_MS)) return { date, closed: {} };
    return { date, closed: { closed: hoursOf(from, until) } };
  });
}

/** The hours from `from`, before midnight, to `until`, into the night that belongs to the day; an interval lasts a day at most. */
function hoursOf(from: number, until: number): OpenInterval[] {
  const end = Math.min(until, 2 * DAY_MS - MINUTE_MS);
  if (end <= from + DAY_MS) return [[timeOf(from), end === DAY_MS ? '24:00' : timeOf(end)]];
  return [[timeOf(from), timeOf(from)], ['23:59', timeOf(end)]];
}

function timeOf(ms: number): string {
  return new Date(ms).toISOString().slice(11, 16);
}
