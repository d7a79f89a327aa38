import { pauseWords } from '#web/inbox/clock-words.ts';
import { leftWords } from '#web/ui/length-words.ts';
import { countedOn, turnsOf } from '#web/inbox/running-clock.ts';
import { timerWords } from '#web/inbox/timer-words.ts';
import type { TicketClocks } from '#workflows/contract/sla-views.ts';
import { labelFor, type Vocabulary } from '#workflows/domain/labels.ts';

const READ = '2026-11-27T16:50:00.000Z';
const at = (time: string) => Date.parse(`2026-11-27T${time}Z`);
/** Read ten minutes before the office closes, an hour left. */
const RUNNING: TicketClocks['clocks'][number] = {
  kind: 'first_reply', startedAt: '2026-11-27T14:00:00.000Z', dueAt: '2026-11-30T09:50:00.000Z', warnAt: '2026-11-27T16:55:00.000Z',
  usedMs: 10_200_000, pausedMs: 0, leftMs: 3_600_000, state: 'running', lateByMs: 0, pausedBy: null, isCounting: true, countingChangesAt: '2026-11-27T17:00:00.000Z',
};

describe('the time left of a clock that is looked at (P36)', () => {
  it('falls as long as its hours are open, and stands once they close', () => {
    expect(countedOn(RUNNING, { at: READ, now: at('16:54:00') }).leftMs).toBe(3_360_000);
    expect(countedOn(RUNNING, { at: READ, now: at('17:00:00') }).leftMs).toBe(3_000_000);
    expect(countedOn(RUNNING, { at: READ, now: at('23:00:00') }).leftMs).toBe(3_000_000);
    expect(countedOn({ ...RUNNING, isCounting: false }, { at: READ, now: at('16:54:00') }).leftMs).toBe(3_600_000);
  });

  it('falls by every hour where every hour counts, to nothing at the least; what is late gets later', () => {
    const always = { ...RUNNING, countingChangesAt: null };
    expect(countedOn(always, { at: READ, now: at('17:20:00') }).leftMs).toBe(1_800_000);
    expect(countedOn(always, { at: READ, now: at('23:00:00') }).leftMs).toBe(0);
    expect(countedOn({ ...always, state: 'breached', leftMs: 0, lateByMs: 60_000 }, { at: READ, now: at('16:55:00') })).toMatchObject({ leftMs: 0, lateByMs: 360_000 });
  });

  it('does not grow where this clock is behind the server’s', () => {
    expect(countedOn(RUNNING, { at: READ, now: at('16:49:00') }).leftMs).toBe(3_600_000);
  });

  it('is read again at its warning, its deadline and the turns of its hours, and never for what is over', () => {
    expect(turnsOf([RUNNING], READ)).toEqual(['2026-11-27T16:55:00.000Z', '2026-11-27T17:00:00.000Z']);
    expect(turnsOf([{ ...RUNNING, state: 'met' as const, isCounting: false, countingChangesAt: null }], READ)).toEqual([]);
  });

  it('is said by the second in the last minutes', () => {
    expect([leftWords(7_500_000), leftWords(600_000), leftWords(245_000), leftWords(59_001), leftWords(0)]).toEqual(['2 h 05 min', '10 min', '4:05', '1:00', '0:00']);
  });
});

describe('a clock that stands still', () => {
  it('says in which status, and in words where the team’s labels do not tell it from others', () => {
    const words = (vocabulary: Vocabulary) => (['on_customer', 'on_hold'] as const).map((one) => pauseWords(one, (status) => labelFor(vocabulary, status)));
    expect(words('seven')).toEqual(['Paused in “On customer”', 'Paused in “On hold”']);
    expect(words('short')).toEqual(['Paused while we wait for the customer', 'Paused while the ticket is on hold']);
  });
});

it('names the SLA’s alarms among what a ticket does by itself', () => {
  expect([timerWords('sla_warning', 'first_reply'), timerWords('sla_breach', 'resolution')]).toEqual(['SLA warning: first reply', 'SLA breach: resolution']);
});
