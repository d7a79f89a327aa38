import { describe, expect, it } from '@jest/globals';
import { DAY_MS, HOUR_MS } from '#workflows/domain/instant.ts';
import type { Weekday } from '#workflows/domain/schedule.ts';
import { isInShift, schedulesOf } from '#workflows/domain/shifts.ts';
import type { Shift } from '#workflows/domain/shifts.ts';
import { swallowedShifts } from '#workflows/domain/swallowed-shifts.ts';
import { absencesOf } from '#workflows/domain/time-off.ts';

const BERLIN = 'Europe/Berlin';
const shift = (weekday: Weekday, start: string, end: string, zone = BERLIN): Shift => ({ weekday, start, end, zone });
const OFFICE: readonly Shift[] = (['mon', 'tue', 'wed', 'thu', 'fri'] as const).map((day) => shift(day, '09:00', '17:00'));

describe('time off that lies over shifts (P27)', () => {
  it('says which it takes, by their dates', () => {
    expect(swallowedShifts(OFFICE, [{ from: '2026-12-24', to: '2026-12-27' }, { from: '2026-12-05', to: '2026-12-06' }], BERLIN)).toEqual([
      {
        from: '2026-12-24',
        to: '2026-12-27',
        count: 2,
        shifts: [
          { date: '2026-12-24', start: '09:00', end: '17:00', zone: BERLIN, isWhole: true },
          { date: '2026-12-25', start: '09:00', end: '17:00', zone: BERLIN, isWhole: true },
        ],
      },
    ]);
  });

  it('takes the night before in part, and a shift of another zone by what it really is', () => {
    const nights = [shift('wed', '22:00', '06:00'), shift('thu', '22:00', '06:00'), shift('thu', '09:00', '17:00', 'Pacific/Auckland')];
    const [taken] = swallowedShifts(nights, [{ from: '2026-12-24', to: '2026-12-24' }], BERLIN);
    // Nine in the morning of the 24th in Auckland is nine in the evening of the 23rd in Berlin.
    expect(taken?.shifts).toEqual([
      { date: '2026-12-24', start: '09:00', end: '17:00', zone: 'Pacific/Auckland', isWhole: false },
      { date: '2026-12-23', start: '22:00', end: '06:00', zone: BERLIN, isWhole: false },
      { date: '2026-12-24', start: '22:00', end: '06:00', zone: BERLIN, isWhole: false },
    ]);
  });

  it('counts all of a long absence, and names the first', () => {
    const [taken] = swallowedShifts(OFFICE, [{ from: '2026-01-01', to: '2026-12-31' }], BERLIN);
    expect([taken?.count, taken?.shifts.length, taken?.shifts[0]?.date]).toEqual([261, 5, '2026-01-01']);
    expect(swallowedShifts(OFFICE, [{ from: '1970-01-01', to: '2199-12-31' }], BERLIN)[0]?.count).toBe(60004);
  });

  it('counts as somebody would who looks at every day', () => {
    const shifts = [...OFFICE, shift('sun', '22:00', '06:00', 'America/New_York'), shift('sat', '00:00', '24:00', 'Pacific/Kiritimati')];
    for (let days = 0; days < 90; days += 3) {
      const off = { from: '2026-03-20', to: new Date(Date.parse('2026-03-20') + days * DAY_MS).toISOString().slice(0, 10) };
      expect([days, swallowedShifts(shifts, [off], BERLIN)[0]?.count ?? 0]).toEqual([days, slowCount(shifts, off)]);
    }
  });

  it('is nothing to who has no shifts', () => {
    expect(swallowedShifts([], [{ from: '2026-12-24', to: '2026-12-27' }], BERLIN)).toEqual([]);
  });
});

/** Each shift alone: how often it is seen to be on anew in the half hours of the absence. */
function slowCount(shifts: readonly Shift[], off: { from: string; to: string }): number {
  const [absence] = absencesOf([off], BERLIN);
  return shifts.reduce((sum, one) => {
    const schedules = schedulesOf([one]);
    let [count, was] = [0, false];
    for (let at = absence?.startsAt ?? 0; at < (absence?.endsAt ?? 0); at += HOUR_MS / 2) {
      const is = isInShift(at, schedules);
      if (is && !was) count += 1;
      was = is;
    }
    return sum + count;
  }, 0);
}
