import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { alarmsOf, announceDue, type SlaNotice, takeMeasure } from '#workflows/domain/sla-alarms.ts';
import { CALENDAR_HOURS, latestClocks, measure, type MeasuredClock, type SlaClock } from '#workflows/domain/sla-clocks.ts';
import type { SlaFact } from '#workflows/domain/sla-facts.ts';
import { ledgerOf, MAX_SPANS, MAX_UNSETTLED, newLedger, recordFact, type SlaLedger } from '#workflows/domain/sla-ledger.ts';
import type { SlaTargets } from '#workflows/domain/sla-policy.ts';
import { histories, livedClocks, SMALL_DAYS, someTargets } from './sla-model.ts';

const hours = { business: SMALL_DAYS, calendar: CALENDAR_HOURS };
const all = (ledger: SlaLedger, targets: SlaTargets, at: number) => measure({ ledger, targets, hours, at });
const bare = (clocks: readonly MeasuredClock[]): SlaClock[] => clocks.map(({ round: _round, leftMs: _leftMs, target: _target, ...clock }) => clock);
const shown = (ledger: SlaLedger, targets: SlaTargets, at: number) => bare(latestClocks(ledger, all(ledger, targets, at)));
const endOf = (events: readonly SlaFact[]) => events.at(-1)?.at ?? 0;

function born(events: readonly SlaFact[]): SlaLedger {
  return newLedger(events[0]?.at ?? 0);
}

/** As a workflow carries it: plain JSON from one run to the next. */
function carried(ledger: SlaLedger): SlaLedger {
  const isLedger = (_: unknown): _ is SlaLedger => true;
  const copy: unknown = JSON.parse(JSON.stringify(ledger));
  if (!isLedger(copy)) throw new Error('not a ledger');
  return copy;
}

