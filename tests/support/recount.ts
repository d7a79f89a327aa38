import type { PrismaClient } from '#prisma/client.ts';

interface Count {
  readonly key: string;
  readonly n: number;
}

/**
 * Counts by hand what the rail's counters claim (P40), and returns every key where the two differ: an empty list is
 * what every test wants to see. Counters at 0 and counters that are not there are the same.
 */
export async function recount(prisma: PrismaClient, teamId: string): Promise<{ key: string; counter: number; counted: number }[]> {
  const [claimed, counted] = await Promise.all([
    prisma.counter.findMany({ where: { teamId }, select: { key: true, n: true } }),
    prisma.$queryRaw<Count[]>`
      SELECT 'active' AS key, count(*)::int AS n FROM tickets WHERE team_id = ${teamId} AND status IN ('new', 'on_you', 'on_customer', 'on_hold')
      UNION ALL SELECT 'solved', count(*)::int FROM tickets WHERE team_id = ${teamId} AND status IN ('resolved', 'closed', 'cancelled')
      UNION ALL SELECT coalesce('inbox:' || assignee_id, 'unassigned'), count(*)::int FROM tickets
        WHERE team_id = ${teamId} AND status IN ('new', 'on_you', 'on_customer', 'on_hold') AND state -> 'snooze' = 'null'::jsonb GROUP BY 1
      UNION ALL SELECT 'follows:' || coalesce(agent_id, '') || ':' || (state->>'policyVersion'), count(*)::int FROM tickets
        WHERE team_id = ${teamId} AND status NOT IN ('closed', 'cancelled') GROUP BY 1
      UNION ALL SELECT 'conversations', count(*)::int FROM conversations WHERE team_id = ${teamId} AND in_view
      UNION ALL SELECT 'bell:' || operator_id, count(*)::int FROM notifications WHERE team_id = ${teamId} AND read_at IS NULL GROUP BY 1
      UNION ALL SELECT 'mentions:' || operator_id, count(*)::int FROM mentions WHERE team_id = ${teamId} AND done_at IS NULL GROUP BY 1`,
  ]);
  const truth = new Map(counted.map(({ key, n }) => [key, n]));
  const claims = new Map(claimed.map(({ key, n }) => [key, n]));
  return [...new Set([...truth.keys(), ...claims.keys()])]
    .map((key) => ({ key, counter: claims.get(key) ?? 0, counted: truth.get(key) ?? 0 }))
    .filter(({ counter, counted: n }) => counter !== n);
}
