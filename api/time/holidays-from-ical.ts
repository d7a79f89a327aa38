import type { Result } from '#workflows/domain/errors.ts';
import { ok } from '#workflows/domain/errors.ts';
import type { Instant } from '#workflows/domain/instant.ts';
import { DAY_MS, MINUTE_MS } from '#workflows/domain/instant.ts';
import { MAX_HOLIDAYS } from '#workflows/domain/schedule.ts';
import type { Holiday, OpenInterval } from '#workflows/domain/schedule.ts';
import { icalEvents } from './ical-events.ts';
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
    for (const holiday of holidaysOf(event, { firstYear: thisYear - 1, lastYear: thisYear + YEARS_AHEAD })) {
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

function* holidaysOf(event: IcalEvent, { firstYear, lastYear }: { firstYear: number; lastYear: number }): Generator<Holiday> {
  const firstDay = Math.floor(event.startMs / DAY_MS);
  const parts = partsOf(event);
  const named = event.name === undefined ? {} : { name: event.name };
  const start = { month: Number(dateOf(firstDay).slice(5, 7)), date: Number(dateOf(firstDay).slice(8)) };
  const isYearly =
    event.rule !== null && event.notOn.length === 0 && isEveryYearOn(event.rule, start) && Number(dateOf(firstDay).slice(0, 4)) <= firstYear + 1 && isSameEveryYear(firstDay, parts.length);
  if (isYearly) {
    for (const { offset, closed } of parts) yield { date: dateOf(firstDay + offset).slice(5), yearly: true, ...closed, ...named };
  }
  const ruled = event.rule === null ? [firstDay] : isYearly ? [] : daysOfRule(event.rule, firstDay, lastYear);
  for (const day of [...ruled, ...event.alsoOn]) {
    const isPast = event.rule !== null && Number(dateOf(day).slice(0, 4)) < firstYear;
    if (isPast || event.notOn.includes(day)) continue;
    for (const { offset, closed } of parts) yield { date: dateOf(day + offset), ...closed, ...named };
  }
}

function dateOf(day: number): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}

/** Days that a 29th of February would move from under them are no yearly dates. */
function isSameEveryYear(firstDay: number, length: number): boolean {
  const [month = 1, date = 1] = dateOf(firstDay).slice(5).split('-').map(Number);
  const from = (year: number) => Date.UTC(year, month - 1, date) / DAY_MS + length - 1;
  return length === 1 || dateOf(from(2000)).slice(5) === dateOf(from(2001)).slice(5);
}

interface Part {
  /** Days after the day on which the event begins. */
  readonly offset: number;
  readonly closed: { readonly closed?: readonly OpenInterval[] };
}

/** What an event takes of each of its days: all of it, or hours. An event without length takes nothing. */
function partsOf({ isAllDay, startMs, endMs }: IcalEvent): Part[] {
  const firstDay = Math.floor(startMs / DAY_MS);
  const days = Math.ceil(endMs / DAY_MS) - firstDay;
  return Array.from({ length: startMs < endMs ? days : 0 }, (_, offset): Part => {
    const midnight = (firstDay + offset) * DAY_MS;
    const from = Math.max(startMs - midnight, 0);
    const until = endMs - midnight;
    // From midnight on for a whole day and longer: nothing that starts that day is left.
    if (isAllDay || (from === 0 && until >= 2 * DAY_MS)) return { offset, closed: {} };
    return { offset, closed: { closed: hoursOf(from, until) } };
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
