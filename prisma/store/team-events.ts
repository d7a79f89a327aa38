import { Prisma } from '../generated/client.ts';
import type { Db } from '../client.ts';

/** The channel that the api processes listen on: only a wake-up, the events themselves are rows. */
export const EVENT_CHANNEL = 'baton_events';

export interface TeamEventInput {
  readonly kind: 'ticket' | 'conversation' | 'notification' | 'settings' | 'mail';
  readonly ticketId?: string;
  readonly conversationId?: string;
  readonly operatorId?: string;
}

/**
 * Appends events to the team's stream: the last thing a transaction does, because it locks the team's row until the
 * commit. That lock makes the stream gapless: a reader who saw cursor n has seen everything up to n.
 */
export async function announce(
  db: Db,
  teamId: string,
  { events, takesNumber = false }: { events: readonly TeamEventInput[]; takesNumber?: boolean },
): Promise<{ number: number }> {
  const rows = await db.$queryRaw<{ cursor: bigint; number: number }[]>`
    UPDATE teams SET cursor = cursor + ${events.length}::int, next_number = next_number + ${takesNumber ? 1 : 0}::int
    WHERE id = ${teamId} RETURNING cursor, next_number - 1 AS number`;
  const row = rows[0];
  if (row === undefined) throw new Error(`team ${teamId} is not there`);
  const first = row.cursor - BigInt(events.length) + 1n;
  const values = events.map(
    (event, index) =>
      Prisma.sql`(${teamId}, ${first + BigInt(index)}, ${event.kind}, ${event.ticketId ?? null}, ${event.conversationId ?? null}, ${event.operatorId ?? null})`,
  );
  await db.$executeRaw`
    WITH told AS (INSERT INTO team_events (team_id, cursor, kind, ticket_id, conversation_id, operator_id) VALUES ${Prisma.join(values)} RETURNING 1)
    SELECT pg_notify(${EVENT_CHANNEL}, ${teamId}) FROM (SELECT count(*) FROM told) AS done`;
  return { number: row.number };
}
