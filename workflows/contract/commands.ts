import { z } from 'zod';
import { CSAT_SCORES } from '../domain/csat.ts';
import { PRIORITIES } from '../domain/priority.ts';
import { STATUSES } from '../domain/status.ts';
import { idOf } from './ids.ts';
import { knownLanguage } from './known-language.ts';
import { language, skills } from './routing.ts';
import { body, emailAddress, instant, line, MOST_SUBJECT, optionalBody, slug, tagName } from './text.ts';
import { firstTranslation, isTranslatedOnce, replyTranslation, TRANSLATED_ONCE, translateTo } from './translation.ts';
import { MOST_FILES } from './upload-limits.ts';
import { attachments } from './uploads.ts';
import { MOST_COMMENT } from './widget-limits.ts';

// What programs and the inbox send. Every object is strict: an unknown field is an error that names it.

/** An epoch is kept as PostgreSQL's integer. */
const MOST_EPOCH = 2_147_483_647;

/** Undo: 0 to 10 minutes between acceptance and release. */
const holdMs = z.number().int().min(0).max(600_000);

/** P20, P58: what a ticket asks of whoever gets it. Told at its birth; what is left out comes from the handover case. */
const needs = {
  skills: skills.optional().meta({ description: 'Everybody who may get it automatically has all of them, until the policy relaxes that.' }),
  group: slug.optional().meta({ description: 'The key of a group of the team: only its members get it automatically.' }),
  language: language.optional(),
};

export const createConversation = z.strictObject({
  agentId: idOf('agent').optional().meta({ description: 'Agent keys: their own agent; others may name one, or none.' }),
  channel: z.enum(['api', 'live_chat']).default('api'),
  subject: line(MOST_SUBJECT).optional(),
  requester: z
    .strictObject({
      name: line(200).optional(),
      email: emailAddress.optional(),
      externalId: line(200).optional().meta({ description: 'Your own id of this person: the same id is the same requester.' }),
    })
    .refine((who) => who.name ?? who.email ?? who.externalId, 'needs a name, an email or an externalId'),
  message: body().optional().meta({ description: 'The first customer message.' }),
});
export type CreateConversation = z.infer<typeof createConversation>;

export const postMessage = z.discriminatedUnion('author', [
  z.strictObject({ author: z.literal('customer'), text: body() }),
  z.strictObject({
    author: z.literal('agent'),
    text: body(),
    epoch: z.number().int().min(1).max(MOST_EPOCH, 'must be an epoch that GET conversation showed').meta({ description: 'The epoch that GET conversation showed.' }),
    lastSeenMessage: idOf('message').nullable().meta({ description: 'The last customer message this answer has read.' }),
  }),
]);
export type PostMessage = z.infer<typeof postMessage>;

export const escalate = z.strictObject({
  case: slug.optional().meta({ description: 'The key of a handover case of the agent’s policy.' }),
  reason: line(500),
  ...needs,
});
export type Escalate = z.infer<typeof escalate>;

export const tellTyping = z.strictObject({});
export const takeOver = z.strictObject({ force: z.boolean().default(false) });
export const pauseAi = z.strictObject({});
export const resumeAi = z.strictObject({});
export const extendPause = z.strictObject({ minutes: z.number().int().min(1).max(10_080) });

