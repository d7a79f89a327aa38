import { describe, expect, it } from '@jest/globals';
import { HOUR_MS } from '#workflows/domain/instant.ts';
import type { Instant } from '#workflows/domain/instant.ts';
import { nextClock } from '#workflows/domain/next-clock.ts';
import { ALWAYS_OPEN } from '#workflows/domain/schedule.ts';
import type { SlaFact } from '#workflows/domain/sla-facts.ts';
import { ledgerOf } from '#workflows/domain/sla-ledger.ts';
import type { SlaTarget } from '#workflows/domain/sla-policy.ts';
import { measureLedger } from '#workflows/domain/sla.ts';

const START = Date.UTC(2031, 5, 2, 9);
const target = (hours: number, pausesOn: SlaTarget['pausesOn'] = []): SlaTarget => ({ ms: hours * HOUR_MS, hours: 'calendar', warnPercent: 75, pausesOn });
const TARGETS = { firstReply: target(4), nextReply: target(2), resolution: target(24, ['on_hold', 'on_customer']) };

/** What a list shows after these facts (hours after the start), measured at `at`. */
function shown(facts: readonly (readonly [number, SlaFact['what']])[], at: number, targets: Parameters<typeof measureLedger>[0]['targets'] = TARGETS) {
  const ledger = ledgerOf(facts.map(([after, what]) => ({ at: START + after * HOUR_MS, what })));
  if (ledger === null) throw new Error('nothing happened');
  const now: Instant = START + at * HOUR_MS;
  const clocks = measureLedger({ ledger, targets, schedule: ALWAYS_OPEN, at: now });
  const clock = nextClock(ledger, clocks);
  return clock === null ? null : [clock.kind, clock.state, clock.dueAt === null ? null : (clock.dueAt - START) / HOUR_MS, clock.leftMs / HOUR_MS];
}

describe('the clock that a list shows of a ticket (P41)', () => {
  it('is the one that is due first, of those that go on', () => {
    expect(shown([[0, 'created']], 1)).toEqual(['first_reply', 'running', 4, 3]);
    expect(shown([[0, 'created'], [1, 'human_replied'], [2, 'customer_wrote']], 3)).toEqual(['next_reply', 'running', 4, 1]);
  });

  it('is the one that is late as long as that is not over', () => {
    expect(shown([[0, 'created']], 5)).toEqual(['first_reply', 'breached', 4, 0]);
    expect(shown([[0, 'created'], [5, 'human_replied'], [6, 'customer_wrote']], 6.5)).toEqual(['next_reply', 'running', 8, 1.5]);
  });

  it('stands still with what is left, where nothing else goes on', () => {
    expect(shown([[0, 'created'], [1, 'human_replied'], [1, 'on_customer']], 10)).toEqual(['resolution', 'paused', null, 23]);
  });

  it('is none where all have ended, or nothing is promised', () => {
    expect(shown([[0, 'created'], [1, 'resolved']], 2)).toBeNull();
    expect(shown([[0, 'created']], 1, {})).toBeNull();
  });
});
