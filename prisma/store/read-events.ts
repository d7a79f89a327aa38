import type { Db } from '../client.ts';

/** One change, by ids alone; `cursor` grows by one from event to event of a team. */
export interface TeamEventRow {
  readonly cursor: bigint;
  readonly kind: string;
  readonly ticketId: string | null;
  readonly conversationId: string | null;
  readonly operatorId: string | null;
}

/** Events are kept this long. */
export const EVENT_HOURS = 24;

/** The events after a cursor, in order. */
export async function eventsAfter(db: Db, teamId: string, after: bigint, most: number): Promise<TeamEventRow[]> {
  return db.teamEvent.findMany({
    where: { teamId, cursor: { gt: after } },
    orderBy: { cursor: 'asc' },
    take: most,
    select: { cursor: true, kind: true, ticketId: true, conversationId: true, operatorId: true },
  });
}

/** Where a team's stream stands: its newest cursor, the oldest that is kept, and the newest that is older than a moment. */
export async function streamEnds(db: Db, teamId: string, { secondsAgo }: { secondsAgo: number }): Promise<{ newest: bigint; oldest: bigint | null; before: bigint } | null> {
  const rows = await db.$queryRaw<{ newest: bigint; oldest: bigint | null; recent: bigint | null }[]>`
    SELECT t.cursor AS newest,
      (SELECT min(e.cursor) FROM team_events e WHERE e.team_id = t.id) AS oldest,
      (SELECT min(e.cursor) FROM team_events e
        WHERE e.team_id = t.id AND e.cursor > t.cursor - 200 AND e.at > now() - make_interval(secs => ${secondsAgo})) AS recent
    FROM teams t WHERE t.id = ${teamId}`;
  const row = rows[0];
  return row === undefined ? null : { newest: row.newest, oldest: row.oldest, before: row.recent === null ? row.newest : row.recent - 1n };
}

/** Which of these conversations belong to an agent. */
export async function conversationsOf(db: Db, agentId: string, ids: readonly string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set();
  const rows = await db.conversation.findMany({ where: { id: { in: [...ids] }, agentId }, select: { id: true } });
  return new Set(rows.map(({ id }) => id));
}

/** Forgets events that nobody resumes from any more, some thousand rows at a time. */
export async function forgetOldEvents(db: Db): Promise<number> {
  return db.$executeRaw`
    DELETE FROM team_events WHERE (team_id, cursor) IN
      (SELECT team_id, cursor FROM team_events WHERE at < now() - make_interval(hours => ${EVENT_HOURS}) LIMIT 5000)`;
}
