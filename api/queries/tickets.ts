import type { z } from 'zod';
import { Prisma } from '#prisma/generated/client.ts';
import { listTickets } from '#workflows/contract/queries.ts';
import type { ListTickets } from '#workflows/contract/queries.ts';
import type { Page, TicketRow } from '#workflows/contract/views.ts';
import { ok } from '#workflows/domain/errors.ts';
import type { Result } from '#workflows/domain/errors.ts';
import { parseInput } from '../parse-input.ts';
import type { Principal } from '../principal.ts';
import { refuseUnlessReader } from '../require-role.ts';
import type { TicketDeps } from '../ticket-deps.ts';
import { pageOfRows, readCursor } from './cursor.ts';
import type { Keyset } from './cursor.ts';
import { afterKeyset, ticketConditions, ticketOrder } from './ticket-filters.ts';
import { TICKET_ROW_COLUMNS, ticketRowJoins, toTicketRow } from './ticket-row.ts';
import type { StoredTicketRow } from './ticket-row.ts';
import { readSearch } from './ticket-search.ts';

type Deps = Pick<TicketDeps, 'prisma'>;

/** Conversations whose messages match a search are looked at up to this many: a word that is everywhere finds nobody. */
const MOST_MATCHING_MESSAGES = 1_000;

/**
 * A page of tickets, by view, filters and search, from an index and never by counting. `inbox` and `mentions` are those
 * of the person who asks, and empty for a key.
 */
export async function tickets({ prisma }: Deps, principal: Principal, query: z.input<typeof listTickets>): Promise<Result<Page<TicketRow>>> {
  const refused = refuseUnlessReader(principal);
  if (refused) return refused;
  const parsed = parseInput(listTickets, query, 'query');
  if (!parsed.ok) return parsed;
  const after = readCursor(parsed.value.cursor);
  if (!after.ok) return after;
  const operatorId = principal.kind === 'operator' ? principal.operatorId : null;
  const page = selectPage({ teamId: principal.teamId, operatorId, query: parsed.value, after: after.value });
  if (page === null) return ok({ items: [], next: null });
  const rows = await prisma.$queryRaw<StoredTicketRow[]>`
    SELECT ${TICKET_ROW_COLUMNS} FROM (${page}) AS t ${ticketRowJoins(operatorId)} ORDER BY ${ticketOrder(parsed.value)}`;
  const keyset = (row: StoredTicketRow) => ({ at: parsed.value.sort === 'updated' ? row.updated_at : row.created_at, id: row.id });
  return ok(pageOfRows(rows, parsed.value.limit, { view: toTicketRow, keyset }));
}

interface Asked {
  readonly teamId: string;
  readonly operatorId: string | null;
  readonly query: ListTickets;
  readonly after: Keyset | null;
}

/** The page's tickets and one more, before anything is joined to them; null where nothing can match. */
function selectPage({ after, ...asked }: Asked): Prisma.Sql | null {
  const { query, teamId } = asked;
  const conditions = Prisma.sql`${ticketConditions(asked)} ${afterKeyset(after, query)}`;
  const end = Prisma.sql`ORDER BY ${ticketOrder(query)} LIMIT ${query.limit + 1}::int`;
  const search = query.q === undefined || query.q.trim() === '' ? null : readSearch(query.q);
  if (search === null) return Prisma.sql`SELECT t.* FROM tickets t WHERE ${conditions} ${end}`;
  if (search.kind === 'nothing') return null;
  if (search.kind === 'number') return Prisma.sql`SELECT t.* FROM tickets t WHERE ${conditions} AND t.number = ${search.number}::int ${end}`;
  // Two indexes, each asked for a page of its own: an OR over both would read every ticket.
  return Prisma.sql`
    SELECT t.* FROM (
      (SELECT t.* FROM tickets t WHERE ${conditions} AND t.search @@ ${search.query} ${end})
      UNION ALL
      (SELECT t.* FROM tickets t WHERE ${conditions} AND (t.search @@ ${search.query}) IS NOT TRUE AND t.conversation_id IN (
        SELECT m.conversation_id FROM messages m
        WHERE m.team_id = ${teamId} AND m.accepted_at IS NOT NULL AND m.search @@ ${search.query} LIMIT ${MOST_MATCHING_MESSAGES}::int) ${end})
    ) AS t ${end}`;
}
