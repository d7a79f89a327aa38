import type { PrismaClient } from '../client.ts';
import { countChanges } from './projecting/counts.ts';
import { announce } from './team-events.ts';

/** Takes a ticket off a person's Mentions; false where it was not on it. */
export async function endMention(
  prisma: PrismaClient,
  { teamId, operatorId, ticketId, at }: { teamId: string; operatorId: string; ticketId: string; at: Date },
): Promise<boolean> {
  return prisma.$transaction(async (db) => {
    const { count } = await db.mention.updateMany({ where: { teamId, operatorId, ticketId, doneAt: null }, data: { doneAt: at } });
    if (count === 0) return false;
    await countChanges(db, teamId, [{ key: `mentions:${operatorId}`, by: -1 }]);
    await announce(db, teamId, { events: [{ kind: 'notification', ticketId, operatorId }] });
    return true;
  });
}
