import { describe, expect, it } from '@jest/globals';
import { addBusinessTime, businessTimeBetween, isOpen, nextBoundary, nextOpening } from '#workflows/domain/clock.ts';
import { ALWAYS_OPEN, WEEKDAYS } from '#workflows/domain/schedule.ts';
import type { Holiday, OpenInterval, Schedule } from '#workflows/domain/schedule.ts';

const HOUR = 3_600_000;
const hours = (ms: number) => ms / HOUR;
const at = (iso: string) => Date.parse(iso);
const iso = (instant: number | null) => (instant === null ? null : new Date(instant).toISOString().replace(':00.000Z', 'Z'));

type Weekly = Schedule['weekly'];
const everyDay = (...intervals: OpenInterval[]): Weekly => Object.fromEntries(WEEKDAYS.map((day) => [day, intervals]));
const OFFICE_WEEK: Weekly = { ...everyDay(['09:00', '17:00']), sat: undefined, sun: undefined };
const aSchedule = (weekly: Weekly, { zone = 'Europe/Berlin', holidays = [] }: { zone?: string; holidays?: Holiday[] } = {}): Schedule => ({ zone, weekly, holidays });
const OFFICE = aSchedule(OFFICE_WEEK);

// Every value below was worked out by hand, from the rules of RFC 5545 and the published changes of each zone.
describe('a deadline', () => {
  it.each([
    ['lies within the day', OFFICE, '2026-11-23T09:00+01:00', 2, '2026-11-23T10:00Z'],
    ['is the end of a day, not the morning after it', OFFICE, '2026-11-23T09:00+01:00', 8, '2026-11-23T16:00Z'],
    ['counts nothing before the door opens', OFFICE, '2026-11-23T05:00+01:00', 1, '2026-11-23T09:00Z'],
    ['jumps the weekend', OFFICE, '2026-11-27T16:00+01:00', 2, '2026-11-30T09:00Z'],
    ['jumps the weekend of spring', OFFICE, '2026-03-27T16:00+01:00', 2, '2026-03-30T08:00Z'],
    ['jumps the weekend of autumn', OFFICE, '2026-10-23T16:00+02:00', 2, '2026-10-26T09:00Z'],
    ['is a year of weeks ahead', OFFICE, '2026-11-23T09:00+01:00', 52 * 40, '2027-11-19T16:00Z'],
    ['is at once when nothing is asked for', OFFICE, '2026-11-22T12:00Z', 0, '2026-11-22T12:00Z'],
    ['counts every hour of a calendar', ALWAYS_OPEN, '2026-03-28T12:00Z', 24, '2026-03-29T12:00Z'],
    ['knows three quarters of an hour east', aSchedule(OFFICE_WEEK, { zone: 'Asia/Kathmandu' }), '2026-11-23T00:00Z', 1, '2026-11-23T04:15Z'],
    ['finds an hour that a gap has emptied in the week after', aSchedule({ sun: [['02:30', '03:00']] }), '2026-03-29T00:00Z', 0.5, '2026-04-05T01:00Z'],
  ])('%s', (_title, schedule, from, addHours, due) => {
    expect(iso(addBusinessTime(at(from), addHours * HOUR, schedule))).toBe(due);
  });

  it('never comes where nobody ever opens, or did for the last time', () => {
    expect(addBusinessTime(at('2026-11-23T09:00Z'), 1, aSchedule({}))).toBeNull();
    const once = aSchedule({}, { holidays: [{ date: '2026-11-24', open: [['09:00', '10:00']] }] });
    expect(iso(addBusinessTime(at('2026-11-23T09:00Z'), HOUR, once))).toBe('2026-11-24T09:00Z');
    expect(addBusinessTime(at('2026-11-23T09:00Z'), HOUR + 1, once)).toBeNull();
    expect(addBusinessTime(at('2026-11-23T09:00Z'), Infinity, OFFICE)).toBeNull();
  });

  it('comes after ten Christmases where one hour of a year is open', () => {
    const mass = aSchedule({}, { holidays: [{ date: '12-24', yearly: true, open: [['22:00', '23:00']] }] });
    expect(iso(addBusinessTime(at('2026-01-01T00:00Z'), 10 * HOUR, mass))).toBe('2035-12-24T22:00Z');
  });
});

