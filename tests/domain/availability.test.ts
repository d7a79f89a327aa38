import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { availabilityOf, type Person } from '#workflows/domain/availability.ts';
import { PRESENCE_STATUSES } from '#workflows/domain/presence.ts';
import { WEEKDAYS, type Weekday } from '#workflows/domain/schedule.ts';
import type { Shift } from '#workflows/domain/shifts.ts';

const BERLIN = 'Europe/Berlin';
const at = (text: string) => Date.parse(text);
const iso = (instant: number | null) => (instant === null ? null : new Date(instant).toISOString().replace('.000', ''));
// A Monday.
const NOON = at('2026-11-23T12:00:00Z');
const MINUTE = 60_000;

/** Online by hand, connected for another half minute, without shifts, time off or an idle limit. */
function aPerson(more: Partial<Person> = {}): Person {
  return { manual: 'online', leaseUntil: NOON + 30_000, lastActivityAt: NOON, idleMinutes: null, isPinned: false, shifts: [], timeOff: [], zone: BERLIN, ...more };
}

const shift = (weekday: Weekday, start: string, end: string, zone = BERLIN): Shift => ({ weekday, start, end, zone });
const OFFICE: readonly Shift[] = (['mon', 'tue', 'wed', 'thu', 'fri'] as const).map((day) => shift(day, '09:00', '17:00'));

describe('what somebody effectively is (P26)', () => {
  const cases: readonly (readonly [string, Partial<Person>, object])[] = [
    ['online by hand and connected', {}, { status: 'online', reason: { why: 'set_by_hand' } }],
    ['busy by hand', { manual: 'busy' }, { status: 'busy', reason: { why: 'set_by_hand' } }],
    ['away by hand, connected or not', { manual: 'away', leaseUntil: null }, { status: 'away', reason: { why: 'set_by_hand' } }],
    ['offline by hand though connected', { manual: 'offline' }, { status: 'offline', reason: { why: 'set_by_hand' } }],
    ['online by hand, never connected', { leaseUntil: null }, { status: 'away', reason: { why: 'no_connection', since: null } }],
    ['online by hand, lease expired this instant', { leaseUntil: NOON }, { status: 'away', reason: { why: 'no_connection', since: NOON } }],
    ['online, a millisecond of lease left', { leaseUntil: NOON + 1 }, { status: 'online' }],
    ['idle to the minute', { idleMinutes: 5, lastActivityAt: NOON - 5 * MINUTE }, { status: 'away', reason: { why: 'idle', since: NOON } }],
    ['not quite idle', { idleMinutes: 5, lastActivityAt: NOON - 5 * MINUTE + 1 }, { status: 'online' }],
    ['idle, but staying online', { idleMinutes: 5, lastActivityAt: NOON - 600 * MINUTE, isPinned: true }, { status: 'online' }],
    ['staying online without a connection', { isPinned: true, leaseUntil: NOON - 1 }, { status: 'away', reason: { why: 'no_connection', since: NOON - 1 } }],
    ['idle without a connection', { idleMinutes: 5, lastActivityAt: NOON - 60 * MINUTE, leaseUntil: null }, { status: 'away', reason: { why: 'no_connection', since: null } }],
    ['busy and idle', { manual: 'busy', idleMinutes: 5, lastActivityAt: 0 }, { status: 'busy' }],
    ['in a shift', { shifts: OFFICE }, { status: 'online', hasShifts: true, backAt: null }],
    ['in a shift, offline by hand', { shifts: OFFICE, manual: 'offline' }, { status: 'offline', hasShifts: true }],
    ['outside the shift, online by hand', { shifts: [shift('tue', '09:00', '17:00')] }, { status: 'off', reason: { why: 'outside_shift', zone: BERLIN }, backAt: at('2026-11-24T08:00:00Z') }],
    ['on leave, online by hand', { timeOff: [{ from: '2026-11-23', to: '2026-11-23' }] }, { status: 'off', reason: { why: 'time_off', from: '2026-11-23', to: '2026-11-23', zone: BERLIN }, hasShifts: false, backAt: at('2026-11-23T23:00:00Z') }],
    ['on leave in a shift', { shifts: OFFICE, timeOff: [{ from: '2026-11-20', to: '2026-11-24' }] }, { status: 'off', reason: { why: 'time_off' }, backAt: at('2026-11-25T08:00:00Z') }],
  ];
  it.each(cases)('%s', (_, more, expected) => {
    expect(availabilityOf(aPerson(more), NOON)).toMatchObject(expected);
  });
});

