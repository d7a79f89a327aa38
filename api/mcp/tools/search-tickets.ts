import { z } from 'zod';
import { idOf } from '#workflows/contract/ids.ts';
import { listTickets, TICKET_SORTS } from '#workflows/contract/queries.ts';
import { tagName } from '#workflows/contract/text.ts';
import { pageOf, ticketRow } from '#workflows/contract/views.ts';
import { CHANNELS } from '#workflows/domain/channel.ts';
import { PRIORITIES } from '#workflows/domain/priority.ts';
import { STATUSES } from '#workflows/domain/status.ts';
import { tickets } from '../../queries/tickets.ts';
import { tool } from '../tool.ts';

const MOST_SHOWN = 20;
const { q, cursor, requester } = listTickets.shape;

/** The filters of the JSON route; what is comma separated in an address is a list here. */
const input = z.strictObject({
  q: q.meta({ description: 'Words to find in subject, messages and requester; #12 finds ticket 12.' }),
  view: z.enum(['all', 'unassigned', 'solved']).optional().meta({ description: 'all: active ones; unassigned: active ones that nobody has; solved: finished ones. Left out: every ticket.' }),
  status: anyOf(z.enum(STATUSES), 'Only these statuses.'),
  priority: anyOf(z.enum(PRIORITIES), 'Only these priorities.'),
  channel: anyOf(z.enum(CHANNELS), 'Only these channels.'),
  assignee: anyOf(z.union([idOf('operator'), z.literal('none')]), 'Only tickets of these operators (ids starting with opr_); none: nobody’s.'),
  agent: anyOf(z.union([idOf('agent'), z.literal('none')]), 'Only tickets from conversations of these AI agents (ids starting with agt_); none: without one.'),
  tag: anyOf(tagName, 'Only tickets with one of these tags.'),
  requester: requester.meta({ description: 'Only tickets of this requester, an id starting with req_.' }),
  createdAfter: z.string().optional().meta({ description: 'Only tickets created at or after this ISO 8601 instant with zone, like 2026-11-23T09:00:00Z.' }),
  createdBefore: z.string().optional().meta({ description: 'Only tickets created before this ISO 8601 instant with zone.' }),
  sort: z.enum(TICKET_SORTS).default('updated').meta({ description: 'By last update or by creation.' }),
  order: z.enum(['desc', 'asc']).default('desc').meta({ description: 'desc: newest first.' }),
  limit: z.int().min(1, 'must be 1 to 200').max(200, 'must be 1 to 200').default(MOST_SHOWN).meta({ description: 'How many at most.' }),
  cursor: cursor.meta({ description: '`next` of the page before, with the same filters.' }),
});

export const searchTickets = tool({
  name: 'search_tickets',
  title: 'Find tickets',
  description: 'The team’s tickets by words and filters, a page at a time. Several values of one filter: any of them; different filters: all of them.',
  who: 'reader',
  annotations: { readOnlyHint: true, openWorldHint: false },
  input,
  answer: pageOf(ticketRow),
  run(deps, { principal, input: { status, priority, channel, assignee, agent, tag, ...rest } }) {
    const lists = { status: listed(status), priority: listed(priority), channel: listed(channel), assignee: listed(assignee), agent: listed(agent), tag: listed(tag) };
    return tickets(deps, principal, { ...rest, ...lists });
  },
  words({ items, next }) {
    const lines = items.map(({ number, status, priority, subject, requester: { name }, assignee }) => `#${number} ${status}, ${priority}, ${assignee?.name ?? 'nobody'}: ${JSON.stringify(subject)} from ${JSON.stringify(name)}`);
    return [`${items.length} tickets${next === null ? '' : ', and more behind the cursor in next'}.`, ...lines].join('\n');
  },
});

function anyOf<T extends z.ZodType<string>>(item: T, description: string) {
  return z.array(item).max(20).optional().meta({ description });
}

function listed(values: readonly string[] | undefined): string | undefined {
  return values === undefined || values.length === 0 ? undefined : values.join(',');
}