describe('a ledger', () => {
  it('gives the clocks that living through the ticket gives', () => {
    fc.assert(
      fc.property(histories, someTargets, fc.nat(60), (events, targets, later) => {
        const at = endOf(events) + later;
        const ledger = events.slice(1).reduce((one, fact) => carried(recordFact(one, fact)), born(events));
        expect(shown(ledger, targets, at)).toEqual(livedClocks(targets, events, at));
      }),
      { numRuns: 1_000 },
    );
  });

  it('gives them although it was measured and settled on the way', () => {
    fc.assert(
      fc.property(histories, someTargets, fc.nat(60), fc.array(fc.boolean(), { maxLength: 14 }), (events, targets, later, measures) => {
        const at = endOf(events) + later;
        let ledger = born(events);
        events.slice(1).forEach((fact, i) => {
          ledger = carried(recordFact(ledger, fact));
          if (measures[i]) ledger = carried(takeMeasure(ledger, { revision: ledger.revision, clocks: all(ledger, targets, fact.at) }, fact.at)?.ledger ?? ledger);
        });
        expect(shown(ledger, targets, at)).toEqual(livedClocks(targets, events, at));
      }),
      { numRuns: 500 },
    );
  });

  it('recomputes open clocks from their original start when a policy is edited, and leaves ended ones alone (P34)', () => {
    fc.assert(
      fc.property(histories, someTargets, someTargets, fc.nat(60), (events, before, after, later) => {
        const at = endOf(events) + later;
        const history = ledgerOf(events) ?? born(events);
        const { ledger } = takeMeasure(history, { revision: history.revision, clocks: all(history, before, at) }, at) ?? { ledger: history };
        const settled = new Map(shown(history, before, at).map((clock) => [clock.kind, clock]));
        const anew = new Map(shown(history, after, at).map((clock) => [clock.kind, clock]));
        for (const clock of shown(ledger, after, at)) {
          const old = settled.get(clock.kind);
          const isEnded = ledger.runs.some((run) => run.kind === clock.kind && run.settled !== null);
          if (isEnded) expect(clock).toEqual(old);
          else if (old?.state === 'breached') expect(clock).toMatchObject({ state: 'breached', dueAt: old.dueAt, startedAt: old.startedAt });
          else expect(clock).toEqual(anew.get(clock.kind));
        }
      }),
      { numRuns: 500 },
    );
  });

  it('stays within its bounds through ten thousand changes, exact in elapsed time', () => {
    const events: SlaFact[] = [{ at: 0, what: 'created' }];
    const kinds = ['customer_wrote', 'human_replied', 'on_hold', 'on_you'] as const;
    for (let i = 1; i <= 10_000; i += 1) events.push({ at: i * 7, what: kinds[i % 4] ?? 'on_you' });
    const ledger = events.slice(1).reduce((one, fact) => recordFact(one, fact), born(events));
    expect(ledger.spans.length).toBeLessThanOrEqual(MAX_SPANS);
    expect(ledger.runs.length).toBeLessThanOrEqual(MAX_UNSETTLED + 3);
    expect(JSON.stringify(ledger).length).toBeLessThan(16_000);
    const exact = ledgerOf(events) ?? ledger;
    const resolution = { ms: 1_000_000, hours: 'calendar', warnPercent: 75, pausesOn: ['on_customer', 'on_hold'] } as const;
    expect(shown(ledger, { resolution }, 70_050)).toEqual(shown(exact, { resolution }, 70_050));
    const [near] = shown(ledger, { resolution: { ...resolution, hours: 'business' } }, 70_050);
    const [right] = shown(exact, { resolution: { ...resolution, hours: 'business' } }, 70_050);
    expect(Math.abs((near?.usedMs ?? 0) - (right?.usedMs ?? 0))).toBeLessThan((right?.usedMs ?? 0) / 100);
  });

  it('is the same after a fact that changes no clock', () => {
    const ledger = recordFact(newLedger(0), { at: 5, what: 'customer_wrote' });
    expect(recordFact(ledger, { at: 9, what: 'customer_wrote' })).toBe(ledger);
    expect(recordFact(ledger, { at: 9, what: 'on_you' })).toBe(ledger);
  });

  it('keeps nothing of statuses that lasted no time, nor of answers that were measured', () => {
    const flipped = (['on_hold', 'on_you', 'on_customer', 'on_you'] as const).reduce((one, what) => recordFact(one, { at: 5, what }), newLedger(0));
    expect(flipped.spans).toEqual([['us', 0]]);
    const nextReply = { ms: 10, hours: 'calendar', warnPercent: 75, pausesOn: [] } as const;
    const answered = (['customer_wrote', 'human_replied'] as const).reduce((one, what) => recordFact(one, { at: 5, what }), newLedger(0));
    const settled = takeMeasure(answered, { revision: answered.revision, clocks: all(answered, { nextReply }, 5) }, 5)?.ledger ?? answered;
    expect(recordFact(settled, { at: 9, what: 'customer_wrote' }).runs.filter(({ kind }) => kind === 'next_reply').map(({ round }) => round)).toEqual([2]);
  });

  it('takes a fact that comes late at the newest instant it knows', () => {
    const ledger = recordFact(recordFact(newLedger(0), { at: 50, what: 'on_hold' }), { at: 20, what: 'on_you' });
    expect(ledger.lastAt).toBe(50);
  });

  it('does not give a ticket that had ended a clock that a later edit adds', () => {
    const ended = recordFact(newLedger(0), { at: 10, what: 'human_replied' });
    const settled = takeMeasure(ended, { revision: ended.revision, clocks: [] }, 10)?.ledger ?? ended;
    const firstReply = { ms: 5, hours: 'calendar', warnPercent: 75, pausesOn: [] } as const;
    expect(shown(settled, { firstReply }, 90)).toEqual([]);
  });
});

