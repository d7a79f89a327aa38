import { z } from 'zod';
import { PAUSE_REASONS } from '../domain/ai-mode.ts';
import { CHANNELS, ORIGINS } from '../domain/channel.ts';
import { CSAT_SCORES } from '../domain/csat.ts';
import { VOCABULARIES } from '../domain/labels.ts';
import { PRIORITIES } from '../domain/priority.ts';
import { CLOCK_KINDS } from '../domain/sla-policy.ts';
import { STATUSES } from '../domain/status.ts';
import { delivery } from './delivery.ts';
import { KEY_ROLES, ROLES } from './settings.ts';
import { translationView } from './translation.ts';

// What leaves the API and what the inbox shows. Instants are ISO 8601 strings in UTC.

const at = z.iso.datetime();
export const AUTHORS = ['customer', 'agent', 'operator', 'baton'] as const;

/** Who did it, with the name as it is now. */
export const actorView = z.object({
  kind: z.enum(['operator', 'agent', 'requester', 'key', 'baton']),
  id: z.string().nullable(),
  name: z.string(),
});
export type ActorView = z.infer<typeof actorView>;

export const personView = z.object({ id: z.string(), name: z.string() });

export const aiView = z.object({
  /** `off`: no agent on this channel; a way to say it, not a third mode. */
  state: z.enum(['off', 'replying', 'paused']),
  epoch: z.number().int(),
  pausedBy: actorView.nullable(),
  reason: z.string().nullable(),
  since: at.nullable(),
  resumeAt: at.nullable(),
});
export type AiView = z.infer<typeof aiView>;

export const attachmentView = z.object({
  id: z.string(),
  fileName: z.string(),
  mediaType: z.string(),
  size: z.number().int(),
  url: z.string(),
});
export type AttachmentView = z.infer<typeof attachmentView>;

export const messageView = z.object({
  id: z.string(),
  position: z.number().int(),
  kind: z.enum(['message', 'note']),
  author: z.enum(AUTHORS),
  by: actorView,
  channel: z.enum(CHANNELS).meta({ description: 'What it came or went by; a mail may belong to a chat.' }),
  text: z.string(),
  quoted: z.string(),
  automatic: z.boolean(),
  aiAssisted: z.boolean().meta({ description: 'A model helped its writer.' }),
  createdAt: at,
  releasedAt: at.nullable(),
  /** Set while an undo can still withdraw it. */
  heldUntil: at.nullable(),
  delivery,
  deliveryDetail: z.string(),
  readAt: at.nullable().meta({ description: 'When one of ours stood on the open panel of the customer’s web chat. Null: not yet, or nobody can tell, as of a mail.' }),
  to: z.array(z.string()),
  cc: z.array(z.string()),
  attachments: z.array(attachmentView),
  language: z.string().nullable().meta({ description: 'What it is written in, where that is known.' }),
  translation: translationView.nullable().meta({ description: 'Where `translate` asked for it and the message is in another language.' }),
  /** P47: what one of ours wrote, and who made of it what was sent. */
  source: z
    .object({ text: z.string(), language: z.string(), model: z.string().nullable(), isEdited: z.boolean() })
    .nullable()
    .meta({ description: 'What its author wrote, where a translation of it was sent. `model`: who translated, null: nobody Baton knows; `isEdited`: changed by hand before it was sent.' }),
  cites: z.array(z.object({ title: z.string(), passage: z.string() })).meta({ description: 'What an agent’s message says it is taken from, as it was then.' }),
});
export type MessageView = z.infer<typeof messageView>;

/** One line of the timeline (P39): a message, a note, or a quiet event. */
export const entryView = z.object({
  position: z.number().int(),
  seq: z.number().int().nullable(),
  ticketId: z.string().nullable(),
  kind: z.string(),
  actor: actorView,
  at,
  data: z.record(z.string(), z.unknown()),
  message: messageView.nullable(),
});
export type EntryView = z.infer<typeof entryView>;

export const csatView = z.object({ score: z.literal(CSAT_SCORES).meta({ description: '1 is the worst, 5 the best.' }), comment: z.string(), at });
export type CsatView = z.infer<typeof csatView>;

