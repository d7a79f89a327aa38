import { mentionedIn } from '#web/inbox/mentions.ts';
import { snoozeTimes } from '#web/inbox/snooze-times.ts';
import { parseLiveEvent } from '#web/shell/live-events.ts';
import { nameOf } from '#web/shell/keys.ts';
import { isDefinite } from '#web/outcome.ts';
import { leftWords, lengthWords } from '#web/ui/length-words.ts';
import { clockTime, dateAndTime, relativeTime, shortTime } from '#web/ui/time-words.ts';

const BERLIN = { zone: 'Europe/Berlin', locale: 'en-GB' };
const iso = (at: number) => new Date(at).toISOString();

describe('snoozing', () => {
  it('means nine in the morning on the clock of the person, also over the change to summer time', () => {
    const saturday = Date.parse('2026-03-28T15:00:00Z');
    const times = new Map(snoozeTimes(saturday, 'Europe/Berlin').map(({ label, at }) => [label, iso(at)]));
    expect(times.get('Tomorrow')).toBe('2026-03-29T07:00:00.000Z');
    expect(times.get('Monday')).toBe('2026-03-30T07:00:00.000Z');
    expect(times.get('In 3 hours')).toBe('2026-03-28T18:00:00.000Z');
  });

  it('offers no Monday where that is tomorrow', () => {
    const sunday = Date.parse('2026-11-22T12:00:00Z');
    expect(snoozeTimes(sunday, 'America/New_York').map(({ label }) => label)).not.toContain('Monday');
  });

  it('offers each instant once: on a Monday, the next one is in a week', () => {
    const monday = snoozeTimes(Date.parse('2026-11-23T12:00:00Z'), 'Europe/Berlin');
    expect(monday.map(({ label }) => label)).toEqual(['In 1 hour', 'In 3 hours', 'Tomorrow', 'In a week']);
    expect(new Set(monday.map(({ at }) => at)).size).toBe(monday.length);
  });

  it('crosses the date line with the person, not with the server', () => {
    const at = snoozeTimes(Date.parse('2026-11-22T20:00:00Z'), 'Pacific/Auckland').find(({ label }) => label === 'Tomorrow');
    expect(iso(at?.at ?? 0)).toBe('2026-11-23T20:00:00.000Z');
  });
});

describe('calling a colleague', () => {
  const people = [
    { id: '1', name: 'Ann' },
    { id: '2', name: 'Ann Lee' },
  ];
  it('calls the one whose whole name was written', () => {
    expect(mentionedIn('@Ann Lee please look', people).map(({ id }) => id)).toEqual(['2']);
    expect(mentionedIn('@Ann and @Ann Lee', people).map(({ id }) => id)).toEqual(['2', '1']);
    expect(mentionedIn('Ann, no call', people)).toEqual([]);
  });
});

describe('keys', () => {
  const press = (key: string, more: Partial<Record<'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey', boolean>> = {}) =>
    nameOf({ key, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...more });
  it('are named alike on every keyboard', () => {
    expect(press('j')).toBe('j');
    expect(press('?', { shiftKey: true })).toBe('?');
    expect(press('k', { metaKey: true })).toBe('mod+k');
    expect(press('Enter', { ctrlKey: true, shiftKey: true })).toBe('mod+shift+Enter');
    expect(press('Shift', { shiftKey: true })).toBeNull();
    expect(press('e', { altKey: true })).toBeNull();
  });
});

describe('times', () => {
  const now = Date.parse('2026-11-21T12:00:00Z');
  it('are told as people tell them', () => {
    expect(relativeTime(now - 5_000, now, BERLIN)).toBe('just now');
    expect(relativeTime(now + 20_000, now, BERLIN)).toBe('just now');
    expect(relativeTime(now - 5 * 60_000, now, BERLIN)).toBe('5 min ago');
    expect(shortTime(Date.parse('2025-02-03T12:00:00Z'), now, BERLIN)).toMatch(/2025/);
  });

  it('write a length of time in one way, in a list as in a ticket and on a clock', () => {
    const hours = 3 * 3_600_000 + 20 * 60_000;
    expect(relativeTime(now + hours, now, BERLIN)).toBe(`in ${leftWords(hours)}`);
    expect(relativeTime(now - hours, now, BERLIN)).toBe('3 h ago');
    expect(shortTime(now - hours, now, BERLIN)).toBe('3 h');
    expect(lengthWords(hours)).toBe('3 h 20 min');
    expect([relativeTime(now - 50 * 3_600_000, now, BERLIN), shortTime(now - 50 * 3_600_000, now, BERLIN)]).toEqual(['2 d ago', '2 d']);
  });

  it('give the time of day as it is written where the person is', () => {
    const places = ['en-US', 'en-GB', 'de'].map((locale) => ({ zone: 'Europe/Berlin', locale }));
    expect(places.map((place) => clockTime(Date.parse('2026-11-21T08:05:00Z'), place).replace('\u202f', ' '))).toEqual(['9:05 AM', '09:05', '09:05']);
    expect(places.map((place) => dateAndTime(Date.parse('2026-11-21T08:05:00Z'), place).replace('\u202f', ' '))).toEqual(['Sat, Nov 21, 9:05 AM', 'Sat 21 Nov, 09:05', 'Sa., 21. Nov., 09:05']);
  });
});

describe('the live stream', () => {
  it('reads ids, and ignores what it does not understand', () => {
    expect(parseLiveEvent('{"cursor":"7","kind":"ticket","ticketId":"tkt_1"}')).toMatchObject({ cursor: '7', kind: 'ticket', ticketId: 'tkt_1' });
    expect(parseLiveEvent('{"ticketId":1}')).toBeNull();
    expect(parseLiveEvent('nonsense')).toBeNull();
  });
});

describe('a command without an answer', () => {
  const refused = (code: 'outcome_unknown' | 'invalid' | 'unreachable') => isDefinite({ ok: false, code, detail: '', errors: [], holder: null });
  it('keeps its key until it is known what became of it', () => {
    expect(refused('outcome_unknown')).toBe(false);
    expect(refused('unreachable')).toBe(false);
    expect(refused('invalid')).toBe(true);
  });
});
