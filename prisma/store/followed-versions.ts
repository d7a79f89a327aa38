import type { SqlDb } from '../transaction.ts';

export interface Followed {
  readonly agentId: string | null;
  /** As `followedVersion` names it. */
  readonly version: string;
  readonly tickets: number;
}

/** The team's open tickets by agent and by the version of the settings that they follow, as far as they have written it down. */
export async function countFollowed(db: SqlDb, teamId: string): Promise<readonly Followed[]> {
  return db.$queryRaw<Followed[]>`
    SELECT agent_id AS "agentId", state->>'policyVersion' AS version, count(*)::int AS tickets
    FROM tickets WHERE team_id = ${teamId} AND status NOT IN ('closed', 'cancelled')
    GROUP BY agent_id, state->>'policyVersion'`;
}

export interface FollowingTicket {
  readonly id: string;
  readonly agentId: string | null;
  /** As `followedVersion` names it. */
  readonly version: string;
}

/** The next open tickets after an id, by id. */
export async function openTicketsAfter(db: SqlDb, { teamId, after, most }: { teamId: string; after: string; most: number }): Promise<readonly FollowingTicket[]> {
  return db.$queryRaw<FollowingTicket[]>`
    SELECT id, agent_id AS "agentId", state->>'policyVersion' AS version
    FROM tickets WHERE team_id = ${teamId} AND id > ${after} AND status NOT IN ('closed', 'cancelled')
    ORDER BY id LIMIT ${most}::int`;
}

/** What these tickets follow, open or not, as far as they have written it down. */
export async function followedBy(db: SqlDb, teamId: string, ticketIds: readonly string[]): Promise<readonly FollowingTicket[]> {
  return db.$queryRaw<FollowingTicket[]>`
    SELECT id, agent_id AS "agentId", state->>'policyVersion' AS version
    FROM tickets WHERE team_id = ${teamId} AND id = ANY(${[...ticketIds]}::text[])`;
}