const BERLIN_SPRING = ['2026-03-29T00:00+01:00', '2026-03-30T00:00+02:00'] as const;
const BERLIN_AUTUMN = ['2026-10-25T00:00+02:00', '2026-10-26T00:00+01:00'] as const;

describe('an hour is an hour that passed', () => {
  it.each<[string, Schedule, readonly [string, string], number]>([
    ['a day of spring has 23', aSchedule(everyDay(['00:00', '24:00'])), BERLIN_SPRING, 23],
    ['a day of autumn has 25', aSchedule(everyDay(['00:00', '24:00'])), BERLIN_AUTUMN, 25],
    ['the night shift into spring', aSchedule({ sat: [['22:00', '06:00']] }), ['2026-03-28T12:00Z', '2026-03-29T12:00Z'], 7],
    ['the night shift into winter', aSchedule({ sat: [['22:00', '06:00']] }), ['2026-10-24T12:00Z', '2026-10-25T12:00Z'], 9],
    ['a gap empties what ends at its end', aSchedule({ sun: [['02:30', '03:00']] }), BERLIN_SPRING, 0],
    ['a gap empties what ends in the hour after it', aSchedule({ sun: [['02:30', '03:30']] }), BERLIN_SPRING, 0],
    ['what lies in a gap moves forward with it', aSchedule({ sun: [['02:15', '02:45']] }), ['2026-03-29T01:15Z', '2026-03-29T01:45Z'], 0.5],
    ['an end in a gap moves forward', aSchedule({ sun: [['01:00', '02:30']] }), BERLIN_SPRING, 1.5],
    ['a doubled hour is all of it', aSchedule({ sun: [['02:00', '03:00']] }), BERLIN_AUTUMN, 2],
    ['a half of a doubled hour is the first', aSchedule({ sun: [['02:15', '02:45']] }), ['2026-10-25T00:15Z', '2026-10-25T00:45Z'], 0.5],
    ['and not the second', aSchedule({ sun: [['02:15', '02:45']] }), ['2026-10-25T00:45Z', '2026-10-25T12:00Z'], 0],
    ['an end in a doubled hour is the first', aSchedule({ sun: [['01:00', '02:30']] }), BERLIN_AUTUMN, 1.5],
    ['Lord Howe gives back half an hour', aSchedule({ sun: [['00:00', '24:00']] }, { zone: 'Australia/Lord_Howe' }), ['2026-04-04T00:00Z', '2026-04-06T00:00Z'], 24.5],
    ['and takes it again', aSchedule({ sun: [['00:00', '24:00']] }, { zone: 'Australia/Lord_Howe' }), ['2026-10-03T00:00Z', '2026-10-05T00:00Z'], 23.5],
    ['Chatham skips from a quarter to', aSchedule({ sun: [['02:00', '03:00']] }, { zone: 'Pacific/Chatham' }), ['2026-09-26T13:15Z', '2026-09-26T14:15Z'], 1],
    ['Casablanca goes back for Ramadan', aSchedule({ sun: [['00:00', '24:00']] }, { zone: 'Africa/Casablanca' }), ['2026-02-14T12:00Z', '2026-02-16T12:00Z'], 25],
    ['Santiago has no midnight in spring', aSchedule({ sat: [['22:00', '02:00']] }, { zone: 'America/Santiago' }), ['2026-09-06T02:00Z', '2026-09-06T05:00Z'], 3],
    ['São Paulo had none in 2018', aSchedule({ sun: [['00:00', '08:00']] }, { zone: 'America/Sao_Paulo' }), ['2018-11-03T12:00Z', '2018-11-05T00:00Z'], 7],
    ['a day ended an hour later there', aSchedule({ sat: [['20:00', '24:00']] }, { zone: 'America/Sao_Paulo' }), ['2018-11-03T23:00Z', '2018-11-04T03:00Z'], 4],
    ['and has one since 2019', aSchedule({ sun: [['00:00', '08:00']] }, { zone: 'America/Sao_Paulo' }), ['2019-11-02T12:00Z', '2019-11-04T00:00Z'], 8],
    ['three days in Apia, one of them never', aSchedule(everyDay(['00:00', '24:00']), { zone: 'Pacific/Apia' }), ['2011-12-29T00:00-10:00', '2012-01-01T00:00+14:00'], 48],
    ['what was due on the day that never was moves forward with it', aSchedule({ fri: [['09:00', '17:00']] }, { zone: 'Pacific/Apia' }), ['2011-12-31T09:00+14:00', '2011-12-31T17:00+14:00'], 8],
  ])('%s', (_title, schedule, [from, to], open) => {
    expect(hours(businessTimeBetween(at(from), at(to), schedule))).toBe(open);
  });
});

