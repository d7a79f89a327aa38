import { isHuman } from '../actor.ts';
import { isPausedByHuman } from '../ai-mode.ts';
import { assertNever } from '../assert-never.ts';
import { isSentByMail } from '../channel.ts';
import { refuse, type Refusal } from '../errors.ts';
import type { Policy } from '../policy.ts';
import type { Scribe } from '../scribe.ts';
import { canMove, isActive, isOpen, legalMoves, type Status } from '../status.ts';
import type { TicketEvent } from '../ticket-event.ts';
import { isAiServing } from '../ticket-state.ts';
import { finishedRefusal, isHeldBy, takeOver } from './ai.ts';
import { restartAutoResume, resumeTime } from './auto-resume.ts';
import { askHowItWas } from './csat.ts';
import { heed } from './heed.ts';
import { moveTo, owe, pause, pickUp } from './moves.ts';

type ReplyEvent = Extract<TicketEvent, { kind: 'reply' | 'withdraw_reply' | 'note' }>;

/** What our people write. */
export function decideReply(scribe: Scribe, event: ReplyEvent, policy: Policy): Refusal | null {
  switch (event.kind) {
    case 'reply':
      return reply(scribe, event, policy);
    case 'withdraw_reply':
      return withdraw(scribe, event.messageId);
    case 'note':
      scribe.record({ kind: 'noted', messageId: event.messageId, mentions: event.mentions });
      pickUp(scribe);
      return null;
    default:
      return assertNever(event);
  }
}

/**
 * The AI pauses at acceptance, status changes at release (P42); all or nothing with `takeOver` (P13, P14). A mail beside
 * the channel is a person's reply in all but one thing: whoever speaks on the channel, AI or taker, goes on speaking there.
 */
function reply(scribe: Scribe, event: Extract<TicketEvent, { kind: 'reply' }>, policy: Policy): Refusal | null {
  const { state } = scribe;
  if (!isOpen(state.status)) return finishedRefusal(scribe);
  if (!event.force && event.lastSeenMessage !== undefined && event.lastSeenMessage !== state.lastCustomerMessageId) {
    return refuse('newer_message', 'They wrote again since you last looked. Read it, then send with force.');
  }
  const isBeside = event.byMail === true && !isSentByMail(state.channel);
  if (isAiServing(state) && !event.takeOver && !isBeside) {
    return refuse('takeover_required', 'The AI is answering here. Take over to reply: send again with takeOver.');
  }
  if (event.status !== null) {
    const illegal = refuseStatusAfterReply(event.takeOver ? 'on_you' : state.status, event.status);
    if (illegal !== null) return illegal;
  }
  if (event.takeOver && !isHeldBy(state.mode, event.by)) {
    // Refused before anything is written down: takeover and reply are one.
    const refusal = takeOver(scribe, { by: event.by, force: event.force, reason: 'reply' }, policy);
    if (refusal !== null) return refusal;
  }
  if (!isBeside) pauseForReply(scribe, policy);
  const releaseAt = scribe.at + event.holdMs;
  scribe.record({ kind: 'replied', messageId: event.messageId, releaseAt });
  scribe.set({ held: { ...scribe.state.held, [event.messageId]: { releaseAt, by: event.by, status: event.status, ...(isBeside && { byMail: true }) } } });
  pickUp(scribe);
  if (event.holdMs === 0) releaseReply(scribe, event.messageId, policy);
  return null;
}

function refuseStatusAfterReply(from: Status, to: Status): Refusal | null {
  const base: Status = isActive(from) ? 'on_customer' : from;
  if (to === base || canMove(base, to)) return null;
  return refuse('illegal_move', `A reply cannot set ${to}.`, { legal: [base, ...legalMoves(base)] });
}

/** P13: a human message to the customer pauses the AI on its channel, and makes an agent's pause a human's. */
export function pauseForReply(scribe: Scribe, policy: Policy): void {
  const { mode, agentId, status } = scribe.state;
  if (agentId === null || !isActive(status)) return;
  if (isPausedByHuman(mode)) return;
  pause(scribe, { by: scribe.actor, reason: 'reply', ...resumeTime(scribe, policy) });
}

/** The message leaves: delivery is owed, the customer's messages are answered, the status moves (P7). */
export function releaseReply(scribe: Scribe, messageId: string, policy: Policy): void {
  const released = scribe.state.held[messageId];
  if (released === undefined) return;
  const { [messageId]: _gone, ...held } = scribe.state.held;
  const isBeside = released.byMail === true;
  // The AI still has its turn on the channel; where it is silent, the mail has answered for it.
  const leavesTurn = isBeside && isAiServing(scribe.state);
  scribe.record({ kind: 'reply_released', messageId, ...(isBeside && { byMail: true }), ...(leavesTurn && { leavesTurn }) }, released.by);
  scribe.set({ held, ...(!leavesTurn && { unanswered: null, turnSince: null }) });
  if (isHuman(released.by)) heed(scribe, 'human_replied');
  owe(scribe, messageId, released.by, isBeside);
  // A pause that no person made does not become a person's by a mail.
  if (!isBeside || isPausedByHuman(scribe.state.mode)) {
    scribe.set({ lastHumanMessageAt: scribe.at });
    restartAutoResume(scribe, policy);
  }
  if (isActive(scribe.state.status)) {
    if (scribe.state.status === 'on_customer') scribe.set({ ladder: { done: 0, since: scribe.at } });
    moveTo(scribe, 'on_customer', 'human_replied');
  }
  const wanted = released.status;
  // Meanwhile somebody may have closed it: reopening from there takes a generation of its own, not a late status.
  if (wanted === null || !isOpen(scribe.state.status) || !canMove(scribe.state.status, wanted)) return;
  moveTo(scribe, wanted, 'by_hand');
  askHowItWas(scribe, policy);
}

/** Undo send: really cancels, until it was released. */
function withdraw(scribe: Scribe, messageId: string): Refusal | null {
  if (scribe.state.held[messageId] === undefined) {
    return refuse('too_late', 'The reply has left already, or was withdrawn before.');
  }
  const { [messageId]: _gone, ...held } = scribe.state.held;
  scribe.record({ kind: 'reply_withdrawn', messageId });
  scribe.set({ held });
  return null;
}