export const createTicket = z
  .strictObject({
  subject: line(MOST_SUBJECT),
  text: body(),
  requester: z.strictObject({
    name: line(200).optional(),
    email: emailAddress,
    language: knownLanguage.optional().meta({ description: 'What they read. Kept where nothing is known of it yet, and then stays.' }),
  }),
  priority: z.enum(PRIORITIES).optional(),
  tags: z.array(tagName).max(20).optional(),
  assignee: idOf('operator').nullable().optional(),
  author: z
    .enum(['customer', 'operator'])
    .default('customer')
    .meta({ description: 'customer: the text is what they wrote. operator: it is sent to them as the first message.' }),
  translation: firstTranslation.optional().meta({ description: '`text` is a translation of this: both are stored. With `author: "operator"`.' }),
  translateTo: translateTo.meta({ description: '`text` and `subject` are translated first; where that fails, nothing is sent and there is no ticket (`translation_failed`). With `author: "operator"`.' }),
  ...needs,
})
  .refine(isTranslatedOnce, TRANSLATED_ONCE)
  .superRefine(({ author, ...said }, context) => {
    for (const field of ['translation', 'translateTo'] as const) {
      if (author === 'customer' && said[field] !== undefined) context.addIssue({ code: 'custom', path: [field], message: 'goes with `author: "operator"`; what a customer wrote stays as it is' });
    }
  });
export type CreateTicket = z.infer<typeof createTicket>;

export const changeTicket = z
  .strictObject({
    subject: line(MOST_SUBJECT).optional(),
    priority: z.enum(PRIORITIES).optional(),
    tags: z.array(tagName).max(20).optional(),
    skills: needs.skills,
    group: slug.nullable().optional().meta({ description: 'null: whichever group the policy says.' }),
    language: language.nullable().optional(),
  })
  .refine((change) => Object.values(change).some((value) => value !== undefined), 'must change something');
export type ChangeTicket = z.infer<typeof changeTicket>;

export const reply = z
  .strictObject({
  text: body(),
  takeOver: z.boolean().default(false),
  channel: z.literal('email', 'must be email, or left out for the ticket’s own channel').optional().meta({
    description: 'As a mail instead of on the ticket’s channel, whose AI stays as it is: no takeover is needed. It and its answer are messages of the same conversation.',
  }),
  holdMs: holdMs.default(0),
  lastSeenMessage: idOf('message').nullable().optional(),
  force: z.boolean().default(false).meta({ description: 'Send although a newer customer message arrived.' }),
  status: z.enum(STATUSES).optional().meta({ description: 'Set with the release, instead of on_customer.' }),
  aiAssisted: z.boolean().default(false).meta({ description: 'A model helped to write it: the team sees a mark, the customer does not.' }),
  cc: z.array(emailAddress).max(20).default([]),
  attachments,
  translation: replyTranslation.optional().meta({ description: '`text` is a translation of this: both are stored.' }),
  translateTo,
})
  .refine(isTranslatedOnce, TRANSLATED_ONCE)
  .refine(({ channel, takeOver: takesOver }) => channel === undefined || !takesOver, {
    path: ['channel'],
    message: 'goes without `takeOver`: a mail leaves the AI its channel. Leave `channel` out to take over and reply there, or `takeOver` to write a mail',
  });
export type Reply = z.infer<typeof reply>;

export const note = z.strictObject({
  text: body(),
  mentions: z.array(idOf('operator')).max(50).default([]),
  attachments,
});
export type Note = z.infer<typeof note>;

export const setStatus = z.strictObject({ status: z.enum(STATUSES) });
export const assign = z.strictObject({ assignee: idOf('operator').nullable() });
export const claim = z.strictObject({});
export const snooze = z.strictObject({
  until: instant.nullable().meta({ description: 'null: until the requester’s next message.' }),
});
export const unsnooze = z.strictObject({});
export const rate = z.strictObject({
  score: z.literal(CSAT_SCORES, 'must be 1, 2, 3, 4 or 5').meta({ description: '1 is the worst, 5 the best.' }),
  comment: optionalBody(MOST_COMMENT).default(''),
});
export type Rate = z.infer<typeof rate>;
export const draft = z.strictObject({ kind: z.enum(['reply', 'note']), text: z.string().max(100_000), attachments: z.array(idOf('attachment')).max(MOST_FILES).default([]) });
export type Draft = z.infer<typeof draft>;

export const resolveQuarantine = z.strictObject({ action: z.enum(['release', 'new_ticket', 'discard']) });
