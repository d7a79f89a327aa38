import type { Db, PrismaClient } from '../../client.ts';
import type { WebhookDelivery, WebhookEndpoint } from '../../generated/client.ts';
import { endHanding } from './handing.ts';
import type { Handing } from './handing.ts';
import { deliverByAcceptance, toldMessage } from './told-message.ts';

/** What one drain sends. */
export interface Stream {
  readonly teamId: string;
  readonly endpointId: string;
  readonly streamId: string;
}

/** The oldest delivery of the stream that is owed; null: none is, or the endpoint is off or gone. */
export async function nextOwed(db: Db, { teamId, endpointId, streamId }: Stream): Promise<{ endpoint: WebhookEndpoint; delivery: WebhookDelivery } | null> {
  const endpoint = await db.webhookEndpoint.findFirst({ where: { id: endpointId, teamId, disabledAt: null } });
  if (endpoint === null) return null;
  const delivery = await db.webhookDelivery.findFirst({ where: { endpointId, streamId, teamId, state: 'pending' }, orderBy: { position: 'asc' } });
  return delivery === null ? null : { endpoint, delivery };
}

/** What waits behind a delivery that waits for its next try waits as long: nobody has to be told of it before. */
export async function waitBehind(db: Db, { teamId, endpointId, streamId }: Stream, until: Date): Promise<void> {
  await db.webhookDelivery.updateMany({ where: { endpointId, streamId, teamId, state: 'pending' }, data: { nextTryAt: until } });
}

/** Under what claim it was sent, if it needed one; `mayHaveArrived`: its receiver was connected to. */
export type Handed = (Handing & { readonly mayHaveArrived: boolean }) | null;

interface Tried {
  readonly delivery: Pick<WebhookDelivery, 'id' | 'teamId' | 'endpointId' | 'type' | 'payload' | 'attempts' | 'firstTriedAt'>;
  readonly status: number | null;
  readonly at: Date;
  readonly handing: Handed;
}

/** The receiver has taken it, and with it the message that it hands over. */
export async function recordDelivered(prisma: PrismaClient, { delivery, status, at, handing }: Tried): Promise<void> {
  const message = toldMessage(delivery);
  await prisma.$transaction(async (db) => {
    const tell = message === null ? null : await deliverByAcceptance(db, message, at);
    await db.webhookDelivery.updateMany({ where: { id: delivery.id, state: 'pending' }, data: { ...triedOnce(delivery, at), state: 'delivered', lastStatus: status, lastError: '', nextTryAt: null, settledAt: at } });
    await db.webhookEndpoint.updateMany({ where: { id: delivery.endpointId, failingSince: { not: null } }, data: { failingSince: null } });
    if (handing !== null) await endHanding(db, handing, handing);
    // Locks the team's row, and so comes last.
    await tell?.();
  });
}

/** A try that failed; `nextTryAt` null: for good. `countsAgainst`: the endpoint, too, fails from now on. */
export async function recordFailure(
  db: Db,
  { delivery, status, at, handing, error, nextTryAt, countsAgainst }: Tried & { error: string; nextTryAt: Date | null; countsAgainst: boolean },
): Promise<void> {
  const outcome = nextTryAt === null ? { state: 'failed', settledAt: at } : {};
  await db.webhookDelivery.updateMany({ where: { id: delivery.id, state: 'pending' }, data: { ...triedOnce(delivery, at), ...outcome, lastStatus: status, lastError: error, nextTryAt } });
  if (handing !== null) await endHanding(db, handing, handing);
  if (countsAgainst) await db.webhookEndpoint.updateMany({ where: { id: delivery.endpointId, failingSince: null }, data: { failingSince: at } });
}

/** It must not be sent any more: no try, and no failure of its receiver. */
export async function recordHeldBack(db: Db, { id, at }: { id: string; at: Date }): Promise<void> {
  await db.webhookDelivery.updateMany({ where: { id, state: 'pending' }, data: { state: 'held_back', lastError: 'Held back: a person has taken over.', nextTryAt: null, settledAt: at } });
}

function triedOnce({ attempts, firstTriedAt }: Tried['delivery'], at: Date) {
  return { attempts: attempts + 1, firstTriedAt: firstTriedAt ?? at };
}

/** At most so many a round of the sweeper: what is more waits for the next. */
const MOST_STREAMS = 100;

/** Streams of the team with something to send since before `before`, which nobody sends. */
export async function streamsLeft(db: Db, { teamId, before }: { teamId: string; before: Date }): Promise<Stream[]> {
  const rows = await db.$queryRaw<{ endpoint_id: string; stream_id: string }[]>`
    SELECT DISTINCT endpoint_id, stream_id FROM (
      SELECT d.endpoint_id, d.stream_id FROM webhook_deliveries d JOIN webhook_endpoints w ON w.id = d.endpoint_id AND w.disabled_at IS NULL
      WHERE d.team_id = ${teamId} AND d.next_try_at < ${before} AND d.state = 'pending' ORDER BY d.next_try_at LIMIT 1000) AS late
    LIMIT ${MOST_STREAMS}::int`;
  return rows.map((row) => ({ teamId, endpointId: row.endpoint_id, streamId: row.stream_id }));
}
