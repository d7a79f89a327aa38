import type { PrismaClient } from '#prisma/client.ts';
import { newId } from '#store/new-id.ts';
import { announce } from '#store/team-events.ts';

const AN_HOUR_MS = 3_600_000;

/** Equal people of one team, by SQL: everybody says online, and nobody is there before `comeOnline`. */
export async function seedOperators(prisma: PrismaClient, { teamId, count, cap }: { teamId: string; count: number; cap: number | null }): Promise<string[]> {
  const ids = Array.from({ length: count }, () => newId('operator'));
  await prisma.$executeRaw`
    INSERT INTO users (id, name, email, updated_at) SELECT 'usr_' || id, 'Ben ' || i, lower(id) || '@team.test', now() FROM unnest(${ids}::text[]) WITH ORDINALITY AS people (id, i)`;
  await prisma.$executeRaw`
    INSERT INTO operators (id, team_id, user_id, name, email, role, cap)
    SELECT id, ${teamId}, 'usr_' || id, 'Ben ' || i, lower(id) || '@team.test', 'operator', ${cap}::int FROM unnest(${ids}::text[]) WITH ORDINALITY AS people (id, i)`;
  return ids;
}

/** All of them open the inbox in the same moment: each takes a lease, and the team is told. */
export async function comeOnline(prisma: PrismaClient, teamId: string, operatorIds: readonly string[]): Promise<void> {
  await prisma.$transaction(async (db) => {
    await db.$executeRaw`
      INSERT INTO presence_leases (id, team_id, operator_id, expires_at, last_activity_at)
      SELECT 'lse_' || id, ${teamId}, id, ${new Date(Date.now() + AN_HOUR_MS)}, now() FROM unnest(${[...operatorIds]}::text[]) AS id`;
    await announce(db, teamId, { events: operatorIds.map((operatorId) => ({ kind: 'presence', operatorId })) });
  });
}
