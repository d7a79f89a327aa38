import { ACTIVE_STATUSES } from '#workflows/domain/status.ts';
import type { PrismaClient } from '../client.ts';
import { Prisma } from '../generated/client.ts';
import { retryingDeadlocks } from './deadlock.ts';
import { announce } from './team-events.ts';
import { lockTeam } from './team-lock.ts';

/** A counter that said something else than its rows do, before it was put right. */
export interface Mended {
  readonly key: string;
  readonly claimed: number;
  readonly counted: number;
}

/** Counting a million tickets takes seconds; whoever counts ten million waits. */
const COUNT_WITHIN_MS = 15 * 60_000;

/**
 * Counts what a team's counters stand for and puts right those that are wrong; returns these. Safe beside everything that
 * writes: rows and their counters are committed together, so that one snapshot shows by how much a counter is wrong,
 * and the difference is added to whatever it says by then. Nothing but wrong counters is locked, in the order of keys.
 */
export async function recountTeam(prisma: PrismaClient, teamId: string): Promise<Mended[]> {
  return retryingDeadlocks(() =>
    prisma.$transaction(
      async (db) => {
        // Two who count at once would both add the difference. The statement after it sees what the one before has mended.
        await lockTeam(db, teamId, 'counters');
        const mended = await db.$queryRaw<Mended[]>`
          WITH counted (key, n) AS (${countsOf(teamId)}),
          wrong AS (
            SELECT key, coalesce(c.n, 0) AS claimed, coalesce(r.n, 0)::int AS counted
            FROM (SELECT key, n FROM counters WHERE team_id = ${teamId}) AS c FULL JOIN counted AS r USING (key)
            WHERE coalesce(c.n, 0) <> coalesce(r.n, 0)),
          mended AS (
            INSERT INTO counters (team_id, key, n) SELECT ${teamId}, key, counted - claimed FROM wrong ORDER BY key COLLATE "C"
            ON CONFLICT (team_id, key) DO UPDATE SET n = counters.n + excluded.n)
          SELECT key, claimed, counted FROM wrong ORDER BY key COLLATE "C"`;
        if (mended.length > 0) await announce(db, teamId, { events: [{ kind: 'conversation' }, { kind: 'notification' }] });
        return mended;
      },
      { timeout: COUNT_WITHIN_MS },
    ),
  );
}

/** SQL: every counter that is not 0, as its rows say it: what `countKeysOf` is for one ticket, and the lists beside tickets. */
function countsOf(teamId: string): Prisma.Sql {
  const active = [...ACTIVE_STATUSES];
  return Prisma.sql`
    SELECT CASE WHEN status = ANY(${active}::text[]) THEN 'active' ELSE 'solved' END, count(*) FROM tickets WHERE team_id = ${teamId} GROUP BY 1
    UNION ALL SELECT coalesce('inbox:' || assignee_id, 'unassigned'), count(*) FROM tickets
      WHERE team_id = ${teamId} AND status = ANY(${active}::text[]) AND NOT is_snoozed GROUP BY 1
    UNION ALL SELECT 'follows:' || coalesce(agent_id, '') || ':' || (state->>'policyVersion'), count(*) FROM tickets
      WHERE team_id = ${teamId} AND status = ANY(${[...ACTIVE_STATUSES, 'resolved']}::text[]) GROUP BY 1
    UNION ALL SELECT 'conversations', count(*) FROM conversations WHERE team_id = ${teamId} AND in_view HAVING count(*) > 0
    UNION ALL SELECT 'bell:' || operator_id, count(*) FROM notifications WHERE team_id = ${teamId} AND read_at IS NULL GROUP BY 1
    UNION ALL SELECT 'mentions:' || operator_id, count(*) FROM mentions WHERE team_id = ${teamId} AND done_at IS NULL GROUP BY 1`;
}
