import { BATON } from '#workflows/domain/actor.ts';
import type { Db } from '../../client.ts';
import { newId } from '../new-id.ts';
import { countChanges } from '../projecting/counts.ts';
import { announce } from '../team-events.ts';

/** Tells every admin that a webhook was turned off by itself (P60); ends the transaction, as whoever locks the team does. */
export async function tellAdmins(db: Db, { teamId, webhookId, at }: { teamId: string; webhookId: string; at: Date }): Promise<void> {
  const admins = await db.operator.findMany({ where: { teamId, role: 'admin', disabledAt: null }, select: { id: true }, orderBy: { id: 'asc' } });
  if (admins.length === 0) return;
  await db.notification.createMany({
    data: admins.map(({ id: operatorId }) => ({ id: newId('notification'), teamId, operatorId, kind: 'webhook_off', ticketId: null, webhookId, seq: 0, actor: { ...BATON }, at })),
  });
  await countChanges(db, teamId, admins.map(({ id }) => ({ key: `bell:${id}`, by: 1 })));
  await announce(db, teamId, { events: admins.map(({ id: operatorId }) => ({ kind: 'notification' as const, operatorId })) });
}
