import type { Db } from '../client.ts';

/**
 * Serialises one kind of change of a team until the transaction ends: two admins cannot demote each other at once, and
 * two addresses or schedules cannot both become the default. An advisory lock, because the team's row is written by every projection.
 */
export async function lockTeam(db: Db, teamId: string, what: 'roles' | 'addresses' | 'schedules' | 'groups' | 'policies' | 'counters' | 'webhooks' | 'widgets'): Promise<void> {
  await db.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`${what}:${teamId}`}, 0))`;
}
