import fc from 'fast-check';
import type { ClockState, Hours, SlaClock } from '#workflows/domain/sla-clocks.ts';
import type { SlaFact } from '#workflows/domain/sla-facts.ts';
import { CLOCK_KINDS, type ClockKind, type SlaTarget, type SlaTargets, targetOf } from '#workflows/domain/sla-policy.ts';

// A slow telling of P32 to P35: it lives through a ticket millisecond by millisecond, and knows nothing of spans.

/** An office that is open from the 3rd to the 7th of every 10 milliseconds: days short enough to live through. */
const isOpen = (at: number) => at % 10 >= 3 && at % 10 < 8;
export const SMALL_DAYS: Hours = {
  add(from, ms) {
    let at = from;
    for (let left = ms; left > 0; at += 1) if (isOpen(at)) left -= 1;
    return at;
  },
  between(from, to) {
    let open = 0;
    for (let at = from; at < to; at += 1) if (isOpen(at)) open += 1;
    return open;
  },
};

interface Living {
  readonly startedAt: number;
  used: number;
  paused: number;
  dueAt: number | null;
  warnAt: number | null;
  late: number;
  isBreached: boolean;
  ended: { readonly as: 'met' | 'stopped'; readonly at: number } | null;
}

const begin = (startedAt: number): Living => ({ startedAt, used: 0, paused: 0, dueAt: null, warnAt: null, late: 0, isBreached: false, ended: null });

/** The clocks of a history as of `at`, lived through. */
export function livedClocks(targets: SlaTargets, events: readonly SlaFact[], at: number): SlaClock[] {
  return CLOCK_KINDS.flatMap((kind) => {
    const target = targetOf(targets, kind);
    return target === undefined ? [] : liveOne(kind, target, events, at);
  });
}

function liveOne(kind: ClockKind, target: SlaTarget, events: readonly SlaFact[], at: number): SlaClock[] {
  let status = 'unborn';
  let unanswered = false;
  const life: { clock: Living | null } = { clock: null };
  const isFinished = () => ['resolved', 'closed', 'cancelled'].includes(status);
  const isPausing = () => (status === 'on_hold' && target.pausesOn.includes('on_hold')) || (status === 'on_customer' && target.pausesOn.includes('on_customer'));
  const awaitReply = (now: number) => {
    if (kind === 'next_reply' && !isFinished() && unanswered && (life.clock === null || life.clock.ended !== null)) life.clock = begin(now);
  };
  const answer = (now: number) => {
    unanswered = false;
    if (kind !== 'resolution' && life.clock !== null && life.clock.ended === null) life.clock.ended = { as: 'met', at: now };
  };
  const become = (next: string, now: number) => {
    const was = isFinished();
    status = next;
    if (isFinished() && life.clock !== null && life.clock.ended === null) life.clock.ended = { as: kind === 'resolution' ? 'met' : 'stopped', at: now };
    if (!was || isFinished()) return;
    if (kind === 'resolution' && life.clock !== null) life.clock.ended = null;
    awaitReply(now);
  };
  const happen = ({ what, at: now }: SlaFact) => {
    if (what === 'created') {
      status = 'new';
      if (kind !== 'next_reply') life.clock = begin(now);
    } else if (what === 'customer_wrote') {
      unanswered = true;
      if (status === 'on_customer' || status === 'on_hold') status = 'on_you';
      awaitReply(now);
    } else if (what === 'human_replied') {
      answer(now);
      if (!isFinished()) status = 'on_customer';
    } else if (what === 'reopened') {
      if (isFinished()) become('on_you', now);
    } else {
      become(what, now);
    }
  };
  const counts = (now: number) => target.hours === 'calendar' || isOpen(now);
  const warnMs = Math.ceil((target.ms * target.warnPercent) / 100);
  const tick = (living: Living, now: number) => {
    if (living.used >= warnMs) living.warnAt ??= now;
    if (living.used >= target.ms) living.dueAt ??= now;
    if (living.dueAt !== null) living.isBreached = true;
    if (!counts(now)) return;
    living.used += 1;
    if (living.isBreached) living.late += 1;
  };
  for (let now = 0; now <= at; now += 1) {
    for (const event of events) if (event.at === now) happen(event);
    const living = life.clock;
    if (living === null || now === at) continue;
    if (living.ended !== null) continue;
    if (isPausing()) living.paused += counts(now) ? 1 : 0;
    else tick(living, now);
  }
  const living = life.clock;
  return living === null ? [] : [shown(kind, living, { target, at, isPaused: isPausing() })];
}

function shown(kind: ClockKind, living: Living, { target, at, isPaused }: { target: SlaTarget; at: number; isPaused: boolean }): SlaClock {
  const { startedAt, used: usedMs, paused: pausedMs, late: lateByMs, ended, isBreached } = living;
  const add = (from: number, ms: number) => (target.hours === 'calendar' ? from + ms : SMALL_DAYS.add(from, ms));
  const state: ClockState = isBreached ? 'breached' : (ended?.as ?? (isPaused ? 'paused' : 'running'));
  if (state === 'paused') return { kind, startedAt, dueAt: null, warnAt: null, usedMs, pausedMs, state, lateByMs };
  const until = ended?.at ?? at;
  const left = (ms: number) => Math.max(0, ms - usedMs);
  const warnMs = Math.ceil((target.ms * target.warnPercent) / 100);
  return {
    kind, startedAt, usedMs, pausedMs, state, lateByMs,
    dueAt: living.dueAt ?? add(until, left(target.ms)),
    warnAt: living.warnAt ?? add(until, left(warnMs)),
  };
}

const what = fc.constantFrom<SlaFact['what']>('customer_wrote', 'human_replied', 'on_hold', 'on_you', 'on_customer', 'resolved', 'closed', 'cancelled', 'reopened', 'customer_wrote', 'human_replied', 'reopened');

/** A ticket's history: gaps of no time are common. */
export const histories = fc
  .tuple(fc.nat(12), fc.array(fc.tuple(fc.oneof(fc.constant(0), fc.nat(25)), what), { maxLength: 14 }))
  .map(([createdAt, steps]) => {
    const events: SlaFact[] = [{ at: createdAt, what: 'created' }];
    let at = createdAt;
    for (const [gap, next] of steps) events.push({ at: (at += gap), what: next });
    return events;
  });

const aTarget = fc.record({
  ms: fc.integer({ min: 1, max: 40 }),
  hours: fc.constantFrom('business' as const, 'calendar' as const),
  warnPercent: fc.integer({ min: 1, max: 99 }),
  pausesOn: fc.subarray(['on_hold', 'on_customer'] as const),
});

export const someTargets: fc.Arbitrary<SlaTargets> = fc.record({ firstReply: aTarget, nextReply: aTarget, resolution: aTarget });
