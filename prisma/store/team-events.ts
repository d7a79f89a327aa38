import { Prisma } from '../generated/client.ts';
import type { SqlDb } from '../transaction.ts';
import { ROUTER_CHANNEL } from './routing/router-flag.ts';

/** The channel that the api processes listen on: only a wake-up, the events themselves are rows. */
export const EVENT_CHANNEL = 'baton_events';

export interface TeamEventInput {
  readonly kind: 'ticket' | 'conversation' | 'notification' | 'settings' | 'mail' | 'presence';
  readonly ticketId?: string;
  readonly conversationId?: string;
  readonly operatorId?: string;
}

interface Announcement {
  readonly events: readonly TeamEventInput[];
  readonly takesNumber?: boolean;
  /** The team's router could answer differently from now on: its flag goes up, and whoever raised it has it told. */
  readonly changesRouting?: boolean;
}

/**
 * Appends events to the team's stream: the last thing a transaction does, because it locks the team's row until the
 * commit. That lock makes the stream gapless: a reader who saw cursor n has seen everything up to n.
 */
export async function announce(
  db: SqlDb,
  teamId: string,
  { events, takesNumber = false, changesRouting = events.some(({ kind }) => kind === 'presence' || kind === 'settings') }: Announcement,
): Promise<{ number: number }> {
  const values = events.map(
    ({ kind, ticketId, conversationId, operatorId }, index) => Prisma.sql`(${index}::int, ${kind}, ${ticketId ?? null}, ${conversationId ?? null}, ${operatorId ?? null})`,
  );
  const rows = await db.$queryRaw<{ number: number }[]>`
    WITH team AS (
      UPDATE teams SET cursor = cursor + ${events.length}::int, next_number = next_number + ${takesNumber ? 1 : 0}::int,
        router_dirty = CASE WHEN routes AND ${changesRouting} THEN coalesce(teams.router_dirty, now()) ELSE teams.router_dirty END
      FROM (SELECT id AS old_id, router_dirty IS NULL AS was_clean FROM teams WHERE id = ${teamId} FOR UPDATE) AS old
      WHERE id = old.old_id
      RETURNING id, cursor - ${events.length}::int + 1 AS first, next_number - 1 AS number, old.was_clean AND teams.router_dirty IS NOT NULL AS wakes),
    told AS (
      INSERT INTO team_events (team_id, cursor, kind, ticket_id, conversation_id, operator_id)
      SELECT team.id, team.first + e.index, e.kind, e.ticket_id, e.conversation_id, e.operator_id
      FROM team, (VALUES ${Prisma.join(values)}) AS e (index, kind, ticket_id, conversation_id, operator_id) RETURNING 1)
    SELECT number, pg_notify(${EVENT_CHANNEL}, ${teamId})::text, CASE WHEN wakes THEN pg_notify(${ROUTER_CHANNEL}, ${teamId})::text END
    FROM team, (SELECT count(*) FROM told) AS done`;
  const row = rows[0];
  if (row === undefined) throw new Error(`team ${teamId} is not there`);
  return { number: row.number };
}
