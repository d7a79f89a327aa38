import { Prisma } from '../generated/client.ts';
import type { Db, PrismaClient } from '../client.ts';
import { countChanges } from './projecting/counts.ts';
import { announce } from './team-events.ts';

export interface StoredNotification {
  readonly id: string;
  readonly kind: string;
  readonly actor: unknown;
  readonly at: Date;
  readonly read_at: Date | null;
  readonly ticket_id: string | null;
  readonly number: number | null;
  readonly subject: string | null;
  readonly webhook_id: string | null;
  readonly url: string | null;
}

/** A person's list (P60), newest first, from after `after` on. */
export async function listNotifications(
  db: Db,
  { teamId, operatorId, after, limit }: { teamId: string; operatorId: string; after: { at: Date; id: string } | null; limit: number },
): Promise<StoredNotification[]> {
  const from = after === null ? Prisma.empty : Prisma.sql`AND n.at <= ${after.at} AND (n.at < ${after.at} OR n.id > ${after.id})`;
  return db.$queryRaw<StoredNotification[]>`
    SELECT n.id, n.kind, n.actor, n.at, n.read_at, n.ticket_id, t.number, t.subject, n.webhook_id, w.url
    FROM notifications n LEFT JOIN tickets t ON t.id = n.ticket_id LEFT JOIN webhook_endpoints w ON w.id = n.webhook_id
    WHERE (t.id IS NOT NULL OR n.webhook_id IS NOT NULL) AND n.operator_id = ${operatorId} AND n.team_id = ${teamId} ${from}
    ORDER BY n.at DESC, n.id LIMIT ${limit}::int`;
}

/** Marks entries of a person's list as read, and takes them off the bell; what is read stays read. */
export async function readNotifications(
  prisma: PrismaClient,
  { teamId, operatorId, ids, at }: { teamId: string; operatorId: string; ids: readonly string[] | 'all'; at: Date },
): Promise<void> {
  await prisma.$transaction(async (db) => {
    const chosen = ids === 'all' ? {} : { id: { in: [...ids] } };
    const { count } = await db.notification.updateMany({ where: { teamId, operatorId, readAt: null, ...chosen }, data: { readAt: at } });
    if (count === 0) return;
    await countChanges(db, teamId, [{ key: `bell:${operatorId}`, by: -count }]);
    await announce(db, teamId, { events: [{ kind: 'notification', operatorId }] });
  });
}
