import type { SqlDb } from '#prisma/transaction.ts';
import { Prisma } from '#prisma/generated/client.ts';
import { refuse } from '#workflows/domain/errors.ts';
import type { Channel } from '#workflows/domain/channel.ts';
import type { Status } from '#workflows/domain/status.ts';

export const NO_SUCH_TICKET = refuse('not_found', 'There is no such ticket.');

/** What a command has to know of a ticket before it is given to its workflow. */
export interface TicketFacts {
  readonly id: string;
  readonly teamId: string;
  readonly number: number;
  readonly conversationId: string;
  readonly requesterId: string;
  readonly agentId: string | null;
  readonly channel: Channel;
  /** As it was last written down; the workflow decides on its own. */
  readonly status: Status;
  readonly lastSeq: number;
}

/** A ticket of this team by its id or its number (`12` or `#12`), or null: another team's is nothing. */
export async function findTicketFacts(db: SqlDb, teamId: string, idOrNumber: string): Promise<TicketFacts | null> {
  const named = ticketNamed(idOrNumber);
  if (named === null) return null;
  const rows = await db.$queryRaw<TicketFacts[]>`
    SELECT id, team_id AS "teamId", number, conversation_id AS "conversationId", requester_id AS "requesterId", agent_id AS "agentId", channel, status, last_seq AS "lastSeq"
    FROM tickets t WHERE t.team_id = ${teamId} AND ${named}`;
  return rows[0] ?? null;
}

/** The condition on `t` that a name of a ticket means; null for what can be neither an id nor a number. */
export function ticketNamed(idOrNumber: string): Prisma.Sql | null {
  const number = /^#?(\d{1,9})$/.exec(idOrNumber)?.[1];
  if (number !== undefined) return Prisma.sql`t.number = ${Number(number)}::int`;
  return /^tkt_[0-9A-Za-z]{8,40}$/.test(idOrNumber) ? Prisma.sql`t.id = ${idOrNumber}` : null;
}
