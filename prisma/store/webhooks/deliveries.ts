import { TEST_EVENT, webhookPayload } from '#workflows/contract/webhook-events.ts';
import type { WebhookDeliveryState } from '#workflows/contract/webhooks.ts';
import type { Db } from '../../client.ts';
import type { WebhookDelivery } from '../../generated/client.ts';
import { newId } from '../new-id.ts';

interface DeliveriesWanted {
  readonly teamId: string;
  readonly endpointId: string;
  readonly state?: WebhookDeliveryState | undefined;
  readonly after: { readonly at: Date; readonly id: string } | null;
  readonly limit: number;
}

/** An endpoint's log, newest first. */
export async function listDeliveries(db: Db, { teamId, endpointId, state, after, limit }: DeliveriesWanted): Promise<Omit<WebhookDelivery, 'payload'>[]> {
  const from = after === null ? {} : { createdAt: { lte: after.at }, OR: [{ createdAt: { lt: after.at } }, { id: { gt: after.id } }] };
  return db.webhookDelivery.findMany({
    where: { teamId, endpointId, ...(state !== undefined && { state }), ...from },
    orderBy: [{ createdAt: 'desc' }, { id: 'asc' }],
    take: limit,
    omit: { payload: true },
  });
}

export async function findDelivery(db: Db, { teamId, endpointId, id }: { teamId: string; endpointId: string; id: string }): Promise<WebhookDelivery | null> {
  return db.webhookDelivery.findFirst({ where: { id, endpointId, teamId } });
}

/** Owes a delivery anew, whatever became of it, under the id that it has; one that waits for its next try is tried now. */
export async function oweAgain(db: Db, { teamId, endpointId, id, at }: { teamId: string; endpointId: string; id: string; at: Date }): Promise<void> {
  await db.webhookDelivery.updateMany({
    where: { id, endpointId, teamId },
    data: { state: 'pending', attempts: 0, firstTriedAt: null, nextTryAt: at, settledAt: null },
  });
}

/** A test event, in a stream of its own: it waits behind nothing, and nothing behind it. */
export async function insertTest(db: Db, { teamId, endpointId, at }: { teamId: string; endpointId: string; at: Date }): Promise<WebhookDelivery> {
  const id = newId('webhookDelivery');
  const payload = webhookPayload({ type: TEST_EVENT, data: { webhookId: endpointId } }, at.getTime());
  return db.webhookDelivery.create({ data: { id, teamId, endpointId, streamId: id, source: id, type: TEST_EVENT, payload, nextTryAt: at, createdAt: at } });
}

const KEPT_MS = 30 * 24 * 60 * 60_000;

/** The log is kept for thirty days. An event that was queued while its endpoint was being deleted, unseen by that, is owed to nobody. */
export async function forgetOldDeliveries(db: Db, { teamId, now }: { teamId: string; now: Date }): Promise<void> {
  await db.$executeRaw`
    DELETE FROM webhook_deliveries d
    WHERE d.team_id = ${teamId} AND d.next_try_at <= ${now} AND NOT EXISTS (SELECT 1 FROM webhook_endpoints w WHERE w.id = d.endpoint_id)`;
  const endpoints = await db.webhookEndpoint.findMany({ where: { teamId }, select: { id: true } });
  if (endpoints.length === 0) return;
  await db.webhookDelivery.deleteMany({ where: { teamId, endpointId: { in: endpoints.map(({ id }) => id) }, createdAt: { lt: new Date(now.getTime() - KEPT_MS) } } });
}
