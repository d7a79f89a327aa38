import { BATON } from '../actor.ts';
import type { Policy } from '../policy.ts';
import { raised } from '../priority.ts';
import type { Scribe } from '../scribe.ts';
import { isActive } from '../status.ts';
import type { TicketEvent } from '../ticket-event.ts';
import { assignmentOf } from '../ticket-routing.ts';
import type { TicketRouting } from '../ticket-routing.ts';
import { assignTo, outdateOffers } from './moves.ts';

type Offered = Extract<TicketEvent, { kind: 'offered' }>;
type OfferExpired = Extract<TicketEvent, { kind: 'offer_expired' }>;
type AssigneeFound = Extract<TicketEvent, { kind: 'assignee_found' }>;

/** P23: takes the router's choice, unless anybody decided anything about the assignment since it was made. */
export function takeOffer(scribe: Scribe, { assignmentEpoch, operatorId, turn, startsAt, pickUpAt, explanation }: Offered): void {
  const { state } = scribe;
  if (state.assignmentEpoch !== assignmentEpoch || state.assigneeId !== null || !isActive(state.status) || state.snooze !== null) return;
  assignTo(scribe, operatorId, 'automatic', { turn, startsAt, explanation });
  setRouting(scribe, { startsAt, pickUpAt });
}

/** The choice was not taken, and must not be any more: who was there then may be gone. Its reservation ends with the epoch. */
export function giveUpOffer(scribe: Scribe, { assignmentEpoch, operatorId }: OfferExpired): void {
  if (scribe.state.assignmentEpoch !== assignmentEpoch) return;
  scribe.record({ kind: 'offer_expired', operatorId }, BATON);
  outdateOffers(scribe);
}

/** P29, P2: the customer wrote or the ticket was reopened, and the assignee is not there in a way that the policy lists. */
export function heedAssignee(scribe: Scribe, { messageId, assignmentEpoch, absence }: AssigneeFound, policy: Policy): void {
  const { state } = scribe;
  if (state.routing.heardId === messageId) setRouting(scribe, { heardId: null });
  if (state.assignmentEpoch !== assignmentEpoch || absence === null || !isActive(state.status)) return;
  if (state.routing.startsAt !== null && state.routing.startsAt > scribe.at) return;
  if (assignmentOf(policy).reassignReplies.includes(absence)) assignTo(scribe, null, 'assignee_away');
}

/** P24: routed again without who did not pick it up, and after the last round left to people who are told. */
export function missPickUp(scribe: Scribe, policy: Policy): void {
  const { assigneeId, routing } = scribe.state;
  if (assigneeId === null) return;
  const missed = routing.missed + 1;
  scribe.record({ kind: 'not_picked_up', operatorId: assigneeId, missed }, BATON);
  assignTo(scribe, null, 'not_picked_up');
  const isLast = missed > assignmentOf(policy).pickUpRounds;
  setRouting(scribe, { notPickedUpBy: [assigneeId], missed, isLeftToPeople: isLast });
  if (isLast) escalateAssignment(scribe, 'not_picked_up', policy);
}

/** P24: said once, for as long as nobody has it. */
export function missAssignment(scribe: Scribe, policy: Policy): void {
  setRouting(scribe, { isOverdue: true });
  escalateAssignment(scribe, 'unassigned', policy);
}

function escalateAssignment(scribe: Scribe, why: 'not_picked_up' | 'unassigned', policy: Policy): void {
  scribe.record({ kind: 'assignment_escalated', why, to: assignmentOf(policy).escalateTo }, BATON);
  const { priority } = scribe.state;
  const to = raised(priority);
  if (to === priority) return;
  scribe.record({ kind: 'priority_changed', from: priority, to }, BATON);
  scribe.set({ priority: to });
}

export function setRouting(scribe: Scribe, patch: Partial<TicketRouting>): void {
  scribe.set({ routing: { ...scribe.state.routing, ...patch } });
}