describe('shifts (P27)', () => {
  const statusAt = (shifts: readonly Shift[], text: string, more: Partial<Person> = {}) => {
    const { status, backAt, changesAt } = availabilityOf(aPerson({ shifts, leaseUntil: at('2100-01-01T00:00:00Z'), ...more }), at(text));
    return [status, iso(backAt), iso(changesAt)];
  };

  it('begin and end to the millisecond, half open', () => {
    expect(statusAt(OFFICE, '2026-11-23T07:59:59.999Z')).toEqual(['off', '2026-11-23T08:00:00Z', '2026-11-23T08:00:00Z']);
    expect(statusAt(OFFICE, '2026-11-23T08:00:00Z')).toEqual(['online', null, '2026-11-23T16:00:00Z']);
    expect(statusAt(OFFICE, '2026-11-23T15:59:59.999Z')).toEqual(['online', null, '2026-11-23T16:00:00Z']);
    expect(statusAt(OFFICE, '2026-11-23T16:00:00Z')).toEqual(['off', '2026-11-24T08:00:00Z', '2026-11-24T08:00:00Z']);
    expect(statusAt(OFFICE, '2026-11-27T16:00:00Z')).toEqual(['off', '2026-11-30T08:00:00Z', '2026-11-30T08:00:00Z']);
  });

  it('are several a day, and one after another without a gap is no boundary', () => {
    const day = [shift('mon', '08:00', '10:00'), shift('mon', '10:00', '12:00'), shift('mon', '13:00', '24:00')];
    expect(statusAt(day, '2026-11-23T09:00:00+01:00')).toEqual(['online', null, '2026-11-23T11:00:00Z']);
    expect(statusAt(day, '2026-11-23T12:30:00+01:00')).toEqual(['off', '2026-11-23T12:00:00Z', '2026-11-23T12:00:00Z']);
    expect(statusAt(day, '2026-11-23T23:59:00+01:00')).toEqual(['online', null, '2026-11-23T23:00:00Z']);
  });

  it('last past midnight and the end of the week', () => {
    const night = [shift('sun', '22:00', '06:00')];
    expect(statusAt(night, '2026-11-22T22:00:00+01:00')).toEqual(['online', null, '2026-11-23T05:00:00Z']);
    expect(statusAt(night, '2026-11-23T05:59:59+01:00')).toEqual(['online', null, '2026-11-23T05:00:00Z']);
    expect(statusAt(night, '2026-11-23T06:00:00+01:00')).toEqual(['off', '2026-11-29T21:00:00Z', '2026-11-29T21:00:00Z']);
  });

  it('are an hour longer or shorter in the nights when the clocks change', () => {
    const night = [shift('sat', '22:00', '06:00')];
    // 9 hours in October, 7 in March.
    expect(statusAt(night, '2026-10-24T20:00:00Z')).toEqual(['online', null, '2026-10-25T05:00:00Z']);
    expect(statusAt(night, '2026-03-28T21:00:00Z')).toEqual(['online', null, '2026-03-29T04:00:00Z']);
    // A shift of local mornings begins an hour later in universal time from then on.
    expect(statusAt(OFFICE, '2026-10-23T15:00:00Z')).toEqual(['off', '2026-10-26T08:00:00Z', '2026-10-26T08:00:00Z']);
  });

  it('each have a zone of their own: at work is whoever is in any', () => {
    const both = [shift('mon', '09:00', '12:00'), shift('mon', '09:00', '12:00', 'America/New_York')];
    expect(statusAt(both, '2026-11-23T11:00:00Z')).toEqual(['off', '2026-11-23T14:00:00Z', '2026-11-23T14:00:00Z']);
    expect(statusAt(both, '2026-11-23T14:00:00Z')).toEqual(['online', null, '2026-11-23T17:00:00Z']);
    expect(availabilityOf(aPerson({ shifts: both }), at('2026-11-23T11:00:00Z')).reason).toEqual({ why: 'outside_shift', zone: 'America/New_York' });
  });
});

