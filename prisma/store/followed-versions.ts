import type { SqlDb } from '../transaction.ts';

export interface Followed {
  readonly agentId: string | null;
  /** As `followedVersion` names it. */
  readonly version: string;
  readonly tickets: number;
}

const FOLLOWS = 'follows';

/** The counter of open tickets of an agent (or of none) that follow this version; projections keep it. */
export function followsKey({ agentId, policyVersion }: { readonly agentId: string | null; readonly policyVersion: string }): string {
  return `${FOLLOWS}:${agentId ?? ''}:${policyVersion}`;
}

/** The team's open tickets by agent and by the version of the settings that they follow, as far as they have written it down: read, not counted. */
export async function countFollowed(db: SqlDb, teamId: string): Promise<readonly Followed[]> {
  return db.$queryRaw<Followed[]>`
    SELECT nullif(split_part(key, ':', 2), '') AS "agentId", split_part(key, ':', 3) AS version, n AS tickets
    FROM counters WHERE team_id = ${teamId} AND starts_with(key, ${`${FOLLOWS}:`}) AND n > 0`;
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
