import { z } from 'zod';
import { PAUSE_REASONS } from '../domain/ai-mode.ts';
import { CHANNELS } from '../domain/channel.ts';
import { delivery } from './delivery.ts';
import { body, line, slug } from './text.ts';

// What Baton posts to a webhook agent, and what it may answer. A change that an old agent could not read becomes version 2.

const at = z.iso.datetime();

const attachments = z
  .array(z.object({ name: z.string(), mediaType: z.string() }))
  .meta({ description: 'Files that came with it, as they were named and declared; at most 20. Their contents are read by API.' });

const said = z.object({
  id: z.string(),
  from: z.enum(['customer', 'agent', 'colleague', 'automatic']).meta({ description: '`agent` is you, `colleague` a human.' }),
  name: z.string().nullable(),
  channel: z.enum(CHANNELS).meta({ description: 'What it came or went by: a mail of a customer or a colleague may belong to a chat.' }),
  text: z.string(),
  attachments,
  at,
  delivery,
});

export const agentTurn = z.object({
  type: z.literal('agent.turn'),
  version: z.literal(1),
  timestamp: at,
  data: z.object({
    agentId: z.string(),
    conversationId: z.string(),
    channel: z.enum(CHANNELS),
    subject: z.string(),
    requester: z.object({ id: z.string(), name: z.string() }),
    epoch: z.number().int().meta({ description: 'What an answer by API must carry.' }),
    lastSeenMessage: z.string().meta({ description: 'The newest customer message here; what an answer by API must carry.' }),
    messages: z.array(said).meta({ description: 'What was said, oldest first. At most the newest 300 lines, of which notes and what people did are some, and of those the newest that fit into 80,000 characters, each counted with 100 more; where not even the last one fits, its beginning, which says so.' }),
    hasOlder: z.boolean().meta({ description: 'There is more before that, which is left out here.' }),
    notes: z.array(z.object({ name: z.string().nullable(), text: z.string(), attachments, at })).meta({ description: 'Only where the agent’s setup says so.' }),
    unanswered: z.array(z.string()).meta({ description: 'The customer’s messages since the last answer.' }),
    handBack: z
      .object({
        at,
        since: at.nullable(),
        by: z.string().nullable(),
        reason: z.enum(PAUSE_REASONS).nullable().meta({ description: 'Why you were silent; `escalated`: an escalation had paused you.' }),
        hadPeople: z.boolean().meta({ description: 'Whether people had the conversation: the pause was a person’s, or one wrote (a note too) or did something in it. False: nobody came, and the customer is still yours.' }),
        done: z.array(z.object({ at, by: z.string().nullable(), what: z.string() })).meta({ description: 'What was done meanwhile, as it follows the name.' }),
      })
      .nullable()
      .meta({ description: 'The last time in which you were silent here is over; what was said and done in it holds.' }),
    mayEscalate: z.boolean().meta({ description: 'The help desk is on.' }),
    cases: z.array(z.object({ key: z.string(), when: z.string(), action: z.enum(['escalate', 'never']) })),
    isTest: z.boolean().meta({ description: 'Somebody tries the agent: there is no such conversation or message, and what it answers is shown to them alone.' }),
  }),
});
export type AgentTurn = z.infer<typeof agentTurn>;

/** So much of an answer is read. */
export const MOST_TURN_ANSWER_BYTES = 256 * 1024;

/** 200: what to say, whom to hand to, or both. 202 says that the answer comes by API. */
export const agentTurnAnswer = z
  .strictObject({
    text: body(8_000).optional(),
    escalate: z.strictObject({ case: slug.optional(), reason: line(500) }).optional(),
  })
  .refine(({ text, escalate }) => text !== undefined || escalate !== undefined, 'must have a text, an escalate, or both');