export const ticketRow = z.object({
  id: z.string(),
  number: z.number().int(),
  subject: z.string(),
  preview: z.string(),
  status: z.enum(STATUSES),
  priority: z.enum(PRIORITIES),
  channel: z.enum(CHANNELS),
  origin: z.enum(ORIGINS),
  agent: personView.nullable(),
  assignee: personView.nullable(),
  requester: personView,
  tags: z.array(z.string()),
  isUnread: z.boolean(),
  snoozedUntil: at.nullable(),
  isSnoozed: z.boolean(),
  nextClock: z
    .object({
      kind: z.enum(CLOCK_KINDS),
      dueAt: at.nullable().meta({ description: 'In the past: it is late. Null while paused, and where its hours never open for long enough.' }),
      warnAt: at.nullable(),
      isPaused: z.boolean(),
      leftMs: z.number().meta({ description: 'Of its target, in its own hours, when it was measured last: what is left while it is paused.' }),
    })
    .nullable()
    .meta({ description: 'Of the open SLA clocks the one that is due first; all of them: GET …/clocks.' }),
  createdAt: at,
  updatedAt: at,
});
export type TicketRow = z.infer<typeof ticketRow>;

const claims = z.array(z.object({ text: z.string(), messages: z.array(z.object({ id: z.string(), position: z.int() })) }));

export const ticketView = ticketRow.omit({ nextClock: true }).extend({
  conversationId: z.string(),
  seq: z.number().int(),
  legalMoves: z.array(z.enum(STATUSES)),
  ai: aiView,
  /** The AI handles the channel: a public reply needs takeOver (P14). */
  isSendLocked: z.boolean(),
  translates: z.boolean().meta({ description: 'The policy lets messages and replies be translated.' }),
  requesterDetail: z.object({
    id: z.string(),
    name: z.string(),
    language: z.string().nullable().meta({ description: 'What they write in, by its tag; detected once, or set by hand.' }),
    languageSource: z.enum(['detected', 'manual']).nullable(),
    zone: z.string().nullable(),
    addresses: z.array(z.object({ kind: z.string(), value: z.string(), verified: z.boolean() })),
  }),
  otherTickets: z.array(z.object({ id: z.string(), number: z.number().int(), subject: z.string(), status: z.enum(STATUSES) })),
  linkedTicket: z.object({ id: z.string(), number: z.number().int() }).nullable(),
  case: z.string().nullable(),
  skills: z.array(z.string()),
  group: z.string().nullable(),
  language: z.string().nullable().meta({ description: 'Asked of whoever gets it; set by hand or by API, a BCP 47 tag. null: what the requester writes in (`requesterDetail.language`) is asked for, where somebody of the team speaks it.' }),
  summary: z
    .object({
      text: z.string(),
      madeBy: z.enum(['model', 'extract']),
      why: z.string().nullable().meta({ description: 'Of an extract: why no model wrote it.' }),
      at,
      claims: z
        .object({ wants: claims, tried: claims, promised: claims, open: claims })
        .nullable()
        .meta({ description: 'What the text says, each claim with the messages that it is taken from; null: it is a text and no more.' }),
      newerMessages: z.int().nullable().meta({ description: 'How many messages have come since it was made; null: it does not say up to where it had read.' }),
    })
    .nullable(),
  isSummaryOwed: z.boolean().meta({ description: 'A new summary is being made.' }),
  csat: csatView.nullable().meta({ description: 'What the customer said of how it was resolved; a later answer replaces it.' }),
  timers: z.array(z.object({ kind: z.string(), at })).meta({ description: 'What happens next by itself, earliest first; its SLA warnings and breaches are with its clocks: GET /tickets/{id}/clocks.' }),
  lastCustomerMessage: z.string().nullable(),
  policyVersion: z.string(),
  /** For admins (P56). */
  workflowId: z.string().nullable(),
  readPosition: z.number().int(),
});
export type TicketView = z.infer<typeof ticketView>;

export const conversationRow = z.object({
  id: z.string(),
  requester: personView,
  agent: personView.nullable(),
  channel: z.enum(CHANNELS),
  subject: z.string(),
  preview: z.string(),
  lastMessageAt: at.nullable(),
  lastMessageAuthor: z.enum(AUTHORS).nullable(),
  waitingSince: at.nullable(),
  flag: z.object({ at, reason: z.string() }).nullable(),
  openTicket: z.object({ id: z.string(), number: z.number().int() }).nullable(),
  createdAt: at,
});
export type ConversationRow = z.infer<typeof conversationRow>;

