import type { WebhookOffReason } from '#workflows/contract/webhooks.ts';
import type { Actor } from '#workflows/domain/actor.ts';
import type { Db } from '../../client.ts';
import type { WebhookEndpoint } from '../../generated/client.ts';
import { newId } from '../new-id.ts';

export async function listEndpoints(db: Db, teamId: string): Promise<WebhookEndpoint[]> {
  return db.webhookEndpoint.findMany({ where: { teamId }, orderBy: [{ createdAt: 'asc' }, { id: 'asc' }] });
}

/** An endpoint of this team, or null: another team's id is nothing. */
export async function findEndpoint(db: Db, teamId: string, id: string): Promise<WebhookEndpoint | null> {
  return db.webhookEndpoint.findFirst({ where: { id, teamId } });
}

export interface NewEndpoint {
  readonly teamId: string;
  readonly url: string;
  readonly description: string;
  readonly events: readonly string[];
  readonly by: Actor;
  readonly at: Date;
}

export async function insertEndpoint(db: Db, { teamId, url, description, events, by, at }: NewEndpoint): Promise<WebhookEndpoint> {
  return db.webhookEndpoint.create({ data: { id: newId('webhook'), teamId, url, description, events: [...events], createdBy: { ...by }, createdAt: at } });
}

/** Changes what is given; null: the team has no such endpoint. */
export async function updateEndpoint(
  db: Db,
  { teamId, id, ...changes }: { teamId: string; id: string; url?: string; description?: string; events?: string[]; oldSecretUntil?: Date },
): Promise<WebhookEndpoint | null> {
  const { count } = await db.webhookEndpoint.updateMany({ where: { id, teamId }, data: changes });
  return count === 0 ? null : findEndpoint(db, teamId, id);
}

/** Turns an endpoint off, and parks what it is owed; false: it was off already, or is not there. */
export async function switchOff(db: Db, { teamId, id, why, at }: { teamId: string; id: string; why: WebhookOffReason; at: Date }): Promise<boolean> {
  const { count } = await db.webhookEndpoint.updateMany({ where: { id, teamId, disabledAt: null }, data: { disabledAt: at, disabledWhy: why } });
  if (count === 0) return false;
  await db.webhookDelivery.updateMany({ where: { endpointId: id, teamId, state: 'pending' }, data: { nextTryAt: null } });
  return true;
}

/** Turns it on again: what it is owed gets its three days anew, and the sweeper has it sent. */
export async function switchOn(db: Db, { teamId, id, at }: { teamId: string; id: string; at: Date }): Promise<void> {
  const { count } = await db.webhookEndpoint.updateMany({ where: { id, teamId, disabledAt: { not: null } }, data: { disabledAt: null, disabledWhy: null, failingSince: null } });
  if (count === 0) return;
  await db.webhookDelivery.updateMany({ where: { endpointId: id, teamId, state: 'pending' }, data: { nextTryAt: at, attempts: 0, firstTriedAt: null } });
}

/** Removes an endpoint with its log; its secrets are the caller's to forget. Returns whether it was there. */
export async function removeEndpoint(db: Db, teamId: string, id: string): Promise<boolean> {
  const { count } = await db.webhookEndpoint.deleteMany({ where: { id, teamId } });
  await db.webhookDelivery.deleteMany({ where: { endpointId: id, teamId } });
  return count > 0;
}