/** A workflow's life: facts as they come, a measure after each, and every alarm at its instant. */
function announced(events: readonly SlaFact[], targets: SlaTargets, end: number) {
  const told: (SlaNotice & { readonly at: number })[] = [];
  let ledger = born(events);
  const tell = (at: number, given: { readonly ledger: SlaLedger; readonly notices: readonly SlaNotice[] } | null) => {
    if (given === null) throw new Error('a measure of the current revision was refused');
    ledger = carried(given.ledger);
    told.push(...given.notices.map((notice) => ({ ...notice, at })));
  };
  const look = (at: number) => tell(at, takeMeasure(ledger, { revision: ledger.revision, clocks: all(ledger, targets, at) }, at));
  const runTo = (at: number) => {
    for (let next = alarmsOf(ledger)[0]; next !== undefined && next.at <= at; next = alarmsOf(ledger)[0]) tell(next.at, announceDue(ledger, next.at));
  };
  look(ledger.createdAt);
  for (const fact of events.slice(1)) {
    runTo(fact.at);
    ledger = carried(recordFact(ledger, fact));
    look(fact.at);
  }
  runTo(end);
  return { told, ledger };
}

describe('warnings and breaches', () => {
  it('come once per clock, at their instant, no warning after its breach', () => {
    fc.assert(
      fc.property(histories, someTargets, fc.nat(60), (events, targets, later) => {
        const end = endOf(events) + later;
        const { told, ledger } = announced(events, targets, end);
        const keys = told.map(({ what, kind, round }) => `${what} ${kind} ${round}`);
        expect(new Set(keys).size).toBe(keys.length);
        told.forEach(({ what, kind, round, at, dueAt }, i) => {
          if (what === 'breach') expect(at).toBe(dueAt + 1);
          else expect(told.slice(0, i).some((one) => one.what === 'breach' && one.kind === kind && one.round === round)).toBe(false);
        });
        // Exactly the clocks that people see breached have been told of.
        for (const clock of latestClocks(ledger, all(ledger, targets, end))) {
          const isTold = told.some(({ what, kind, round }) => what === 'breach' && kind === clock.kind && round === clock.round);
          expect(isTold).toBe(clock.state === 'breached');
          const isWarned = told.some(({ what, kind, round }) => what === 'warning' && kind === clock.kind && round === clock.round);
          if (clock.state === 'running') expect(isWarned).toBe(clock.warnAt !== null && clock.warnAt <= end);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('are told of a clock that had ended too late before it was measured, and of an earlier round', () => {
    const nextReply = { ms: 10, hours: 'calendar', warnPercent: 75, pausesOn: [] } as const;
    const events: SlaFact[] = [
      { at: 5, what: 'customer_wrote' }, { at: 40, what: 'human_replied' },
      { at: 50, what: 'customer_wrote' }, { at: 55, what: 'human_replied' },
      { at: 60, what: 'customer_wrote' },
    ];
    const ledger = events.reduce((one, fact) => recordFact(one, fact), newLedger(0));
    const taken = takeMeasure(ledger, { revision: ledger.revision, clocks: all(ledger, { nextReply }, 61) }, 61);
    expect(taken?.notices).toEqual([{ what: 'breach', kind: 'next_reply', round: 1, dueAt: 15 }]);
    expect(taken?.ledger.runs.filter(({ kind }) => kind === 'next_reply').map(({ round }) => round)).toEqual([3]);
    expect(alarmsOf(taken?.ledger ?? ledger)).toEqual([
      { at: 68, what: 'warning', kind: 'next_reply', round: 3 },
      { at: 71, what: 'breach', kind: 'next_reply', round: 3 },
    ]);
  });

  const firstReply = { ms: 40, hours: 'calendar', warnPercent: 75, pausesOn: ['on_hold'] } as const;
  const measured = (ledger: SlaLedger, at: number, targets: SlaTargets = { firstReply }) =>
    takeMeasure(ledger, { revision: ledger.revision, clocks: all(ledger, targets, at) }, at) ?? { ledger, notices: [] };

  it('are disarmed at once by a pause, before anything is measured again', () => {
    const { ledger } = measured(newLedger(0), 0);
    expect(alarmsOf(ledger).map(({ at, what }) => [at, what])).toEqual([[30, 'warning'], [41, 'breach']]);
    const held = recordFact(ledger, { at: 10, what: 'on_hold' });
    expect(alarmsOf(held)).toEqual([]);
    expect(alarmsOf(measured(held, 10).ledger)).toEqual([]);
    expect(announceDue(measured(held, 10).ledger, 1_000).notices).toEqual([]);
  });

  it('are not armed by a measure of facts that are no longer current', () => {
    const ledger = newLedger(0);
    const clocks = all(ledger, { firstReply }, 0);
    expect(takeMeasure(recordFact(ledger, { at: 1, what: 'on_hold' }), { revision: ledger.revision, clocks }, 2)).toBeNull();
  });

  it('leave the warning out where the deadline has passed while the workflow was away', () => {
    const { ledger } = measured(newLedger(0), 0);
    const late = announceDue(ledger, 30, 500);
    expect(late.notices).toEqual([]);
    expect(announceDue(late.ledger, 41, 500).notices).toEqual([{ what: 'breach', kind: 'first_reply', round: 1, dueAt: 40 }]);
  });

  it('do not come again when an edit moves the deadline: a breach stays, a warning was given', () => {
    const warned = announceDue(measured(newLedger(0), 0).ledger, 30).ledger;
    const longer = measured(warned, 32, { firstReply: { ...firstReply, ms: 80 } });
    expect(longer.notices).toEqual([]);
    expect(alarmsOf(longer.ledger).map(({ at, what }) => [at, what])).toEqual([[81, 'breach']]);
    const breached = announceDue(longer.ledger, 81).ledger;
    const forgiven = measured(breached, 90, { firstReply: { ...firstReply, ms: 1_000 } });
    expect(forgiven.notices).toEqual([]);
    expect(forgiven.ledger.measured?.clocks).toMatchObject([{ state: 'breached', dueAt: 80, lateByMs: 10 }]);
  });

  it('leave a missed clock that loses its target as it was missed, and count how late it is on (P33)', () => {
    const paused: SlaTargets = { firstReply: { ...firstReply, pausesOn: ['on_hold'] } };
    const missed = announceDue(measured(newLedger(0), 0, paused).ledger, 41).ledger;
    const without = measured(missed, 50, {});
    expect(without.notices).toEqual([]);
    expect(alarmsOf(without.ledger)).toEqual([]);
    expect(without.ledger.measured?.clocks).toMatchObject([{ kind: 'first_reply', state: 'breached', dueAt: 40, warnAt: 30, usedMs: 50, lateByMs: 10 }]);
    // Its own pauses still are.
    const held = [{ at: 60, what: 'on_hold' }, { at: 70, what: 'on_you' }, { at: 90, what: 'human_replied' }] as const;
    const answered = measured(held.reduce((one, fact) => carried(recordFact(one, fact)), without.ledger), 95, {}).ledger;
    expect(answered.runs[0]?.settled?.clock).toMatchObject({ state: 'breached', usedMs: 80, pausedMs: 10, lateByMs: 40 });
    expect(shown(answered, {}, 500)).toMatchObject([{ kind: 'first_reply', state: 'breached', lateByMs: 40 }]);
  });

  it('leave one that was missed before anybody kept its target missed, by elapsed time (P33)', () => {
    const missed = announceDue(measured(newLedger(0), 0).ledger, 41).ledger;
    const old = { ...missed, measured: null, runs: missed.runs.map((run) => (run.breach === null ? run : { ...run, breach: { dueAt: 40, warnAt: 30 } })) };
    expect(shown(old, {}, 50)).toMatchObject([{ kind: 'first_reply', state: 'breached', dueAt: 40, usedMs: 50, lateByMs: 10 }]);
  });

  it('come at once where an edit puts the deadline into the past', () => {
    const { ledger } = measured(newLedger(0), 0);
    expect(measured(ledger, 25, { firstReply: { ...firstReply, ms: 20 } }).notices).toEqual([{ what: 'breach', kind: 'first_reply', round: 1, dueAt: 20 }]);
  });
});