export const conversationView = conversationRow.extend({
  ai: aiView,
  /** An agent may speak now: the AI mode is replying. */
  mayReply: z.boolean(),
  /** The last message is the customer's and nobody has answered it. */
  answerDue: z.boolean(),
  lastCustomerMessage: z.string().nullable(),
  /** No address of the requester is known and somebody should ask (P2). */
  needsEmail: z.boolean(),
  messages: z.array(messageView).meta({ description: 'What was said, oldest first: the newest 200 messages.' }),
  hasOlder: z.boolean().meta({ description: 'Something was said before the first of these messages and is left out here.' }),
  handBack: z
    .object({
      at,
      since: at.nullable().meta({ description: 'When the AI had fallen silent.' }),
      ticketId: z.string(),
      by: actorView.meta({ description: 'Who gave it back; Baton where its time was over.' }),
      reason: z.enum(PAUSE_REASONS).nullable().meta({ description: 'Why the AI was silent; `escalated`: an escalation had paused it.' }),
      hadPeople: z.boolean().meta({ description: 'Whether people had the conversation: the pause was a person’s, or one wrote (a note too) or did something in it. False: nobody came, and the customer is still the agent’s.' }),
      humanMessages: z.array(z.string()).meta({ description: 'What people wrote to the customer meanwhile, oldest first; also what is older than `messages`.' }),
      done: z.array(z.object({ at, by: actorView, what: z.string() })).meta({ description: 'What was done meanwhile, as it follows the name: “took the conversation over”, “set the ticket to resolved”.' }),
    })
    .nullable()
    .meta({ description: 'The newest time in which the AI was silent here, now over: what was said and done in it holds.' }),
});
export type ConversationView = z.infer<typeof conversationView>;

export const countsView = z.object({
  inbox: z.number().int(),
  mentions: z.number().int(),
  all: z.number().int(),
  unassigned: z.number().int(),
  solved: z.number().int(),
  conversations: z.number().int(),
  unreadNotifications: z.number().int(),
});
export type CountsView = z.infer<typeof countsView>;

export const notificationView = z.object({
  id: z.string(),
  kind: z.string(),
  actor: actorView,
  /** Null where it is about no ticket. */
  ticket: z.object({ id: z.string(), number: z.number().int(), subject: z.string() }).nullable(),
  /** The webhook that it is about, where it is about one; `url` is empty once that is gone. */
  webhook: z.object({ id: z.string(), url: z.string() }).nullable(),
  at,
  isRead: z.boolean(),
});

export const operatorView = z.object({
  id: z.string(),
  name: z.string(),
  email: z.string(),
  role: z.enum(ROLES),
  signature: z.string(),
  locale: z.string().meta({ description: 'The language this person reads.' }),
  isDisabled: z.boolean(),
});
export const invitationView = z.object({ id: z.string(), email: z.string(), name: z.string(), role: z.enum(ROLES), expiresAt: at });
export const requesterView = ticketView.shape.requesterDetail.extend({ createdAt: at });
export const agentView = z.object({ id: z.string(), name: z.string(), kind: z.string(), helpDesk: z.boolean(), createdAt: at });
export const addressView = z.object({
  id: z.string(),
  address: z.string(),
  agentId: z.string().nullable(),
  fromName: z.string(),
  signature: z.string(),
  isDefault: z.boolean(),
});
export const keyView = z.object({
  id: z.string(),
  name: z.string(),
  role: z.enum(KEY_ROLES),
  agentId: z.string().nullable(),
  prefix: z.string(),
  createdAt: at,
  lastUsedAt: at.nullable(),
  revokedAt: at.nullable(),
});
export const newKeyView = keyView.extend({ key: z.string().meta({ description: 'Shown this once.' }) });
const monthlyTokens = z.number().int().nullable().meta({ description: 'What language models may use in a calendar month (UTC), tokens in and out; past it people answer, and summaries are extracts. null: no limit.' });
export const teamView = z.object({ id: z.string(), slug: z.string(), name: z.string(), vocabulary: z.enum(VOCABULARIES), isDemo: z.boolean(), monthlyTokens });

/** A setting as an admin sees it: what is in force, and where it comes from. */
export const policyView = z.object({
  scope: z.string(),
  version: z.number().int(),
  overrides: z.record(z.string(), z.unknown()),
  effective: z.record(z.string(), z.unknown()),
  inheritedFrom: z.record(z.string(), z.enum(['default', 'team', 'own'])),
  changedBy: actorView.nullable(),
  changedAt: at.nullable(),
});
export type PolicyView = z.infer<typeof policyView>;

/** A page of a list; `next` is an opaque cursor, null at the end. */
export function pageOf<T extends z.ZodType>(item: T) {
  return z.object({ items: z.array(item), next: z.string().nullable() });
}
export interface Page<T> {
  readonly items: T[];
  readonly next: string | null;
}
