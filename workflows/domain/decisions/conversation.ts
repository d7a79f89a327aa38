import { BATON } from '../actor.ts';
import { assertNever } from '../assert-never.ts';
import { refuse, type Refusal } from '../errors.ts';
import type { AfterResolve, Policy } from '../policy.ts';
import type { Scribe } from '../scribe.ts';
import { isOpen } from '../status.ts';
import type { TicketEvent } from '../ticket-event.ts';
import { isAiServing } from '../ticket-state.ts';
import { askForAssignee } from './assignee.ts';
import { joinEscalation, repeatHolding } from './escalation.ts';
import { heed } from './heed.ts';
import { askHours } from './hours.ts';
import { moveTo, pause, reopen, stopAsking, wake } from './moves.ts';

type ConversationEvent = Extract<TicketEvent, { kind: 'escalate' | 'customer_message' | 'ai_answered' }>;

/** What the customer and the AI do. */
export function decideConversation(scribe: Scribe, event: ConversationEvent, policy: Policy): Refusal | null {
  switch (event.kind) {
    case 'customer_message':
      return customerWrote(scribe, event, policy);
    case 'escalate':
      return joinEscalation(scribe, event, policy);
    case 'ai_answered':
      aiAnswered(scribe, event);
      return null;
    default:
      return assertNever(event);
  }
}

type CustomerMessage = Extract<TicketEvent, { kind: 'customer_message' }>;

function customerWrote(scribe: Scribe, { messageId, position, automated }: CustomerMessage, policy: Policy): Refusal | null {
  if (!isOpen(scribe.state.status)) {
    return refuse('ticket_finished', `The ticket is ${scribe.state.status}: the message belongs to a new, linked ticket.`);
  }
  scribe.record({ kind: 'customer_wrote', messageId, automated });
  // P7: auto-submitted mail never changes a status, cancels nothing and asks for no answer.
  if (automated) return null;
  if (position > scribe.state.lastCustomerPosition) scribe.set({ lastCustomerMessageId: messageId, lastCustomerPosition: position });
  scribe.set({
    unanswered: scribe.state.unanswered ?? { messageId, since: scribe.at },
    ladder: null,
  });
  wake(scribe, 'customer_wrote');
  stopAsking(scribe);
  askForAssignee(scribe, messageId, policy);
  // P7: while the AI is about to answer, the clock of the next reply waits for how its turn ends.
  if (!isAiServing(scribe.state)) heed(scribe, 'customer_wrote');
  if (scribe.state.status === 'resolved') answerAfterResolve(scribe, policy);
  else if (isAiServing(scribe.state)) beginTurn(scribe);
  else if (scribe.state.status !== 'new') moveTo(scribe, 'on_you', 'customer_wrote');
  repeatHolding(scribe, policy);
  askHours(scribe, messageId, policy);
  return null;
}

/** P9, in the reopen window. */
function answerAfterResolve(scribe: Scribe, policy: Policy): void {
  if (isAiServing(scribe.state) && afterResolve(policy.afterResolve) === 'ai') {
    beginTurn(scribe);
    return;
  }
  if (isAiServing(scribe.state)) heed(scribe, 'customer_wrote');
  reopen(scribe, 'customer_wrote', policy);
  if (isAiServing(scribe.state)) pause(scribe, { by: BATON, reason: 'reopened' });
}

function afterResolve(policy: AfterResolve): 'ai' | 'reopen' {
  return policy === 'reopen' ? 'reopen' : 'ai';
}

/** The AI's time to answer counts from the oldest unanswered message; it may have answered before we heard of it. */
function beginTurn(scribe: Scribe): void {
  if (scribe.state.answeredAhead === scribe.state.lastCustomerMessageId) haveAnswered(scribe);
  else scribe.set({ turnSince: scribe.state.turnSince ?? scribe.at });
}

/** P12: it answered what it had read. A newer message is still unanswered, and the next turn begins. */
function aiAnswered(scribe: Scribe, { messageId, lastSeenMessage }: Extract<TicketEvent, { kind: 'ai_answered' }>): void {
  scribe.record({ kind: 'ai_answered', messageId });
  const { lastCustomerMessageId, unanswered, turnSince } = scribe.state;
  if (lastSeenMessage === lastCustomerMessageId) {
    haveAnswered(scribe);
    return;
  }
  // What it had read may be on its way to this ticket still: then it arrives answered.
  scribe.set({ answeredAhead: lastSeenMessage });
  if (unanswered === null || lastCustomerMessageId === null) return;
  scribe.set({ unanswered: { messageId: lastCustomerMessageId, since: scribe.at }, turnSince: turnSince === null ? null : scribe.at });
}

function haveAnswered(scribe: Scribe): void {
  scribe.set({ unanswered: null, turnSince: null });
  // Their message had cancelled the ladder (P37); now it is theirs to answer again.
  if (scribe.state.status === 'on_customer' && scribe.state.ladder === null) scribe.set({ ladder: { done: 0, since: scribe.at } });
}