describe('time off (P27)', () => {
  const off = (text: string, more: Partial<Person>) => {
    const { status, backAt, changesAt } = availabilityOf(aPerson({ manual: 'busy', ...more }), at(text));
    return [status, iso(backAt), iso(changesAt)];
  };

  it('lasts from the first midnight to the one after its last day, in the operator’s zone', () => {
    const more = { zone: 'Pacific/Auckland', timeOff: [{ from: '2026-12-24', to: '2026-12-26' }] };
    expect(off('2026-12-23T10:59:59Z', more)).toEqual(['busy', null, '2026-12-23T11:00:00Z']);
    expect(off('2026-12-23T11:00:00Z', more)).toEqual(['off', '2026-12-26T11:00:00Z', '2026-12-26T11:00:00Z']);
    expect(off('2026-12-26T10:59:59Z', more)).toEqual(['off', '2026-12-26T11:00:00Z', '2026-12-26T11:00:00Z']);
    expect(off('2026-12-26T11:00:00Z', more)).toEqual(['busy', null, null]);
  });

  it('has 25 hours on the day when the clocks go back', () => {
    const more = { timeOff: [{ from: '2026-10-25', to: '2026-10-25' }] };
    expect(off('2026-10-24T22:00:00Z', more)).toEqual(['off', '2026-10-25T23:00:00Z', '2026-10-25T23:00:00Z']);
  });

  it('begins after the hour that a change of the clocks takes from a midnight', () => {
    // Beirut: 00:00 to 01:00 of 2026-03-29 does not exist.
    const more = { zone: 'Asia/Beirut', timeOff: [{ from: '2026-03-29', to: '2026-03-29' }] };
    expect(off('2026-03-28T21:59:59Z', more)).toEqual(['busy', null, '2026-03-28T22:00:00Z']);
    expect(off('2026-03-28T22:00:00Z', more)).toEqual(['off', '2026-03-29T21:00:00Z', '2026-03-29T21:00:00Z']);
  });

  it('one after another is one absence, and the next shift is the first after all of them', () => {
    const timeOff = [{ from: '2026-11-26', to: '2026-11-30' }, { from: '2026-11-23', to: '2026-11-25' }, { from: '2026-12-02', to: '2026-12-02' }];
    expect(off('2026-11-23T12:00:00Z', { shifts: OFFICE, timeOff })).toEqual(['off', '2026-12-01T08:00:00Z', '2026-11-25T23:00:00Z']);
    expect(off('2026-12-01T16:00:00Z', { shifts: OFFICE, timeOff })).toEqual(['off', '2026-12-03T08:00:00Z', '2026-12-01T23:00:00Z']);
  });

  it('that ends in the middle of a shift ends there', () => {
    const more = { shifts: [shift('sun', '22:00', '06:00')], timeOff: [{ from: '2026-11-22', to: '2026-11-22' }] };
    expect(off('2026-11-22T21:30:00Z', more)).toEqual(['off', '2026-11-22T23:00:00Z', '2026-11-22T23:00:00Z']);
  });
});

describe('when it can differ next', () => {
  const cases: readonly (readonly [string, Partial<Person>, number | null])[] = [
    ['the lease, while it is what keeps them online', {}, NOON + 30_000],
    ['idleness, when that comes first', { idleMinutes: 5, lastActivityAt: NOON - 5 * MINUTE + 10_000 }, NOON + 10_000],
    ['the lease of somebody idle', { idleMinutes: 5, lastActivityAt: 0 }, NOON + 30_000],
    ['never, for who is busy and has no shifts', { manual: 'busy' }, null],
    ['never, for who has no connection', { leaseUntil: NOON - 1 }, null],
    ['a shift’s end, for who is busy', { manual: 'busy', shifts: OFFICE }, at('2026-11-23T16:00:00Z')],
    ['the first day of leave', { manual: 'busy', timeOff: [{ from: '2026-11-24', to: '2026-11-24' }] }, at('2026-11-23T23:00:00Z')],
    ['never for leave that is over', { manual: 'busy', timeOff: [{ from: '2026-11-22', to: '2026-11-22' }] }, null],
  ];
  it.each(cases)('%s', (_, more, expected) => {
    expect(iso(availabilityOf(aPerson(more), NOON).changesAt)).toBe(iso(expected));
  });
});

