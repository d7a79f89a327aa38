import { assertNever } from './assert-never.ts';
import type { Instant } from './instant.ts';
import type { PausingStatus } from './sla-policy.ts';
import { isFinished, type Status } from './status.ts';

/**
 * All that a clock depends on. `customer_wrote` is a message that asks for a human answer (not auto-submitted, not one
 * that the AI is about to answer, P7); `human_replied` is a public reply of a person, at the instant it leaves.
 * Both bring their change of status with them; a status that is set otherwise is a fact of its own.
 */
export const SLA_FACTS = [
  'created',
  'customer_wrote',
  'human_replied',
  'on_you',
  'on_customer',
  'on_hold',
  'resolved',
  'closed',
  'cancelled',
  'reopened',
] as const;

export interface SlaFact {
  readonly at: Instant;
  readonly what: (typeof SLA_FACTS)[number];
}

/** Whom a ticket waits for: all that clocks ask of a status. `new` and `on_you` are `us`. */
export const WAITING = ['us', 'customer', 'hold', 'finished'] as const;
export type Waiting = (typeof WAITING)[number];

/** Whom a ticket waits for after a fact (P7). A finished ticket goes on only by a status that is set, or by reopening. */
export function waitingAfter(waiting: Waiting, what: SlaFact['what']): Waiting {
  switch (what) {
    case 'created':
      return waiting;
    case 'customer_wrote':
      return waiting === 'finished' ? 'finished' : 'us';
    case 'human_replied':
      return waiting === 'finished' ? 'finished' : 'customer';
    case 'on_you':
      return 'us';
    case 'on_customer':
      return 'customer';
    case 'on_hold':
      return 'hold';
    case 'resolved':
    case 'closed':
    case 'cancelled':
      return 'finished';
    case 'reopened':
      return waiting === 'finished' ? 'us' : waiting;
    default:
      return assertNever(what);
  }
}

/** The fact that a ticket's status was set by hand or by time; null: a birth state, which nobody returns to. */
export function factOfStatus(from: Status, to: Status): SlaFact['what'] | null {
  if (to === 'new') return null;
  return isFinished(from) && to === 'on_you' ? 'reopened' : to;
}

export function isPausedBy(waiting: Waiting, pausesOn: readonly PausingStatus[]): boolean {
  return (waiting === 'hold' && pausesOn.includes('on_hold')) || (waiting === 'customer' && pausesOn.includes('on_customer'));
}
