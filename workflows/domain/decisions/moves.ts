import { BATON } from '../actor.ts';
import { type AiMode, REPLYING } from '../ai-mode.ts';
import type { AssignedHow, AutomaticChoice, AutomaticPurpose, StatusCause } from '../change.ts';
import { currentAnswer } from '../csat.ts';
import { DAY_MS } from '../instant.ts';
import type { Policy } from '../policy.ts';
import type { Scribe } from '../scribe.ts';
import { factOfStatus } from '../sla-facts.ts';
import { isActive, isFinished, type Status } from '../status.ts';
import { newRouting } from '../ticket-routing.ts';
import type { TicketRouting } from '../ticket-routing.ts';
import { askAtReopening } from './assignee.ts';
import { heed } from './heed.ts';

// The moves that several decisions share. Each records what it does and keeps the state's parts consistent.

/** Moves the status and does what belongs to it: ladder, snooze, hand-back. Same status: nothing. */
export function moveTo(scribe: Scribe, to: Status, cause: StatusCause): void {
  const from = scribe.state.status;
  if (from === to) return;
  scribe.record({ kind: 'status_changed', from, to, cause });
  scribe.set({
    status: to,
    statusSince: scribe.at,
    ladder: to === 'on_customer' ? { done: 0, since: scribe.at } : null,
  });
  const fact = factOfStatus(from, to);
  if (fact !== null) heed(scribe, fact);
  if (isFinished(to)) finish(scribe);
  else if (isFinished(from)) goOn(scribe);
}

function goOn(scribe: Scribe): void {
  stopAsking(scribe);
  // It is in the queue from now, not from before it was finished.
  if (scribe.state.assigneeId === null) scribe.set({ routing: { ...scribe.state.routing, queuedAt: scribe.at } });
}

/** P45: the conversation goes on, and what it comes to is not known yet; what was answered stays answered. */
export function stopAsking(scribe: Scribe): void {
  const { csat } = scribe.state;
  if (csat === null || csat.askedAt === null || currentAnswer(csat) !== null) return;
  scribe.set({ csat: { ...csat, askedAt: null, mailAt: null } });
}

/** P8, P15: each way of finishing wakes the ticket and hands the conversation back to the AI. */
function finish(scribe: Scribe): void {
  wake(scribe, 'finished');
  scribe.set({ turnSince: null });
  outdateOffers(scribe);
  // Nobody is too late for what is done; whoever has it keeps it when it reopens (P2).
  scribe.set({ routing: { ...scribe.state.routing, pickUpAt: null } });
  resume(scribe, 'finished');
}

export function wake(scribe: Scribe, cause: 'due' | 'customer_wrote' | 'by_hand' | 'finished'): void {
  if (scribe.state.snooze === null) return;
  scribe.record({ kind: 'woke', cause });
  scribe.set({ snooze: null });
}

/** P12: sets the mode to paused. An unchanged pause is no change, and costs no epoch. */
export function pause(scribe: Scribe, pausing: Omit<Extract<AiMode, { kind: 'paused' }>, 'kind' | 'since'>): void {
  const mode: AiMode = { kind: 'paused', ...pausing, since: scribe.at };
  const endsTurn = scribe.state.turnSince !== null;
  const seq = scribe.record({ kind: 'ai_paused', mode });
  scribe.set({ mode, modeSeq: seq, turnSince: null });
  // P7: its turn is over without an answer, so what the customer wrote counts for the status after all.
  if (!endsTurn || scribe.state.unanswered === null) return;
  heed(scribe, 'customer_wrote');
  if (scribe.state.status !== 'new') moveTo(scribe, 'on_you', 'customer_wrote');
}

export function resume(scribe: Scribe, cause: 'by_hand' | 'finished' | 'auto'): void {
  const { mode } = scribe.state;
  if (mode.kind === 'replying') return;
  const seq = scribe.record({ kind: 'ai_resumed', cause, pausedSince: mode.since });
  scribe.set({ mode: REPLYING, modeSeq: seq });
}

/** Each assignment begins the rounds of P24 anew, unless it was the router's. */
export function assignTo(scribe: Scribe, to: string | null, how: AssignedHow, routing?: AutomaticChoice): void {
  const from = scribe.state.assigneeId;
  if (from === to) return;
  scribe.record({ kind: 'assigned', from, to, how, ...(routing && { routing }) });
  scribe.set({ assigneeId: to, assignmentEpoch: scribe.state.assignmentEpoch + 1, isPickedUp: how === 'claimed' || how === 'taken_over', routing: routingAfter(scribe, to, how) });
}

function routingAfter({ at, state: { routing } }: Scribe, to: string | null, how: AssignedHow): TicketRouting {
  const fresh = { ...newRouting(to === null ? at : null), language: routing.language, isAutomatic: how === 'automatic' };
  return how === 'automatic' || how === 'not_picked_up' ? { ...fresh, notPickedUpBy: routing.notPickedUpBy, missed: routing.missed } : fresh;
}

/** What the router may have chosen from what was true before no longer counts. */
export function outdateOffers(scribe: Scribe): void {
  if (scribe.state.assigneeId === null) scribe.set({ assignmentEpoch: scribe.state.assignmentEpoch + 1 });
}

/** The assignee did something with it after this assignment: it is picked up. */
export function pickUp(scribe: Scribe): void {
  const { actor, state } = scribe;
  if (actor.kind === 'operator' && actor.id === state.assigneeId) scribe.set({ isPickedUp: true });
}

/** P2: back to work, the same assignee if they are there. What is active already stays as it is. */
export function reopen(scribe: Scribe, cause: StatusCause, policy: Policy): void {
  if (isActive(scribe.state.status)) return;
  moveTo(scribe, 'on_you', cause);
  askAtReopening(scribe, policy);
}

/** P53: so many automatic messages of ours a thread gets in a day. */
export const MOST_A_DAY = 3;

/**
 * An automatic message of ours, if in the last 24 hours there were fewer than `most`. Its body travels in the change: policies
 * bound it. The message's id is made from ticket and seq, so that a repeated projection writes the same row.
 */
export function writeAutomatically(scribe: Scribe, purpose: AutomaticPurpose, text: string, most = MOST_A_DAY): boolean {
  const recent = scribe.state.automaticAt.filter((at) => at > scribe.at - DAY_MS);
  if (recent.length >= most) return false;
  const messageId = automaticMessageId(scribe.state.ticketId, scribe.state.seq + 1);
  scribe.record({ kind: 'baton_wrote', messageId, purpose, text }, BATON);
  scribe.set({ automaticAt: [...recent, scribe.at] });
  owe(scribe, messageId);
  return true;
}

/** A released message is owed to the channel; only mail has a server that can say no. `byMail`: it is one, on whichever channel the ticket is. */
export function owe(scribe: Scribe, messageId: string, author: Scribe['actor'] = BATON, byMail = false): void {
  if (scribe.state.channel !== 'email' && !byMail) return;
  scribe.set({ deliveries: { ...scribe.state.deliveries, [messageId]: { stage: 'due', author } } });
}

export function automaticMessageId(ticketId: string, seq: number): string {
  return `msg_${ticketId.slice(ticketId.indexOf('_') + 1)}x${seq}`;
}
