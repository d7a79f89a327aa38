import type { Instant } from '#workflows/domain/instant.ts';
import type { PrismaClient } from '../client.ts';
import { countChanges } from './projecting/counts.ts';
import { announce } from './team-events.ts';

/** P40: a conversation leaves its view 30 minutes after its last message. Returns when the next one does. */
export async function retireConversations(prisma: PrismaClient, { teamId, now }: { teamId: string; now: Date }): Promise<Instant | null> {
  await prisma.$transaction(async (db) => {
    const retired = await db.$executeRaw`
      UPDATE conversations SET in_view = false
      WHERE id IN (SELECT id FROM conversations WHERE team_id = ${teamId} AND in_view AND view_until <= ${now} AND flagged_at IS NULL ORDER BY id FOR UPDATE)`;
    if (retired === 0) return;
    await countChanges(db, teamId, [{ key: 'conversations', by: -retired }]);
    await announce(db, teamId, { events: [{ kind: 'conversation' }] });
  });
  const next = await prisma.conversation.findFirst({
    where: { teamId, inView: true, flaggedAt: null },
    orderBy: { viewUntil: 'asc' },
    select: { viewUntil: true },
  });
  return next?.viewUntil?.getTime() ?? null;
}
