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
import { nextClocks } from './next-clocks.ts';
import { TICKET_ROW_COLUMNS, ticketRowJoins, toTicketRow } from './ticket-row.ts';
import type { StoredTicketRow } from './ticket-row.ts';
import { amongTheFirst, byWords, readSearch } from './ticket-search.ts';

type Deps = Pick<TicketDeps, 'prisma' | 'now'>;

/**
 * A page of tickets, by view, filters and search, from an index and never by counting. `inbox` and `mentions` are those
 * of the person who asks, and empty for a key.
 */
export async function tickets({ prisma, now }: Deps, principal: Principal, query: z.input<typeof listTickets>): Promise<Result<Page<TicketRow>>> {
  const refused = refuseUnlessReader(principal);
  if (refused) return refused;
  const parsed = parseInput(listTickets, query, 'query');
  if (!parsed.ok) return parsed;
  const after = readCursor(parsed.value.cursor);
  if (!after.ok) return after;
  const operatorId = principal.kind === 'operator' ? principal.operatorId : null;
  const { limit, sort } = parsed.value;
  const asked = { teamId: principal.teamId, operatorId, query: parsed.value, after: after.value };
  let rows: StoredTicketRow[] = [];
  for (const page of pagesFor(asked)) {
    rows = await prisma.$queryRaw<StoredTicketRow[]>`
      SELECT ${TICKET_ROW_COLUMNS} FROM (${page}) AS t ${ticketRowJoins(operatorId)} ORDER BY ${ticketOrder(parsed.value)}`;
    if (rows.length > limit) break;
  }
  const clocks = await nextClocks(prisma, principal.teamId, rows.slice(0, limit), now());
  return ok(pageOfRows(rows, limit, { view: (row) => ({ ...toTicketRow(row), nextClock: clocks.get(row.id) ?? null }), keyset: (row) => ({ at: sort === 'updated' ? row.updated_at : row.created_at, id: row.id }) }));
}

interface Asked {
  readonly teamId: string;
  readonly operatorId: string | null;
  readonly query: ListTickets;
  readonly after: Keyset | null;
}

/** The page's tickets and one more, before anything is joined to them: ways to find them, the next one where one finds too few. */
function pagesFor({ after, ...asked }: Asked): Prisma.Sql[] {
  const { query, teamId } = asked;
  const conditions = Prisma.sql`${ticketConditions(asked)} ${afterKeyset(after, query)}`;
  const order = ticketOrder(query);
  const limit = query.limit + 1;
  const search = query.q === undefined || query.q.trim() === '' ? null : readSearch(query.q);
  const plain = (more: Prisma.Sql) => Prisma.sql`SELECT t.* FROM tickets t WHERE ${conditions} ${more} ORDER BY ${order} LIMIT ${limit}::int`;
  if (search === null) return [plain(Prisma.empty)];
  if (search.kind === 'nothing') return [];
  if (search.kind === 'number') return [plain(Prisma.sql`AND t.number = ${search.number}::int`)];
  const asking = { teamId, words: search.query, conditions, order, limit };
  return [amongTheFirst(asking), byWords(asking)];
}
