import ICAL from 'ical.js';
import type { Result } from '#workflows/domain/errors.ts';
import { ok } from '#workflows/domain/errors.ts';
import { DAY_MS, MINUTE_MS } from '#workflows/domain/instant.ts';
import { CLOCK_END_YEAR, CLOCK_FIRST_YEAR, MAX_HOLIDAYS } from '#workflows/domain/schedule.ts';
import { isZoneName } from '#workflows/domain/schedule-problems.ts';
import { zoneOf } from '#workflows/domain/zone.ts';
import { refuseIcal } from './refuse-ical.ts';
import { yearlyRuleOf } from './yearly-rule.ts';
import type { YearlyRule } from './yearly-rule.ts';

/** An event of a calendar file in the local time of its own zone. Days and times count from 1970-01-01T00:00 on the wall. */
export interface IcalEvent {
  readonly name: string | undefined;
  readonly isAllDay: boolean;
  readonly zone: string;
  readonly startMs: number;
  readonly endMs: number;
  readonly rule: YearlyRule | null;
  /** When it begins besides. */
  readonly alsoAt: readonly number[];
  /** Days on which it does not begin. */
  readonly notOn: readonly number[];
}

const MAX_BYTES = 1_048_576;
const MAX_EVENT_DAYS = 366;
const NO_CALENDAR = 'must be an iCalendar file: BEGIN:VCALENDAR to END:VCALENDAR';

/** The events of a calendar file (RFC 5545); those that name no zone are in the time of `zone`, cancelled ones are left out. Refuses what it cannot honour, and names the event. */
export function icalEvents(text: string, zone: string): Result<readonly IcalEvent[]> {
  if (Buffer.byteLength(text) > MAX_BYTES) return refuseIcal('must be at most 1 MiB');
  const calendars = calendarsIn(text);
  if (!calendars.ok) return calendars;
  const found = calendars.value.flatMap((calendar) => calendar.getAllSubcomponents('vevent'));
  if (found.length > MAX_HOLIDAYS) return refuseIcal(`must have at most ${MAX_HOLIDAYS} events; this one has ${found.length}`);
  const events: IcalEvent[] = [];
  try {
    const replaced = replacedBy(found, zone);
    for (const event of found.filter((one) => textOf(one, 'status')?.toUpperCase() !== 'CANCELLED')) {
      events.push(eventOf(event, zone, replaced.get(textOf(event, 'uid') ?? '') ?? []));
    }
  } catch (error) {
    return refuseIcal(reasonOf(error));
  }
  return ok(events);
}

