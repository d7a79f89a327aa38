import type { Actor } from '../domain/actor.ts';
import type { Change } from '../domain/change.ts';
import type { Instant } from '../domain/instant.ts';
import type { TicketState } from '../domain/ticket-state.ts';
import type { WebhookEvent } from './webhook-events.ts';

/** What PostgreSQL gave the ticket and its conversation, and no change carries. */
export interface Issued {
  readonly number: number;
  readonly epoch: number;
}

/** An event, the message whose text goes into it where the change does not have it, and who is named. */
export interface EventOfChange {
  readonly event: WebhookEvent;
  readonly textOf: string | null;
  /** Endpoints that get it whatever they listen to. */
  readonly alsoTo: readonly string[];
}

/**
 * What the world is told of one change of a ticket; null: nothing. A customer's and an agent's message is told where its
 * row is stored, with a ticket or without; notes are nobody's business outside.
 */
export function webhookOfChange(state: TicketState, change: Change, issued: Issued): EventOfChange | null {
  const event = eventOf(state, change, issued);
  if (event === null) return null;
  const { what } = change;
  const alsoTo = what.kind === 'sla_warned' || what.kind === 'sla_breached' ? (what.webhooks ?? []) : [];
  return { event, textOf: what.kind === 'reply_released' ? what.messageId : null, alsoTo };
}

function eventOf(state: TicketState, { what, actor }: Change, { number, epoch }: Issued): WebhookEvent | null {
  const ticket = factsOf(state, actor, number);
  switch (what.kind) {
    case 'created':
      return { type: 'ticket.created', data: { ...ticket, origin: what.origin, channel: what.channel, case: what.case, linkedTicketId: what.linkedTicketId } };
    case 'subject_changed':
      return { type: 'ticket.updated', data: { ...ticket, changed: 'subject' } };
    case 'priority_changed':
      return { type: 'ticket.updated', data: { ...ticket, changed: 'priority' } };
    case 'tags_changed':
      return { type: 'ticket.updated', data: { ...ticket, changed: 'tags' } };
    case 'needs_changed':
      return { type: 'ticket.updated', data: { ...ticket, changed: 'needs' } };
    case 'snoozed':
    case 'woke':
      return { type: 'ticket.updated', data: { ...ticket, changed: 'snooze' } };
    case 'summary_made':
      return { type: 'ticket.updated', data: { ...ticket, changed: 'summary' } };
    case 'status_changed':
      return { type: 'ticket.status_changed', data: { ...ticket, from: what.from, to: what.to, cause: what.cause } };
    case 'assigned':
      return { type: 'ticket.assigned', data: { ...ticket, from: what.from, to: what.to, how: what.how } };
    case 'sla_warned':
      return { type: 'ticket.sla_warning', data: { ...ticket, clock: what.clock, dueAt: iso(what.dueAt), policy: what.policy } };
    case 'sla_breached':
      return { type: 'ticket.sla_breached', data: { ...ticket, clock: what.clock, dueAt: iso(what.dueAt), policy: what.policy } };
    case 'escalated':
      return { type: 'conversation.escalated', data: { ...ticket, case: what.case, reason: what.reason, joined: what.joined } };
    case 'taken_over':
      return { type: 'conversation.taken_over', data: { ...ticket, from: what.from === null ? null : actorData(what.from), forced: what.forced } };
    case 'reply_released':
      return messageEvent(what.byMail ? { ...state, channel: 'email' } : state, number, { messageId: what.messageId, author: 'operator', authorId: idOf(actor), text: '' });
    case 'baton_wrote':
      return messageEvent(state, number, { messageId: what.messageId, author: 'baton', authorId: null, text: what.text });
    case 'bounced':
      return { type: 'message.failed', data: { ...ticket, messageId: what.messageId, detail: what.detail } };
    case 'delivery_changed':
      return what.delivery === 'failed' ? { type: 'message.failed', data: { ...ticket, messageId: what.messageId, detail: what.detail } } : null;
    case 'csat_received':
      return { type: 'csat.received', data: { ...ticket, score: what.score, comment: what.comment } };
    case 'ai_paused':
      return what.mode.kind === 'paused'
        ? { type: 'ai.paused', data: { ...ticket, epoch, reason: what.mode.reason, since: iso(what.mode.since), resumeAt: what.mode.resumeAt === undefined ? null : iso(what.mode.resumeAt) } }
        : null;
    case 'ai_resumed':
      return { type: 'ai.resumed', data: { ...ticket, epoch, cause: what.cause, pausedSince: what.pausedSince === null ? null : iso(what.pausedSince) } };
    case 'customer_wrote':
    case 'ai_answered':
    case 'turn_missed':
    case 'replied':
    case 'reply_withdrawn':
    case 'noted':
    case 'not_picked_up':
    case 'offer_expired':
    case 'assignment_escalated':
    case 'pause_extended':
    case 'clocks_settled':
    case 'summary_asked':
    case 'policy_followed':
    case 'renumbered':
      return null;
  }
}

function factsOf(state: TicketState, actor: Actor, number: number) {
  const { ticketId, conversationId, requesterId, agentId, status, priority, assigneeId } = state;
  return { ticketId, number, conversationId, requesterId, agentId, status, priority, assigneeId, actor: actorData(actor) };
}

type Said = { readonly messageId: string; readonly author: 'operator' | 'baton'; readonly authorId: string | null; readonly text: string };

function messageEvent({ conversationId, ticketId, channel }: TicketState, number: number, said: Said): WebhookEvent {
  return { type: 'message.created', data: { conversationId, ticketId, number, channel, automatic: said.author === 'baton', ...said } };
}

function actorData(actor: Actor) {
  return { kind: actor.kind, id: idOf(actor) };
}

function idOf(actor: Actor): string | null {
  return actor.kind === 'baton' ? null : actor.id;
}

function iso(at: Instant): string {
  return new Date(at).toISOString();
}
