import { z } from 'zod';
import { MAIL_VERDICTS } from '../domain/mail-verdict.ts';
import { PRIORITIES } from '../domain/priority.ts';
import { STATUSES } from '../domain/status.ts';
import { primaryLanguage } from '../domain/language.ts';
import { idOf } from './ids.ts';
import { knownLanguage } from './known-language.ts';
import { language } from './routing.ts';
import { emailAddress, instant, tagName } from './text.ts';
import { CHANNELS } from '../domain/channel.ts';

export const VIEWS = ['inbox', 'mentions', 'all', 'unassigned', 'solved'] as const;
export type View = (typeof VIEWS)[number];
export const TICKET_SORTS = ['updated', 'created'] as const;

/** Several values of one filter are comma separated in the URL: `status=new,on_you`. */
function listOf<T extends z.ZodType<unknown, string>>(item: T) {
  return z
    .string()
    .transform((text) => text.split(',').filter((part) => part !== ''))
    .pipe(z.array(item).max(20));
}

export const paging = {
  limit: z.coerce.number().int().min(1, 'must be 1 to 200').max(200, 'must be 1 to 200').default(50),
  cursor: z.string().max(500).optional(),
};

export const listTickets = z.strictObject({
  ...paging,
  view: z.enum(VIEWS).optional().meta({ description: 'inbox and mentions are those of the person who asks. Left out: every ticket.' }),
  status: listOf(z.enum(STATUSES)).optional(),
  priority: listOf(z.enum(PRIORITIES)).optional(),
  channel: listOf(z.enum(CHANNELS)).optional(),
  assignee: listOf(z.union([idOf('operator'), z.literal('none'), z.literal('me')])).optional(),
  agent: listOf(z.union([idOf('agent'), z.literal('none')])).optional(),
  tag: listOf(tagName).optional(),
  language: listOf(language.transform(primaryLanguage)).optional().meta({ description: 'What the requester writes in; `pt` finds pt-BR, too.' }),
  requester: idOf('requester').optional(),
  number: z.coerce.number().int().min(1).optional(),
  createdAfter: instant.optional(),
  createdBefore: instant.optional(),
  q: z.string().max(200).optional().meta({ description: 'Full text over subject, messages, requester; #12 finds ticket 12.' }),
  sort: z.enum(TICKET_SORTS).default('updated'),
  order: z.enum(['desc', 'asc']).default('desc'),
});
export type ListTickets = z.infer<typeof listTickets>;

export const CONVERSATION_VIEWS = ['live', 'all', 'to_answer'] as const;
export type ConversationsView = (typeof CONVERSATION_VIEWS)[number];
export const listConversations = z.strictObject({
  ...paging,
  view: z.enum(CONVERSATION_VIEWS).default('live').meta({
    description:
      'live: no active ticket and a message in the last 30 minutes. to_answer: the AI may speak and a customer’s message is unanswered, the longest waiting first; of one agent, which an agent key need not name.',
  }),
  agent: listOf(z.union([idOf('agent'), z.literal('none')])).optional().meta({ description: 'Those that one of these agents serves; none: no agent does.' }),
  channel: listOf(z.enum(CHANNELS)).optional().meta({ description: 'Those that came by one of these channels.' }),
});
export const timelineQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(200).default(200),
  translate: knownLanguage.optional().meta({ description: 'Says of customers’ and the AI’s messages in another language what they say in this one, as far as somebody has asked for it.' }),
  before: z.coerce.number().int().min(1).optional().meta({ description: 'Entries before this position; left out: the newest.' }),
});
export const conversationQuery = z.strictObject({
  before: idOf('message').optional().meta({ description: 'A message of this conversation: the 200 before it, where `hasOlder` said that there are some.' }),
});
export const listInbound = z.strictObject({ ...paging, verdict: z.enum(MAIL_VERDICTS).optional() });
export const plainPaging = z.strictObject(paging);
export const listRequesters = z.strictObject({
  ...paging,
  q: z.string().max(200).optional(),
  email: emailAddress.optional().meta({ description: 'Whose address that is, verified: the one to whom a new ticket with it belongs.' }),
});
