import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { beBorn } from '#workflows/domain/birth.ts';
import type { Change } from '#workflows/domain/change.ts';
import { deadlinesOf } from '#workflows/domain/deadlines.ts';
import { decide, settle } from '#workflows/domain/decide.ts';
import type { Instant } from '#workflows/domain/instant.ts';
import { effectivePolicy, type Policy } from '#workflows/domain/policy.ts';
import { canMove, isActive, isFinished, isOpen, type Status } from '#workflows/domain/status.ts';
import type { TicketEvent } from '#workflows/domain/ticket-event.ts';
import type { TicketState } from '#workflows/domain/ticket-state.ts';
import { birth, policy, step, type Step } from './events.ts';

interface Moment {
  readonly before: TicketState;
  readonly event: TicketEvent;
  readonly at: Instant;
  readonly after: TicketState;
  readonly changes: readonly Change[];
  readonly isRefused: boolean;
}

const lives = fc.record({ birth, policy, steps: fc.array(step, { maxLength: 40 }) });
type Random = typeof lives extends fc.Arbitrary<infer T> ? T : never;

/** Lives a random life, moment by moment. */
function live({ birth: command, policy: overrides, steps }: Random): { policy: Policy; moments: readonly Moment[]; changes: readonly Change[]; end: TicketState } {
  const inForce = effectivePolicy(overrides);
  const born = beBorn(command, { policy: inForce, policyVersion: '1' });
  const moments: Moment[] = [];
  const changes = [...born.changes];
  let { state } = born;
  let at = command.at;
  for (const one of steps) {
    at += one.afterMs;
    const event = reserved(one, state);
    const decision = decide(state, event, { policy: inForce, at });
    moments.push({ before: state, event, at, after: decision.ok ? decision.state : state, changes: decision.ok ? decision.changes : [], isRefused: !decision.ok });
    if (!decision.ok) continue;
    state = decision.state;
    changes.push(...decision.changes);
  }
  return { policy: inForce, moments, changes, end: state };
}

/** A generation is reserved for a ticket that was read as closed or cancelled, and so all that it decided before is written. */
function reserved({ event, reserves }: Step, state: TicketState): TicketEvent {
  return event.kind === 'set_status' && reserves && !isOpen(state.status) ? { ...event, generation: state.generation + 1 } : event;
}

const always = (check: (life: ReturnType<typeof live>) => void) => fc.assert(fc.property(lives, (random) => check(live(random))), { numRuns: 150 });