const zone = fc.constantFrom('Europe/Berlin', 'America/New_York', 'Asia/Kathmandu', 'Australia/Lord_Howe', 'America/Santiago');
const time = fc.integer({ min: 0, max: 47 }).map((half) => `${String(half >> 1).padStart(2, '0')}:${half % 2 === 0 ? '00' : '30'}`);
const people = fc.record({
  manual: fc.constantFrom(...PRESENCE_STATUSES),
  leaseUntil: fc.option(fc.integer({ min: -600, max: 600 }).map((seconds) => NOON + seconds * 1_000)),
  lastActivityAt: fc.integer({ min: -1_440, max: 0 }).map((minutes) => NOON + minutes * MINUTE),
  idleMinutes: fc.option(fc.constantFrom(5, 60, 1_440)),
  isPinned: fc.boolean(),
  shifts: fc.array(fc.record({ weekday: fc.constantFrom(...WEEKDAYS), start: time, end: time, zone }), { maxLength: 8 }),
  timeOff: fc.array(fc.record({ first: fc.integer({ min: -10, max: 20 }), days: fc.integer({ min: 0, max: 5 }) }).map(({ first, days }) => ({ from: date(first), to: date(first + days) })), { maxLength: 4 }),
  zone,
});

function date(daysFromNow: number): string {
  return new Date(NOON + daysFromNow * 1_440 * MINUTE).toISOString().slice(0, 10);
}

// What a wall calendar says, asked of the runtime's own zone data and of nothing of ours.
function wallClock(instant: number, name: string): { readonly day: string; readonly weekday: Weekday | undefined; readonly time: string } {
  const parts = new Intl.DateTimeFormat('en-CA', { timeZone: name, year: 'numeric', month: '2-digit', day: '2-digit', weekday: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).formatToParts(instant);
  const part = (type: string) => parts.find((one) => one.type === type)?.value ?? '';
  const short = part('weekday').toLowerCase().slice(0, 3);
  return { day: `${part('year')}-${part('month')}-${part('day')}`, weekday: WEEKDAYS.find((one) => one === short), time: `${part('hour')}:${part('minute')}` };
}

function isOffByTheWall({ shifts, timeOff, zone: own }: Person, instant: number): boolean {
  const today = wallClock(instant, own).day;
  if (timeOff.some(({ from, to }) => from <= today && today <= to)) return true;
  const inShift = ({ weekday, start, end, zone: theirs }: Shift) => {
    const { weekday: now, time: clock } = wallClock(instant, theirs);
    const dayAfter = WEEKDAYS[(WEEKDAYS.indexOf(weekday) + 1) % 7];
    if (start < end) return now === weekday && start <= clock && clock < end;
    return (now === weekday && start <= clock) || (now === dayAfter && clock < end);
  };
  return shifts.length > 0 && !shifts.some(inShift);
}

describe('for anybody at any time', () => {
  it('is off exactly when the calendar on the wall says so', () => {
    // Without a change of the clocks: there a wall shows the same time twice, and the clock's own tests judge.
    fc.assert(
      fc.property(people, fc.integer({ min: 0, max: 14 * 1_440 }), (person, minute) => {
        const instant = NOON + minute * MINUTE;
        expect(availabilityOf(person, instant).status === 'off').toBe(isOffByTheWall(person, instant));
      }),
      { numRuns: 500 },
    );
  });

  it('does not differ before it says that it can', () => {
    fc.assert(
      fc.property(people, fc.integer({ min: -20_000, max: 20_000 }), fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), (person, minute, share) => {
        const instant = NOON + minute * MINUTE;
        const { changesAt, ...now } = availabilityOf(person, instant);
        const end = changesAt ?? instant + 20_000 * MINUTE;
        expect(end).toBeGreaterThan(instant);
        const { changesAt: _, ...then } = availabilityOf(person, Math.min(end - 1, Math.floor(instant + share * (end - instant))));
        expect(then).toEqual(now);
        expect(availabilityOf(person, end - 1)).toMatchObject(now);
      }),
      { numRuns: 500 },
    );
  });

  it('says when they are back: off until then, and not at that instant', () => {
    fc.assert(
      fc.property(people, fc.integer({ min: -20_000, max: 20_000 }), (person, minute) => {
        const { status, backAt } = availabilityOf(person, NOON + minute * MINUTE);
        if (status !== 'off') return expect(backAt).toBeNull();
        if (backAt === null) throw new Error('every shift comes again');
        expect(availabilityOf(person, backAt - 1).status).toBe('off');
        expect(availabilityOf(person, backAt).status).not.toBe('off');
      }),
      { numRuns: 300 },
    );
  });
});