/** The parser throws on broken lines, and on components nested past the stack. */
function calendarsIn(text: string): Result<readonly ICAL.Component[]> {
  try {
    const parsed: unknown = ICAL.parse(text);
    const roots: unknown[] = !Array.isArray(parsed) ? [] : typeof parsed[0] === 'string' ? [parsed] : parsed;
    const calendars = roots.filter((one): one is unknown[] => Array.isArray(one)).map((one) => new ICAL.Component(one));
    if (calendars.length > 0 && calendars.every(({ name }) => name === 'vcalendar')) return ok(calendars);
    return refuseIcal(NO_CALENDAR);
  } catch (error) {
    return refuseIcal(`${NO_CALENDAR} (${reasonOf(error)})`);
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message.replace(/\s+/g, ' ').slice(0, 200) : 'it cannot be read';
}

/** A changed occurrence is an event of its own; the series leaves its day out. */
function replacedBy(events: readonly ICAL.Component[], zone: string): Map<string, WallTime[]> {
  const replaced = new Map<string, WallTime[]>();
  for (const event of events) {
    const uid = textOf(event, 'uid') ?? '';
    replaced.set(uid, [...(replaced.get(uid) ?? []), ...timesOf(event, 'recurrence-id', zone)]);
  }
  return replaced;
}

function eventOf(event: ICAL.Component, zone: string, replaced: readonly WallTime[]): IcalEvent {
  const name = nameOf(event);
  const called = `the event ${name ?? 'without a name'}`;
  const [start] = timesOf(event, 'dtstart', zone);
  if (!start) throw new Error(`${called} has no DTSTART`);
  const startMs = Math.floor(start.atMs / MINUTE_MS) * MINUTE_MS;
  const endMs = Math.ceil(endOf(event, start, zone) / MINUTE_MS) * MINUTE_MS;
  const own = (times: readonly WallTime[]) => times.map((time) => ({ ...time, atMs: onWallOf(start.zone, time) }));
  if (endMs < startMs) throw new Error(`${called} ends before it starts`);
  if (endMs - startMs > MAX_EVENT_DAYS * DAY_MS) throw new Error(`${called} lasts more than ${MAX_EVENT_DAYS} days`);
  const rules = event.getAllProperties('rrule').map((property) => property.getFirstValue());
  if (rules.length > 1) throw new Error(`${called} has more than one RRULE`);
  const isOverride = event.getFirstPropertyValue('recurrence-id') !== null;
  return {
    name,
    isAllDay: start.isDate,
    zone: start.zone,
    startMs,
    endMs,
    rule: rules[0] instanceof ICAL.Recur ? yearlyRuleOf(rules[0], { called, lastDay: lastDayOf(rules[0], start) }) : null,
    alsoAt: own(timesOf(event, 'rdate', zone)).map(({ atMs, isDate }) => (isDate ? atMs + (startMs - dayOf(startMs) * DAY_MS) : atMs)),
    notOn: own([...timesOf(event, 'exdate', zone), ...(isOverride ? [] : replaced)]).map(({ atMs }) => dayOf(atMs)),
  };
}

/** RFC 5545, 3.3.10: a rule ends with its UNTIL, a date or an instant; of an event of whole days its date alone counts. */
function lastDayOf({ until }: ICAL.Recur, start: WallTime): number | null {
  // Some write the year 9999 for ever.
  if (!until || until.year >= CLOCK_END_YEAR) return null;
  const end = wallTimeOf(until, null, start.zone);
  if (end.isDate || start.isDate) return dayOf(end.atMs);
  return dayOf(onWallOf(start.zone, end) - (start.atMs - dayOf(start.atMs) * DAY_MS));
}

function dayOf(wallMs: number): number {
  return Math.floor(wallMs / DAY_MS);
}

function endOf(event: ICAL.Component, start: WallTime, zone: string): number {
  const [end] = timesOf(event, 'dtend', zone);
  if (end) return onWallOf(start.zone, end);
  const duration = event.getFirstPropertyValue('duration');
  if (duration instanceof ICAL.Duration) return start.atMs + duration.toSeconds() * 1_000;
  return start.isDate ? start.atMs + DAY_MS : start.atMs;
}

interface WallTime {
  readonly atMs: number;
  readonly isDate: boolean;
  /** Whose wall. */
  readonly zone: string;
}

/** The same instant on another zone's wall; a date is the same everywhere. */
function onWallOf(zone: string, { atMs, isDate, zone: own }: WallTime): number {
  return isDate ? atMs : movedTo(zone, atMs, own);
}

/** A local time of one zone in the local time of another. */
export function movedTo(zone: string, wallMs: number, own: string): number {
  if (zone === own) return wallMs;
  const at = zoneOf(own).instantOf(wallMs);
  return at + zoneOf(zone).offsetAt(at);
}

function timesOf(event: ICAL.Component, property: string, zone: string): WallTime[] {
  const name = nameOf(event);
  return event.getAllProperties(property).flatMap((one) => {
    const tzid = one.getParameter('tzid');
    const values: unknown[] = one.getValues();
    if (values.length > MAX_HOLIDAYS) throw new Error(`${name ?? 'an event'} has more than ${MAX_HOLIDAYS} dates in ${property.toUpperCase()}`);
    // The parser moves the 30th of February to March; what was written stays in its raw form.
    const written = JSON.stringify(one.toJSON());
    return values.map((value) => {
      if (!(value instanceof ICAL.Time)) throw new Error(`${property.toUpperCase()} of ${name ?? 'an event'} must be a date or a time`);
      if (!written.includes(value.toString().slice(0, 10))) throw new Error(`${property.toUpperCase()} of ${name ?? 'an event'} must be a date that exists`);
      return wallTimeOf(value, typeof tzid === 'string' ? tzid : null, zone);
    });
  });
}

/** RFC 5545, 3.3.5: UTC, a zone by name, or the time of whoever looks (`zone`). A zone's own rules in the file are not followed: its name is. */
function wallTimeOf(time: ICAL.Time, tzid: string | null, zone: string): WallTime {
  const digits = Date.UTC(time.year, time.month - 1, time.day, time.isDate ? 0 : time.hour, time.isDate ? 0 : time.minute, time.isDate ? 0 : time.second);
  if (!Number.isFinite(digits) || time.year < CLOCK_FIRST_YEAR || time.year >= CLOCK_END_YEAR) throw new Error(`${time.toString()} must be a date from 1900 to 2199`);
  if (time.isDate) return { atMs: digits, isDate: true, zone };
  if (time.zone?.tzid === 'UTC') return { atMs: digits, isDate: false, zone: 'UTC' };
  if (tzid !== null && !isZoneName(tzid)) throw new Error(`TZID ${tzid.slice(0, 64)} must be an IANA time zone like Europe/Berlin`);
  return { atMs: digits, isDate: false, zone: tzid ?? zone };
}

function textOf(event: ICAL.Component, property: string): string | undefined {
  const value = event.getFirstPropertyValue(property);
  return typeof value === 'string' ? value : undefined;
}

function nameOf(event: ICAL.Component): string | undefined {
  const words = (textOf(event, 'summary') ?? '').replace(/[\p{Cc}\p{Surrogate}\s]+/gu, ' ').trim();
  return words === '' ? undefined : [...words].slice(0, 100).join('');
}
