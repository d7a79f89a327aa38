import { DAY_MS, type Instant, MINUTE_MS } from './instant.ts';
import type { Policy } from './policy.ts';
import { alarmsOf } from './sla-alarms.ts';
import { isActive } from './status.ts';
import { assignmentOf } from './ticket-routing.ts';
import type { TicketState } from './ticket-state.ts';

/** What a ticket will do by itself, and when. Derived, never stored: an edited policy needs no recomputation. */
export type Deadline = { readonly at: Instant } & (
  | { readonly kind: 'release'; readonly messageId: string }
  | { readonly kind: 'turn' }
  | { readonly kind: 'wake' }
  | { readonly kind: 'auto_resume' }
  | { readonly kind: 'ladder'; readonly action: 'remind' | 'resolve' }
  | { readonly kind: 'csat' }
  | { readonly kind: 'close' }
  | { readonly kind: 'sla' }
  | { readonly kind: 'pick_up' }
  | { readonly kind: 'unassigned' }
);

/** All open deadlines, earliest first; at the same instant in the order in which they are listed here. */
export function deadlinesOf(state: TicketState, policy: Policy): readonly Deadline[] {
  const found: Deadline[] = [];
  for (const [messageId, held] of Object.entries(state.held)) found.push({ kind: 'release', at: held.releaseAt, messageId });
  if (state.turnSince !== null) found.push({ kind: 'turn', at: state.turnSince + policy.turnMinutes * MINUTE_MS });
  if (state.snooze !== null && state.snooze.until !== null) found.push({ kind: 'wake', at: state.snooze.until });
  const resumeAt = autoResumeAt(state);
  if (resumeAt !== null) found.push({ kind: 'auto_resume', at: resumeAt });
  const step = state.ladder === null ? undefined : policy.autoCloseLadder[state.ladder.done];
  if (state.ladder !== null && step !== undefined) {
    const before = policy.autoCloseLadder[state.ladder.done - 1]?.day ?? 0;
    found.push({ kind: 'ladder', at: state.ladder.since + (step.day - before) * DAY_MS, action: step.action });
  }
  if (state.status === 'resolved' && state.csat !== null && state.csat.mailAt !== null) found.push({ kind: 'csat', at: state.csat.mailAt });
  if (state.status === 'resolved') found.push({ kind: 'close', at: state.statusSince + policy.reopenWindowDays * DAY_MS });
  const alarm = state.sla ? alarmsOf(state.sla)[0] : undefined;
  if (alarm !== undefined) found.push({ kind: 'sla', at: alarm.at });
  const assigning = assignmentDeadline(state, policy);
  if (assigning !== null) found.push(assigning);
  return found.sort((a, b) => a.at - b.at);
}

/** P24: there is one of the two, or none. */
function assignmentDeadline({ status, snooze, assigneeId, isPickedUp, routing }: TicketState, policy: Policy): Deadline | null {
  if (!isActive(status) || snooze !== null) return null;
  // What waits for the customer, or for somebody else, was picked up by whoever made it wait.
  if (assigneeId !== null) return isPickedUp || routing.pickUpAt === null || (status !== 'new' && status !== 'on_you') ? null : { kind: 'pick_up', at: routing.pickUpAt };
  const { unassignedMinutes } = assignmentOf(policy);
  if (unassignedMinutes === null || routing.queuedAt === null || routing.isOverdue) return null;
  return { kind: 'unassigned', at: routing.queuedAt + unassignedMinutes * MINUTE_MS };
}

/** P16: due while the ticket is on_you, it fires when the ticket leaves on_you. */
function autoResumeAt(state: TicketState): Instant | null {
  if (state.mode.kind !== 'paused' || state.mode.resumeAt === undefined) return null;
  if (!isActive(state.status) || state.status === 'on_you') return null;
  return Math.max(state.mode.resumeAt, state.statusSince);
}