const MONDAY = ['2026-11-23T00:00+01:00', '2026-11-24T00:00+01:00'] as const;

describe('intervals', () => {
  it.each<[string, Weekly, readonly [string, string], number]>([
    ['that overlap or touch are counted once', { mon: [['12:00', '17:00'], ['09:00', '13:00'], ['17:00', '18:00']] }, MONDAY, 9],
    ['of a night belong to the day they start', { mon: [['20:00', '04:00']] }, MONDAY, 4],
    ['of a night reach into the day after', { mon: [['20:00', '04:00']] }, ['2026-11-24T00:00+01:00', '2026-11-25T00:00+01:00'], 4],
    ['of a night and of the morning after it are merged', { mon: [['20:00', '08:00']], tue: [['06:00', '10:00']] }, ['2026-11-23T12:00Z', '2026-11-24T12:00Z'], 14],
    ['of Sunday night reach into the new week', { sun: [['22:00', '06:00']] }, MONDAY, 6],
    ['that end as they start last a day', { mon: [['09:00', '09:00']] }, ['2026-11-23T00:00Z', '2026-11-25T00:00Z'], 24],
    ['end at 24:00', { mon: [['18:00', '24:00']] }, MONDAY, 6],
    ['end at 00:00, which is the same', { mon: [['18:00', '00:00']] }, MONDAY, 6],
  ])('%s', (_title, weekly, [from, to], open) => {
    expect(hours(businessTimeBetween(at(from), at(to), aSchedule(weekly)))).toBe(open);
  });

  it('of a span that has not begun count nothing', () => {
    expect(businessTimeBetween(at('2026-11-23T12:00Z'), at('2026-11-23T11:00Z'), OFFICE)).toBe(0);
    expect(businessTimeBetween(at('2026-11-23T12:00Z'), at('2026-11-23T12:00Z'), OFFICE)).toBe(0);
  });
});

describe('a holiday', () => {
  const NIGHTS = everyDay(['20:00', '04:00']);
  // The 25th of December 2026 is a Friday.
  const THE_25TH = ['2026-12-25T00:00+01:00', '2026-12-26T00:00+01:00'] as const;
  const THE_25TH_AND_26TH = ['2026-12-25T00:00+01:00', '2026-12-27T00:00+01:00'] as const;
  it.each<[string, Weekly, Holiday[], readonly [string, string], number]>([
    ['removes what starts that day', OFFICE_WEEK, [{ date: '2026-12-25' }], THE_25TH, 0],
    ['comes back every year', OFFICE_WEEK, [{ date: '12-25', yearly: true }], ['2028-12-25T00:00Z', '2028-12-26T00:00Z'], 0],
    ['does not when dated', OFFICE_WEEK, [{ date: '2026-12-25' }], ['2028-12-25T00:00Z', '2028-12-26T00:00Z'], 8],
    ['opens in its own hours', OFFICE_WEEK, [{ date: '2026-12-25', open: [['10:00', '12:00'], ['14:00', '15:00']] }], THE_25TH, 3],
    ['opens on a weekend', OFFICE_WEEK, [{ date: '2026-12-26', open: [['10:00', '12:00']] }], ['2026-12-26T00:00Z', '2026-12-27T00:00Z'], 2],
    ['cuts the day', OFFICE_WEEK, [{ date: '2026-12-25', closed: [['13:00', '15:00'], ['16:00', '24:00']] }], THE_25TH, 5],
    ['cuts nothing where nothing is open', OFFICE_WEEK, [{ date: '2026-12-25', closed: [['18:00', '20:00']] }], THE_25TH, 8],
    ['leaves the tail of the night before', NIGHTS, [{ date: '2026-12-25' }], THE_25TH_AND_26TH, 4 + 0 + 4],
    ['that cuts leaves that tail too', NIGHTS, [{ date: '2026-12-25', closed: [['00:00', '24:00']] }], THE_25TH, 4],
    ['that cuts until midnight leaves its own tail', NIGHTS, [{ date: '2026-12-25', closed: [['00:00', '24:00']] }], THE_25TH_AND_26TH, 4 + 0 + 4 + 4],
    ['cuts a night across midnight', NIGHTS, [{ date: '2026-12-25', closed: [['22:00', '02:00']] }], ['2026-12-25T12:00Z', '2026-12-26T12:00Z'], 4],
    ['with a night of its own reaches into the day after', OFFICE_WEEK, [{ date: '2026-12-25', open: [['22:00', '03:00']] }], THE_25TH_AND_26TH, 5],
    ['with a date wins over the yearly one', OFFICE_WEEK, [{ date: '12-25', yearly: true }, { date: '2026-12-25', open: [['09:00', '10:00']] }], THE_25TH, 1],
    ['of the 29th of February is one in leap years', OFFICE_WEEK, [{ date: '02-29', yearly: true }], ['2028-02-29T00:00Z', '2028-03-02T00:00Z'], 8],
    ['and in other years none', OFFICE_WEEK, [{ date: '02-29', yearly: true }], ['2027-03-01T00:00Z', '2027-03-02T00:00Z'], 8],
    ['on a day of spring removes all of it', everyDay(['00:00', '24:00']), [{ date: '2026-03-29' }], ['2026-03-28T00:00+01:00', '2026-03-31T00:00+02:00'], 48],
  ])('%s', (_title, weekly, holidays, [from, to], open) => {
    expect(hours(businessTimeBetween(at(from), at(to), aSchedule(weekly, { holidays })))).toBe(open);
  });
});

