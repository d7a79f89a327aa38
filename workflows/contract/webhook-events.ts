import { z } from 'zod';
import { PAUSE_REASONS } from '../domain/ai-mode.ts';
import { CHANNELS, ORIGINS } from '../domain/channel.ts';
import { CSAT_SCORES } from '../domain/csat.ts';
import { PRIORITIES } from '../domain/priority.ts';
import { CLOCK_KINDS } from '../domain/sla-policy.ts';
import { STATUSES } from '../domain/status.ts';
import { AUTHORS } from './views.ts';

// What outbound webhooks say. Ids, numbers and statuses; a text only where the event is a message. A change that an old
// receiver could not read becomes version 2.

const at = z.iso.datetime();
const score = z.literal(CSAT_SCORES).meta({ description: '1 is the worst, 5 the best. A customer may answer anew: the newest counts.' });

const actor = z.object({ kind: z.enum(['operator', 'agent', 'requester', 'key', 'baton']), id: z.string().nullable() });

/** What every event of a ticket says: the ticket as it was once everything decided with it was written. */
const ticketFacts = {
  ticketId: z.string(),
  number: z.number().int(),
  conversationId: z.string(),
  requesterId: z.string(),
  agentId: z.string().nullable(),
  status: z.enum(STATUSES),
  priority: z.enum(PRIORITIES),
  assigneeId: z.string().nullable(),
  actor,
};
/** An agent's mail may be of a conversation that has no open ticket. */
const maybeNoTicket = {
  ticketId: z.string().nullable(),
  number: z.number().int().nullable(),
  status: z.enum(STATUSES).nullable(),
  priority: z.enum(PRIORITIES).nullable(),
};
/** The epoch that an agent's next message must carry. */
const epoch = z.number().int();
const clockFacts = { ...ticketFacts, clock: z.enum(CLOCK_KINDS), dueAt: at, policy: z.string() };

const DATA = {
  'ticket.created': z.object({ ...ticketFacts, origin: z.enum(ORIGINS), channel: z.enum(CHANNELS), case: z.string().nullable(), linkedTicketId: z.string().nullable() }),
  'ticket.updated': z.object({ ...ticketFacts, changed: z.enum(['subject', 'priority', 'tags', 'needs', 'snooze', 'summary']) }),
  'ticket.status_changed': z.object({ ...ticketFacts, from: z.enum(STATUSES), to: z.enum(STATUSES), cause: z.string() }),
  'ticket.assigned': z.object({ ...ticketFacts, from: z.string().nullable(), to: z.string().nullable(), how: z.string() }),
  'ticket.sla_warning': z.object(clockFacts),
  'ticket.sla_breached': z.object(clockFacts),
  'conversation.escalated': z.object({ ...ticketFacts, case: z.string().nullable(), reason: z.string(), joined: z.boolean() }),
  'conversation.taken_over': z.object({ ...ticketFacts, from: actor.nullable(), forced: z.boolean() }),
  'message.created': z.object({
    conversationId: z.string(),
    ticketId: z.string().nullable(),
    number: z.number().int().nullable(),
    messageId: z.string(),
    author: z.enum(AUTHORS),
    authorId: z.string().nullable(),
    channel: z.enum(CHANNELS),
    automatic: z.boolean(),
    text: z.string().meta({ description: 'At most 100,000 characters; GET /conversations/{conversationId} has all of a longer one.' }),
  }),
  'message.failed': z.object({ ...ticketFacts, ...maybeNoTicket, messageId: z.string(), detail: z.string() }),
  'csat.received': z.object({ ...ticketFacts, score, comment: z.string().meta({ description: 'Empty: none.' }) }),
  'ai.paused': z.object({ ...ticketFacts, epoch, reason: z.enum(PAUSE_REASONS), since: at, resumeAt: at.nullable() }),
  'ai.resumed': z.object({ ...ticketFacts, epoch, cause: z.enum(['by_hand', 'finished', 'auto']), pausedSince: at.nullable() }),
} as const;

export type WebhookEventType = keyof typeof DATA;
export const WEBHOOK_EVENTS = [
  'ticket.created',
  'ticket.updated',
  'ticket.status_changed',
  'ticket.assigned',
  'ticket.sla_warning',
  'ticket.sla_breached',
  'conversation.escalated',
  'conversation.taken_over',
  'message.created',
  'message.failed',
  'csat.received',
  'ai.paused',
  'ai.resumed',
] as const satisfies readonly WebhookEventType[];

/** Sent when an admin asks for it, whatever the endpoint listens to. */
export const TEST_EVENT = 'webhook.test';

/** What happened, before it is an envelope. */
export type WebhookEvent = { [Type in WebhookEventType]: { readonly type: Type; readonly data: Readonly<z.infer<(typeof DATA)[Type]>> } }[WebhookEventType];

const envelopeOf = <Type extends string, Data extends z.ZodType>(type: Type, data: Data) =>
  z.object({ type: z.literal(type), version: z.literal(1), timestamp: at.meta({ description: 'When it happened.' }), data });

/** The bodies that receivers get, by event. */
export const WEBHOOK_PAYLOADS = {
  ...Object.fromEntries(WEBHOOK_EVENTS.map((type) => [type, envelopeOf<string, z.ZodType>(type, DATA[type])])),
  [TEST_EVENT]: envelopeOf<string, z.ZodType>(TEST_EVENT, z.object({ webhookId: z.string() })),
};

/** One body; `happenedAt` in milliseconds since 1970. */
export function webhookPayload({ type, data }: WebhookEvent | { type: typeof TEST_EVENT; data: { webhookId: string } }, happenedAt: number) {
  return { type, version: 1 as const, timestamp: new Date(happenedAt).toISOString(), data };
}
