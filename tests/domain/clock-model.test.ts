import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addBusinessTime, businessTimeBetween, CLOCK_ENDS, isOpen, nextBoundary, nextOpening } from '#workflows/domain/clock.ts';
import { WEEKDAYS } from '#workflows/domain/schedule.ts';
import type { Holiday, OpenInterval, Schedule } from '#workflows/domain/schedule.ts';
import { scheduleProblems } from '#workflows/domain/schedule-problems.ts';
import { aWall, openMinutes } from './slow-clock.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const two = (n: number) => String(n).padStart(2, '0');
const time = (minutes: number) => `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
// Quarters, and often in the hours of the night in which zones change.
const minuteOfDay = fc.oneof(fc.integer({ min: 0, max: 95 }).map((n) => n * 15), fc.integer({ min: 0, max: 16 }).map((n) => n * 15), fc.integer({ min: 0, max: 1_439 }));
const interval: fc.Arbitrary<OpenInterval> = fc
  .tuple(minuteOfDay, fc.oneof(minuteOfDay, fc.constant(1_440)))
  .map(([start, end]): OpenInterval => [time(start), time(end)]);
const intervals = fc.array(interval, { maxLength: 3 });
const weekly = fc.record(Object.fromEntries(WEEKDAYS.map((day) => [day, intervals])), { requiredKeys: [] });
const some = fc.array(interval, { minLength: 1, maxLength: 2 });

/** Holidays, dated and yearly, on these dates. */
function holidaysOn(dates: readonly string[]): fc.Arbitrary<Holiday[]> {
  const differs = fc.oneof(fc.constant({}), some.map((open) => ({ open })), some.map((closed) => ({ closed })));
  return fc
    .uniqueArray(fc.record({ date: fc.constantFrom(...dates), yearly: fc.boolean(), differs }), { maxLength: 5, selector: ({ date, yearly }) => `${date}${yearly}` })
    .map((all) => all.map(({ date, yearly, differs }): Holiday => (yearly ? { date: date.slice(5), yearly: true, ...differs } : { date, ...differs })));
}

const DAYS = 14;
const CHANGES: readonly [zone: string, from: string, what: string][] = [
  ['Europe/Berlin', '2026-03-22T00:00Z', 'spring'],
  ['Europe/Berlin', '2026-10-18T00:00Z', 'autumn'],
  ['Australia/Lord_Howe', '2026-03-29T00:00Z', 'half an hour back'],
  ['Australia/Lord_Howe', '2026-09-27T00:00Z', 'half an hour forward'],
  ['Pacific/Chatham', '2026-03-29T00:00Z', 'a quarter to four comes twice'],
  ['Pacific/Chatham', '2026-09-20T00:00Z', 'a quarter to three is skipped'],
  ['Africa/Casablanca', '2026-02-08T00:00Z', 'Ramadan begins'],
  ['Africa/Casablanca', '2026-03-15T00:00Z', 'Ramadan is over'],
  ['America/Santiago', '2026-03-29T00:00Z', 'eleven at night comes twice'],
  ['America/Santiago', '2026-08-30T00:00Z', 'midnight is skipped'],
  ['Pacific/Apia', '2011-12-23T00:00Z', 'a day is skipped'],
  ['Asia/Kathmandu', '2026-03-22T00:00Z', 'nothing ever changes'],
  ['Asia/Kathmandu', '1985-12-25T00:00Z', 'a quarter of an hour is skipped at New Year'],
  ['America/Sao_Paulo', '2018-10-28T00:00Z', 'the last midnight skipped'],
  ['America/Sao_Paulo', '2019-02-10T00:00Z', 'the last one doubled'],
  ['America/Sao_Paulo', '2019-10-28T00:00Z', 'nothing any more'],
];

describe.each(CHANGES)('in %s from %s, where %s', (zone, from, _what) => {
  const wall = aWall(zone, from, DAYS);
  const dates = Array.from({ length: DAYS - 2 }, (_, i) => new Date(wall.from + (i + 1) * DAY).toISOString().slice(0, 10));
  // Three days at either end belong to nights and gaps that begin outside.
  const minute = fc.integer({ min: 3 * 1_440, max: (DAYS - 3) * 1_440 });
  const schedules = fc.record({ zone: fc.constant(zone), weekly, holidays: holidaysOn(dates) });

  it('the clock counts what somebody counts who looks at the wall every minute', () => {
    fc.assert(
      fc.property(schedules, minute, minute, (schedule: Schedule, one, other) => {
        expect(scheduleProblems(schedule, { mayStayClosed: true })).toEqual([]);
        const open = openMinutes(wall, schedule);
        const [first, last] = [Math.min(one, other), Math.max(one, other)];
        const at = (i: number) => wall.from + i * MINUTE;
        const counted = open.slice(first, last).filter(Boolean).length;
        expect(businessTimeBetween(at(first), at(last), schedule)).toBe(counted * MINUTE);
        expect(isOpen(at(first), schedule)).toBe(open[first]);
        const within = (answer: number | null) => (answer !== null && answer <= at(last) ? answer : null);
        const seen = (i: number) => (i >= 0 && i <= last ? at(i) : null);
        expect(within(nextOpening(at(first), schedule))).toBe(seen(open.findIndex((is, i) => i >= first && is)));
        expect(within(nextBoundary(at(first), schedule))).toBe(seen(open.findIndex((is, i) => i > first && is !== open[first])));
        if (counted === 0) return;
        const lastOpen = open.lastIndexOf(true, last - 1);
        expect(addBusinessTime(at(first), counted * MINUTE, schedule)).toBe(at(lastOpen + 1));
      }),
      { numRuns: 50 },
    );
  });
});

const ZONES = ['Europe/Berlin', 'Australia/Lord_Howe', 'Pacific/Chatham', 'Africa/Casablanca', 'America/Santiago', 'Pacific/Apia', 'Asia/Kathmandu', 'America/Sao_Paulo', 'UTC', 'America/New_York'];
const HOLIDAYS = ['2010-12-24', '2011-12-31', '2018-11-04', '2026-12-25', '2027-03-28', '2028-02-29', '2030-05-01', '2035-06-10'];
const schedule: fc.Arbitrary<Schedule> = fc.record({ zone: fc.constantFrom(...ZONES), weekly, holidays: holidaysOn(HOLIDAYS) });
const instant = fc.integer({ min: Date.UTC(2005, 0), max: Date.UTC(2045, 0) });
const amount = fc.oneof(fc.integer({ min: 1, max: 100 * HOUR }), fc.integer({ min: 1, max: 3 * 365 * DAY }));

describe('whatever the schedule', () => {
  it('measures what was added, and no earlier instant would do', () => {
    fc.assert(
      fc.property(schedule, instant, amount, (s, from, ms) => {
        const due = addBusinessTime(from, ms, s);
        if (due === null) return expect(businessTimeBetween(from, CLOCK_ENDS, s)).toBeLessThan(ms);
        expect(businessTimeBetween(from, due, s)).toBe(ms);
        expect(businessTimeBetween(from, due - 1, s)).toBe(ms - 1);
      }),
      { numRuns: 200 },
    );
  });

  it('is due later when more is added, or when begun later', () => {
    fc.assert(
      fc.property(schedule, instant, amount, amount, fc.integer({ min: 0, max: 30 * DAY }), (s, from, ms, more, later) => {
        const due = addBusinessTime(from, ms, s) ?? Infinity;
        expect(addBusinessTime(from, ms + more, s) ?? Infinity).toBeGreaterThanOrEqual(due);
        expect(addBusinessTime(from + later, ms, s) ?? Infinity).toBeGreaterThanOrEqual(due);
        if (due === Infinity) return;
        expect(addBusinessTime(due, more, s)).toBe(addBusinessTime(from, ms + more, s));
      }),
      { numRuns: 150 },
    );
  });

  it('splits a span into parts that sum up to it', () => {
    fc.assert(
      fc.property(schedule, fc.tuple(instant, instant, instant), (s, three) => {
        const [a = 0, b = 0, c = 0] = three.toSorted((x, y) => x - y);
        const whole = businessTimeBetween(a, c, s);
        expect(businessTimeBetween(a, b, s) + businessTimeBetween(b, c, s)).toBe(whole);
        expect(whole).toBeGreaterThanOrEqual(0);
        expect(whole).toBeLessThanOrEqual(c - a);
      }),
      { numRuns: 150 },
    );
  });

  it('answers a copy of the schedule as it answered the schedule, in whatever order it was asked', () => {
    fc.assert(
      fc.property(schedule, fc.array(instant, { minLength: 2, maxLength: 6 }), amount, (s, instants, ms) => {
        const asked = instants.map((from) => addBusinessTime(from, ms, s));
        const again = instants.toReversed().map((from) => addBusinessTime(from, ms, structuredClone(s)));
        expect(again.toReversed()).toEqual(asked);
      }),
      { numRuns: 150 },
    );
  });

  it('walks from boundary to boundary as the hours are measured', () => {
    fc.assert(
      fc.property(schedule, instant, (s, from) => {
        let at = from;
        for (let steps = 0; steps < 12; steps += 1) {
          const next = nextBoundary(at, s);
          if (next === null) return;
          const open = businessTimeBetween(at, next, s);
          expect(open).toBe(isOpen(at, s) ? next - at : 0);
          expect(isOpen(next, s)).not.toBe(isOpen(at, s));
          at = next;
        }
      }),
      { numRuns: 150 },
    );
  });
});