describe('the next opening and the next boundary', () => {
  it.each<[string, Schedule, string, { isOpen: boolean; opening: string | null; boundary: string | null }]>([
    ['in the morning', OFFICE, '2026-11-23T07:00Z', { isOpen: false, opening: '2026-11-23T08:00Z', boundary: '2026-11-23T08:00Z' }],
    ['at the opening', OFFICE, '2026-11-23T08:00Z', { isOpen: true, opening: '2026-11-23T08:00Z', boundary: '2026-11-23T16:00Z' }],
    ['at noon', OFFICE, '2026-11-23T11:00Z', { isOpen: true, opening: '2026-11-23T11:00Z', boundary: '2026-11-23T16:00Z' }],
    ['at the closing', OFFICE, '2026-11-23T16:00Z', { isOpen: false, opening: '2026-11-24T08:00Z', boundary: '2026-11-24T08:00Z' }],
    ['before a weekend of spring', OFFICE, '2026-03-27T16:00Z', { isOpen: false, opening: '2026-03-30T07:00Z', boundary: '2026-03-30T07:00Z' }],
    ['at all hours', ALWAYS_OPEN, '2026-11-23T16:00Z', { isOpen: true, opening: '2026-11-23T16:00Z', boundary: null }],
    ['at all hours but a summer’s, because two pieces of a day met in an hour that is skipped', aSchedule({ ...everyDay(['00:00', '24:00']), sun: [['00:00', '03:00'], ['02:45', '24:00']] }), '2026-03-28T16:00Z', { isOpen: true, opening: '2026-03-28T16:00Z', boundary: '2026-03-29T01:00Z' }],
    ['at no hour', aSchedule({}), '2026-11-23T16:00Z', { isOpen: false, opening: null, boundary: null }],
    ['through midnight', aSchedule(everyDay(['00:00', '24:00']), { holidays: [{ date: '2030-05-01', closed: [['12:00', '13:00']] }] }), '2026-11-23T16:00Z', { isOpen: true, opening: '2026-11-23T16:00Z', boundary: '2030-05-01T10:00Z' }],
  ])('%s', (_title, schedule, now, expected) => {
    const answers = { isOpen: isOpen(at(now), schedule), opening: iso(nextOpening(at(now), schedule)), boundary: iso(nextBoundary(at(now), schedule)) };
    expect(answers).toEqual(expected);
  });

  it('find nothing outside the years that the clock knows', () => {
    expect(isOpen(at('1899-12-31T12:00Z'), ALWAYS_OPEN)).toBe(false);
    expect(isOpen(at('2200-01-01T12:00Z'), ALWAYS_OPEN)).toBe(false);
    expect(nextOpening(at('2200-01-01T12:00Z'), ALWAYS_OPEN)).toBeNull();
    expect(iso(nextOpening(at('1600-01-01T12:00Z'), ALWAYS_OPEN))).toBe('1900-01-01T00:00Z');
  });
});
