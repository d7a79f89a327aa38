import type { PresenceView } from '#workflows/contract/people-time-views.ts';
import { presenceWords } from '#web/shell/presence-words.ts';
import { shiftWords } from '#web/settings/shift-words.ts';
import { weekPlan } from '#web/settings/week-plan.server.ts';
import { WEEKDAYS } from '#workflows/domain/schedule.ts';

const READER = { zone: 'Europe/Berlin', locale: 'en-GB', now: Date.parse('2026-11-23T18:00:00Z'), isSelf: false };
const ONLINE: PresenceView = { operatorId: 'o', name: 'Ben', manual: 'online', stayOnline: false, effective: 'online', reason: { why: 'set_by_hand' }, isConnected: true, backAt: null, changesAt: null };

describe('somebody’s presence in words', () => {
  it.each<[string, Partial<PresenceView>, string]>([
    ['what they set', { effective: 'busy' }, 'Busy'],
    ['a shift later today', { effective: 'off', reason: { why: 'outside_shift', zone: 'America/New_York' }, backAt: '2026-11-23T22:30:00.000Z' }, 'Off: outside their shift until 17:30 America/New_York'],
    ['a shift on another day', { effective: 'off', reason: { why: 'outside_shift', zone: 'Europe/Berlin' }, backAt: '2026-11-24T08:00:00.000Z' }, 'Off: outside their shift until Tue 09:00 Europe/Berlin'],
    ['no shift ahead', { effective: 'off', reason: { why: 'outside_shift', zone: null } }, 'Off: outside their shift, and none is ahead'],
    ['time off', { effective: 'off', reason: { why: 'time_off', from: '2026-11-20', to: '2026-12-04', zone: 'Europe/Berlin' }, backAt: '2026-12-04T23:00:00.000Z' }, 'Off: time off, back 5 Dec 00:00 Europe/Berlin'],
    ['a lost connection', { effective: 'away', reason: { why: 'no_connection', since: '2026-11-23T17:40:00.000Z' } }, 'Away: not connected since 18:40'],
    ['nobody there', { effective: 'away', reason: { why: 'no_connection', since: null } }, 'Away: not connected'],
  ])('say %s', (_what, view, words) => {
    expect(presenceWords({ ...ONLINE, ...view }, READER)).toBe(words);
  });

  it('do not tell somebody who reads them that they are not connected', () => {
    const view: PresenceView = { ...ONLINE, effective: 'away', reason: { why: 'no_connection', since: null } };
    expect(presenceWords(view, { ...READER, isSelf: true })).toBe('Connecting…');
    expect(presenceWords({ ...ONLINE, effective: 'off', reason: { why: 'outside_shift', zone: 'UTC' }, backAt: '2026-11-23T22:00:00.000Z' }, { ...READER, isSelf: true })).toBe('Off: outside your shift until 22:00 UTC');
  });
});

describe('a week in words', () => {
  const shift = (weekday: (typeof WEEKDAYS)[number], start = '09:00', end = '17:00') => ({ weekday, start, end, zone: 'Europe/Berlin' });
  it('joins days that follow each other and are alike', () => {
    expect(shiftWords([])).toEqual([]);
    expect(shiftWords(WEEKDAYS.slice(0, 5).map((day) => shift(day)))).toEqual(['Mon–Fri 09:00–17:00']);
    expect(shiftWords([shift('mon'), shift('wed'), shift('sun', '22:00', '06:00'), shift('mon', '18:00', '20:00')])).toEqual(['Mon, Wed 09:00–17:00', 'Mon 18:00–20:00', 'Sun 22:00–06:00']);
  });
});

describe('a week as it is drawn', () => {
  const plan = (shifts: Parameters<typeof weekPlan>[0]['shifts'], timeOff: { from: string; to: string }[] = [], zone = 'Europe/Berlin', monday = '2026-11-23') =>
    weekPlan({ shifts, timeOff, zone }, { monday, zone });
  it('shows an overnight shift as one bar across midnight, and Sunday’s on both ends of the week', () => {
    const { bars } = plan([{ weekday: 'sun', start: '22:00', end: '06:00', zone: 'Europe/Berlin' }, { weekday: 'tue', start: '22:00', end: '06:00', zone: 'Europe/Berlin' }]);
    expect(bars.map(({ from, to }) => [from, to].map((share) => Math.round(share * 168 * 100) / 100))).toEqual([[0, 6], [166, 168], [46, 54]]);
  });

  it('shows another zone’s shift when it really is, and a week of 167 hours in spring', () => {
    const { bars } = plan([{ weekday: 'mon', start: '09:00', end: '17:00', zone: 'Asia/Tokyo' }]);
    expect(bars.map(({ from, to }) => [Math.round(from * 168), Math.round(to * 168)])).toEqual([[1, 9]]);
    const spring = plan([{ weekday: 'sun', start: '01:00', end: '05:00', zone: 'Europe/Berlin' }], [], 'Europe/Berlin', '2027-03-22');
    expect(spring.bars.map(({ from, to }) => [Math.round(from * 167), Math.round(to * 167)])).toEqual([[145, 148]]);
  });

  it('shades whole days of time off, cut to the week', () => {
    const { absences } = plan([], [{ from: '2026-11-20', to: '2026-11-24' }, { from: '2027-01-01', to: '2027-01-02' }]);
    expect(absences.map(({ from, to }) => [Math.round(from * 7), Math.round(to * 7)])).toEqual([[0, 2]]);
  });
});
