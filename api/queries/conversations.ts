import type { z } from 'zod';
import { Prisma } from '#prisma/generated/client.ts';
import { listConversations } from '#workflows/contract/queries.ts';
import type { ConversationsView } from '#workflows/contract/queries.ts';
import type { ConversationRow, Page } from '#workflows/contract/views.ts';
import { ok, refuseField } from '#workflows/domain/errors.ts';
import type { Result } from '#workflows/domain/errors.ts';
import { parseInput } from '../parse-input.ts';
import type { Principal } from '../principal.ts';
import type { TicketDeps } from '../ticket-deps.ts';
import { CONVERSATION_ROW_COLUMNS, CONVERSATION_ROW_JOINS, toConversationRow } from './conversation-row.ts';
import type { StoredConversationRow } from './conversation-row.ts';
import { pageOfRows, readCursor } from './cursor.ts';
import type { Keyset } from './cursor.ts';

/**
 * A page of conversations: `live` (no active ticket, a message in the last 30 minutes; the flagged ones first, P40),
 * all of the team, newest first, or those that one agent is to answer, the longest waiting first; of some agents or
 * channels, where they are named. An agent's key sees its own agent's.
 */
export async function conversations(
  { prisma }: Pick<TicketDeps, 'prisma'>,
  principal: Principal,
  query: z.input<typeof listConversations>,
): Promise<Result<Page<ConversationRow>>> {
  const parsed = parseInput(listConversations, query, 'query');
  if (!parsed.ok) return parsed;
  const { view, limit, cursor, agent, channel } = parsed.value;
  const after = readCursor(cursor);
  if (!after.ok) return after;
  // An empty list, as of a filter that is cleared, asks for all.
  const asked = agent !== undefined && agent.length > 0 ? agent : null;
  // An agent that asks for another agent's sees none, and not its own under a wrong name.
  if (principal.kind === 'agent' && asked !== null && !asked.includes(principal.agentId)) return ok({ items: [], next: null });
  const agentIds = principal.kind === 'agent' ? [principal.agentId] : asked;
  // Over all agents it would read every conversation that waits for a person too: the index leads by agent.
  if (view === 'to_answer' && (agentIds?.length !== 1 || agentIds[0] === 'none')) return refuseField('query.agent', 'must name the one agent whose turn it is, for the view to_answer');
  const { page, keyset } = LISTINGS[view];
  const rows = await prisma.$queryRaw<StoredConversationRow[]>`
    SELECT ${CONVERSATION_ROW_COLUMNS} FROM conversations c ${CONVERSATION_ROW_JOINS}
    WHERE c.team_id = ${principal.teamId} ${ofAgents(agentIds)} ${ofChannels(channel ?? [])} ${page(after.value)} LIMIT ${limit + 1}::int`;
  return ok(pageOfRows(rows, limit, { view: toConversationRow, keyset }));
}

function ofAgents(agentIds: readonly string[] | null): Prisma.Sql {
  if (agentIds === null) return Prisma.empty;
  const [one, ...others] = agentIds;
  // Equality alone keeps the order of the index.
  if (others.length === 0 && one !== 'none') return Prisma.sql`AND c.agent_id = ${one}`;
  return Prisma.sql`AND (c.agent_id = ANY(${agentIds.filter((id) => id !== 'none')}::text[]) OR ${agentIds.includes('none')} AND c.agent_id IS NULL)`;
}

function ofChannels(channels: readonly string[]): Prisma.Sql {
  return channels.length === 0 ? Prisma.empty : Prisma.sql`AND c.channel = ANY(${[...channels]}::text[])`;
}

interface Listing {
  /** Which of them, from where on, in which order. */
  readonly page: (after: Keyset | null) => Prisma.Sql;
  readonly keyset: (row: StoredConversationRow) => Keyset;
}

// The flagged ones come first: their instants are moved past every other by a century, in the order and in the cursor.
const CENTURY_MS = Date.UTC(2070, 0);
const LIVE_ORDER = Prisma.sql`(coalesce(c.last_message_at, c.created_at) + CASE WHEN c.flagged_at IS NULL THEN interval '0' ELSE interval '1 millisecond' * ${CENTURY_MS}::float8 END)`;

const LISTINGS: Readonly<Record<ConversationsView, Listing>> = {
  live: {
    page: (after) => {
      const from = after === null ? Prisma.empty : Prisma.sql`AND ${LIVE_ORDER} <= ${after.at} AND (${LIVE_ORDER} < ${after.at} OR c.id > ${after.id})`;
      return Prisma.sql`AND c.in_view ${from} ORDER BY ${LIVE_ORDER} DESC, c.id`;
    },
    keyset: (row) => {
      const at = (row.last_message_at ?? row.created_at).getTime();
      return { at: new Date(row.flagged_at === null ? at : at + CENTURY_MS), id: row.id };
    },
  },
  all: {
    page: (after) => {
      const from = after === null ? Prisma.empty : Prisma.sql`AND c.created_at <= ${after.at} AND (c.created_at < ${after.at} OR c.id > ${after.id})`;
      return Prisma.sql`${from} ORDER BY c.created_at DESC, c.id`;
    },
    keyset: (row) => ({ at: row.created_at, id: row.id }),
  },
  to_answer: {
    page: (after) => {
      const from = after === null ? Prisma.empty : Prisma.sql`AND c.unanswered_since >= ${after.at} AND (c.unanswered_since > ${after.at} OR c.id > ${after.id})`;
      return Prisma.sql`AND NOT c.is_paused AND c.unanswered_since IS NOT NULL ${from} ORDER BY c.unanswered_since, c.id`;
    },
    keyset: (row) => ({ at: row.unanswered_since ?? row.created_at, id: row.id }),
  },
};