describe('whatever happens to a ticket, in whatever order', () => {
  it('moves only along moves that have a reason (P8, P9)', () => {
    always(({ changes }) => {
      let status: Status = 'new';
      for (const { what } of changes) {
        if (what.kind !== 'status_changed') continue;
        expect(what.from).toBe(status);
        // Every move, by hand or by itself, is one that a person could make.
        expect(canMove(what.from, what.to)).toBe(true);
        if (!isOpen(what.from)) expect(what.cause).toBe('by_hand');
        status = what.to;
      }
    });
  });

  it('numbers its timeline from 1, without a gap (P39)', () => {
    always(({ changes, end }) => {
      expect(changes.map(({ seq }) => seq)).toEqual(changes.map((_, index) => index + 1));
      expect(end.seq).toBe(changes.length);
    });
  });

  it('never goes back in time', () => {
    always(({ changes, end }) => {
      for (const [index, change] of changes.entries()) expect(change.at).toBeGreaterThanOrEqual(changes[index - 1]?.at ?? 0);
      expect(end.updatedAt).toBe(changes[changes.length - 1]?.at);
    });
  });

  it('has its AI paused only while it is active (P12)', () => {
    always(({ moments }) => {
      for (const { after } of moments) if (after.mode.kind === 'paused') expect(isActive(after.status)).toBe(true);
    });
  });

  it('hands the conversation back in every way of finishing (P8, P15)', () => {
    always(({ moments }) => {
      for (const { after } of moments) {
        if (!isFinished(after.status)) continue;
        expect(after.mode).toEqual({ kind: 'replying' });
        expect(after.snooze).toBeNull();
        expect(after.ladder).toBeNull();
      }
    });
  });

  it('changes the mode only by a change that says so, under that change’s number (P12)', () => {
    always(({ moments }) => {
      for (const { before, after, changes } of moments) {
        const said = changes.filter(({ what }) => what.kind === 'ai_paused' || what.kind === 'ai_resumed' || what.kind === 'pause_extended');
        if (said.length === 0) expect(after.mode).toEqual(before.mode);
        else expect(after.modeSeq).toBe(said[said.length - 1]?.seq);
      }
    });
  });

  it('changes nothing by a refusal, and says why', () => {
    always(({ moments, policy: inForce }) => {
      for (const { before, event, at, isRefused } of moments) {
        if (!isRefused) continue;
        const frozen = JSON.stringify(before);
        const refusal = decide(before, event, { policy: inForce, at });
        expect(JSON.stringify(before)).toBe(frozen);
        expect(refusal).toMatchObject({ ok: false, detail: expect.stringMatching(/\w+ .+\.?$/) });
      }
    });
  });

  it('changes its state only by what its timeline tells, apart from bookkeeping', () => {
    always(({ moments }) => {
      for (const { before, after, changes } of moments) {
        if (changes.length > 0) continue;
        const told = ({ isPickedUp: _p, unanswered: _u, turnSince: _t, answeredAhead: _a, ...rest }: TicketState) => rest;
        expect(told(after)).toEqual(told(before));
      }
    });
  });

  it('keeps a ladder in on customer only (P37)', () => {
    always(({ moments }) => {
      for (const { after } of moments) if (after.ladder !== null) expect(after.status).toBe('on_customer');
    });
  });

  it('lets no human reply out while the AI serves, but by takeover (P14)', () => {
    always(({ moments, policy: inForce }) => {
      for (const { before, event, at, isRefused } of moments) {
        if (event.kind !== 'reply' || event.takeOver || before.agentId === null) continue;
        const { state } = settle(before, { policy: inForce, at });
        if (state.mode.kind === 'replying') expect(isRefused).toBe(true);
      }
    });
  });

  it('writes at most three automatic messages in any 24 hours (P53)', () => {
    always(({ changes }) => {
      const at = changes.flatMap((change) => (change.what.kind === 'baton_wrote' ? [change.at] : []));
      for (const [index, instant] of at.entries()) expect(instant - (at[index - 3] ?? -Infinity)).toBeGreaterThanOrEqual(24 * 3_600_000);
    });
  });
});

describe('deadlines', () => {
  it('are all settled once nothing is due any more, each at its own instant and in order', () => {
    fc.assert(
      fc.property(lives, fc.integer({ min: 0, max: 60 * 86_400_000 }), (random, later) => {
        const { end, policy: inForce, moments } = live(random);
        const at = (moments[moments.length - 1]?.at ?? end.createdAt) + later;
        const settled = settle(end, { policy: inForce, at });
        const next = deadlinesOf(settled.state, inForce)[0];
        if (next !== undefined) expect(next.at).toBeGreaterThan(at);
        const first = deadlinesOf(end, inForce)[0];
        if (settled.changes[0] !== undefined) expect(settled.changes[0].at).toBe(Math.max(first?.at ?? 0, end.updatedAt));
        for (const change of settled.changes) expect(change.at).toBeLessThanOrEqual(Math.max(at, end.updatedAt));
      }),
      { numRuns: 150 },
    );
  });

  it('make no difference between a workflow that woke for each and one that was asleep, if it decides at the same time', () => {
    fc.assert(
      fc.property(lives, step, fc.integer({ min: 0, max: 20 * 86_400_000 }), (random, one, later) => {
        const { end, policy: inForce, moments } = live(random);
        const at = (moments[moments.length - 1]?.at ?? end.createdAt) + later;
        const event = reserved(one, end);
        const atOnce = decide(end, event, { policy: inForce, at });
        let state = end;
        const changes: Change[] = [];
        for (let due = deadlinesOf(state, inForce)[0]; due !== undefined && due.at <= at; due = deadlinesOf(state, inForce)[0]) {
          const settled = settle(state, { policy: inForce, at: due.at, now: at });
          state = settled.state;
          changes.push(...settled.changes);
        }
        const stepwise = decide(state, event, { policy: inForce, at });
        if (!atOnce.ok || !stepwise.ok) expect(stepwise).toEqual(atOnce);
        else expect({ state: stepwise.state, changes: [...changes, ...stepwise.changes] }).toEqual({ state: atOnce.state, changes: atOnce.changes });
      }),
      { numRuns: 150 },
    );
  });
});
