import { describe, expect, it } from '@jest/globals';
import type { z } from 'zod';
import { idleMinutes, putShifts, putTimeOff, setPresence } from '#workflows/contract/people-time.ts';
import { agentRouting, createGroup, operatorRouting, teamRouting } from '#workflows/contract/routing.ts';

/** `field: reason` for everything that is refused. */
function refusals(schema: z.ZodType, input: unknown): readonly string[] {
  return schema.safeParse(input).error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`) ?? [];
}

const shift = { weekday: 'mon', start: '09:00', end: '17:00', zone: 'Europe/Berlin' };
const MIA = 'opr_4kQ9ZsT1vY7bN2mXw8Lr3D';

describe('shifts', () => {
  it('may be several a day, overnight, to midnight, round the week, and in two zones at once', () => {
    const shifts = [
      shift,
      { ...shift, start: '17:00', end: '24:00' },
      { ...shift, weekday: 'sun', start: '22:00', end: '06:00' },
      { ...shift, zone: 'America/New_York' },
    ];
    expect(refusals(putShifts, { shifts })).toEqual([]);
  });

  it.each([
    [{ ...shift, zone: 'Europe/Bärlin' }, 'shifts.0.zone: must be an IANA time zone like Europe/Berlin'],
    [{ ...shift, zone: '+01:00' }, 'shifts.0.zone: must be an IANA time zone like Europe/Berlin'],
    [{ ...shift, start: '25:00' }, 'shifts.0.start: must be a time from 00:00 to 23:59, like 09:00'],
    [{ ...shift, start: '24:00' }, 'shifts.0.start: must be a time from 00:00 to 23:59, like 09:00'],
    [{ ...shift, end: '24:01' }, 'shifts.0.end: must be a time from 00:00 to 24:00, like 17:00'],
    [{ ...shift, end: '9:00' }, 'shifts.0.end: must be a time from 00:00 to 24:00, like 17:00'],
    [{ ...shift, weekday: 'monday' }, 'shifts.0.weekday: Invalid option: expected one of "mon"|"tue"|"wed"|"thu"|"fri"|"sat"|"sun"'],
    [{ ...shift, day: 'mon' }, 'shifts.0: Unrecognized key: "day"'],
  ])('are refused with the field and the reason: %j', (one, reason) => {
    expect(refusals(putShifts, { shifts: [one] })).toEqual([reason]);
  });

  it.each([
    [{ ...shift, start: '16:59', end: '18:00' }, shift],
    [shift, shift],
    [{ ...shift, weekday: 'sun', start: '20:00', end: '09:01' }, shift],
    [shift, { ...shift, start: '10:00', end: '11:00' }],
  ])('that overlap are refused: %j and %j', (first, second) => {
    expect(refusals(putShifts, { shifts: [first, second] })).toEqual(['shifts.1.start: overlaps shift 0: leave one out, or join them']);
  });
});

describe('time off', () => {
  it.each([
    [[{ from: '2026-12-24', to: '2026-12-23' }], 'timeOff.0.to: must not be before from'],
    [[{ from: '2026-02-30', to: '2026-03-01' }], 'timeOff.0.from: must be a date that exists, like 2026-12-24'],
    [[{ from: '2026-12-24', to: '2026-12-26' }, { from: '2026-12-26', to: '2026-12-27' }], 'timeOff.1.from: overlaps time off 0: join them'],
    [[{ from: '9999-12-24', to: '9999-12-26' }], 'timeOff.0.from: must be from 1970-01-01 to 2199-12-31'],
  ])('is refused with the field and the reason: %j', (timeOff, reason) => {
    expect(refusals(putTimeOff, { timeOff })[0]).toBe(reason);
  });

  it('may be one day, and days that follow each other', () => {
    expect(refusals(putTimeOff, { timeOff: [{ from: '2028-02-29', to: '2028-02-29' }, { from: '2028-03-01', to: '2028-03-02', note: 'Moving' }] })).toEqual([]);
  });
});

describe('presence', () => {
  it('is one of four, and off is nobody’s to set', () => {
    expect(refusals(setPresence, { status: 'busy', stayOnline: true })).toEqual([]);
    expect(refusals(setPresence, { status: 'off' })).toEqual(['status: Invalid option: expected one of "online"|"away"|"busy"|"offline"']);
  });

  it('is idle after 5 minutes to a day, or never (P28)', () => {
    for (const good of [5, 1_440, null]) expect(refusals(idleMinutes, good)).toEqual([]);
    for (const bad of [4, 1_441, 0]) expect(refusals(idleMinutes, bad)).toEqual([': must be 5 to 1440 minutes, or null for off']);
  });
});

describe('assignment', () => {
  it('is written in part: what is left out is inherited', () => {
    expect(agentRouting.parse({ mode: 'balanced' })).toEqual({ mode: 'balanced' });
    expect(teamRouting.parse({})).toEqual({});
    expect(operatorRouting.parse({ cap: 0 })).toEqual({ cap: 0 });
  });

  it.each([
    [operatorRouting, { cap: -1 }, 'cap: must be 0 or more tickets, or null for no cap'],
    [operatorRouting, { cap: 1.5 }, 'cap: must be a whole number of tickets'],
    [operatorRouting, { skills: ['refunds', 'refunds'] }, 'skills: must name each skill once'],
    [operatorRouting, { languages: ['German'] }, 'languages.0: must be a language tag like de or pt-BR (BCP 47)'],
    [agentRouting, { pickUpMinutes: 0 }, 'pickUpMinutes: must be 1 or more minutes, or null for never'],
    [agentRouting, { pickUpRounds: 0 }, 'pickUpRounds: must be 1 to 20 rounds'],
    [agentRouting, { escalateTo: { kind: 'boss' } }, 'escalateTo.kind: must have a kind: admins, operator (with id) or group (with key)'],
    [agentRouting, { escalateTo: { kind: 'operator', id: 'mia' } }, 'escalateTo.id: must be an id that starts with opr_'],
    [agentRouting, { capCounts: 'active' }, ': Unrecognized key: "capCounts"'],
    [teamRouting, { rampPerMinute: 0 }, 'rampPerMinute: must be 1 to 1000 tickets a minute, or null for no ramp'],
    [createGroup, { key: 'billing', name: 'Billing', members: [MIA, MIA] }, 'members: must name each operator once'],
    [createGroup, { key: 'Billing!', name: 'Billing' }, 'key: must be 1 to 64 lower-case letters, digits, - or _, starting and ending with a letter or digit'],
  ])('is refused with the field and the reason: %#', (schema, input, reason) => {
    expect(refusals(schema, input)).toEqual([reason]);
  });
});
