import { Prisma } from '#prisma/generated/client.ts';
import type { ListTickets } from '#workflows/contract/queries.ts';
import type { Keyset } from './cursor.ts';

interface Asked {
  readonly teamId: string;
  /** Null for a key: nothing is "mine" to it. */
  readonly operatorId: string | null;
  readonly query: ListTickets;
}

/** The conditions on `t` that a list asks for; always begins with the team. */
export function ticketConditions(asked: Asked): Prisma.Sql {
  const { teamId, query } = asked;
  const conditions = [Prisma.sql`t.team_id = ${teamId}`, ...viewConditions(query.view, asked), ...filterConditions(asked)];
  return Prisma.join(conditions, ' AND ');
}

/** P40. Snoozed tickets are out of Inbox and Unassigned, and stay in All. */
function viewConditions(view: ListTickets['view'], { teamId, operatorId }: { teamId: string; operatorId: string | null }): Prisma.Sql[] {
  switch (view) {
    case undefined:
      return [];
    case 'inbox':
      return [Prisma.sql`t.is_active AND t.assignee_id = ${operatorId} AND NOT t.is_snoozed`];
    case 'unassigned':
      return [Prisma.sql`t.is_active AND t.assignee_id IS NULL AND NOT t.is_snoozed`];
    case 'all':
      return [Prisma.sql`t.is_active`];
    case 'solved':
      return [Prisma.sql`NOT t.is_active`];
    case 'mentions':
      return [
        Prisma.sql`t.id IN (SELECT m.ticket_id FROM mentions m WHERE m.team_id = ${teamId} AND m.operator_id = ${operatorId} AND m.done_at IS NULL)`,
      ];
  }
}

function filterConditions({ query, operatorId, teamId }: Asked): Prisma.Sql[] {
  const found: Prisma.Sql[] = [];
  const among = (column: Prisma.Sql, values: readonly string[] | undefined) => {
    const [first, ...others] = values ?? [];
    // One value keeps the order of an index that begins with it; of several PostgreSQL would have to sort what it finds.
    if (first !== undefined) found.push(others.length === 0 ? Prisma.sql`${column} = ${first}` : Prisma.sql`${column} = ANY(${[first, ...others]}::text[])`);
  };
  among(Prisma.sql`t.status`, query.status);
  among(Prisma.sql`t.priority`, query.priority);
  among(Prisma.sql`t.channel`, query.channel);
  orNone(found, Prisma.sql`t.assignee_id`, query.assignee?.flatMap((one) => (one === 'me' ? (operatorId ?? []) : one)));
  orNone(found, Prisma.sql`t.agent_id`, query.agent);
  if (query.tag !== undefined && query.tag.length > 0) found.push(Prisma.sql`t.tags && ${[...query.tag]}::text[]`);
  if (query.language !== undefined && query.language.length > 0) found.push(Prisma.sql`t.requester_id IN (SELECT id FROM requesters WHERE team_id = ${teamId} AND primary_language = ANY(${[...query.language]}::text[]))`);
  if (query.requester !== undefined) found.push(Prisma.sql`t.requester_id = ${query.requester}`);
  if (query.number !== undefined) found.push(Prisma.sql`t.number = ${Math.min(query.number, 2_147_483_647)}::int`);
  if (query.createdAfter !== undefined) found.push(Prisma.sql`t.created_at >= ${new Date(query.createdAfter)}`);
  if (query.createdBefore !== undefined) found.push(Prisma.sql`t.created_at < ${new Date(query.createdBefore)}`);
  return found;
}

/** A column that may be any of these, `none` meaning null. Given but naming nobody (`me` of a key): nothing matches. */
function orNone(found: Prisma.Sql[], column: Prisma.Sql, values: readonly string[] | undefined): void {
  if (values === undefined) return;
  const ids = values.filter((value) => value !== 'none');
  const isNull = values.includes('none') ? Prisma.sql`${column} IS NULL` : Prisma.sql`false`;
  found.push(ids.length === 0 ? isNull : Prisma.sql`(${isNull} OR ${column} = ANY(${ids}::text[]))`);
}

/** The order of a list over `t`, which is that of an index read forwards or backwards. */
export function ticketOrder({ sort, order }: Pick<ListTickets, 'sort' | 'order'>): Prisma.Sql {
  const column = sortColumn(sort);
  return order === 'desc' ? Prisma.sql`${column} DESC, t.id ASC` : Prisma.sql`${column} ASC, t.id DESC`;
}

/** What comes after `after` in that order. The first half alone bounds the index. */
export function afterKeyset(after: Keyset | null, { sort, order }: Pick<ListTickets, 'sort' | 'order'>): Prisma.Sql {
  if (after === null) return Prisma.empty;
  const column = sortColumn(sort);
  return order === 'desc'
    ? Prisma.sql`AND ${column} <= ${after.at} AND (${column} < ${after.at} OR t.id > ${after.id})`
    : Prisma.sql`AND ${column} >= ${after.at} AND (${column} > ${after.at} OR t.id < ${after.id})`;
}

function sortColumn(sort: ListTickets['sort']): Prisma.Sql {
  return sort === 'updated' ? Prisma.sql`t.updated_at` : Prisma.sql`t.created_at`;
}
