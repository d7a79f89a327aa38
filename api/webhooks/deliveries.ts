import type { z } from 'zod';
import type { WebhookDelivery } from '#prisma/generated/client.ts';
import { findDelivery, insertTest, listDeliveries, oweAgain } from '#prisma/store/webhooks/deliveries.ts';
import { findEndpoint } from '#prisma/store/webhooks/endpoints.ts';
import { refusalOf } from '#switchboard/refusal-of.ts';
import { wakeDrain } from '#switchboard/webhook-drains.ts';
import type { Page } from '#workflows/contract/views.ts';
import { listWebhookDeliveries, WEBHOOK_DELIVERY_STATES } from '#workflows/contract/webhooks.ts';
import type { WebhookDeliveryRow, WebhookDeliveryView } from '#workflows/contract/webhooks.ts';
import { ok, refuse } from '#workflows/domain/errors.ts';
import type { Result } from '#workflows/domain/errors.ts';
import { parseInput } from '../parse-input.ts';
import type { Principal } from '../principal.ts';
import { pageOfRows, readCursor } from '../queries/cursor.ts';
import { iso, isoOrNull } from '../queries/instants.ts';
import { refuseUnlessAdmin } from '../require-role.ts';
import { NO_SUCH_WEBHOOK } from './webhook-deps.ts';
import type { WebhookDeps } from './webhook-deps.ts';

const NO_SUCH_DELIVERY = refuse('not_found', 'The webhook has no such delivery; the log is kept for thirty days.');
const IS_OFF = refuse('webhook_off', 'The webhook is off. Turn it on first: then what is owed is sent.');

/** What was sent to an endpoint and what became of it, newest first; admins only. */
export async function webhookDeliveries({ prisma }: WebhookDeps, principal: Principal, id: string, query: z.input<typeof listWebhookDeliveries>): Promise<Result<Page<WebhookDeliveryRow>>> {
  const refused = refuseUnlessAdmin(principal);
  if (refused) return refused;
  const parsed = parseInput(listWebhookDeliveries, query, 'query');
  if (!parsed.ok) return parsed;
  const after = readCursor(parsed.value.cursor);
  if (!after.ok) return after;
  const { teamId } = principal;
  if ((await findEndpoint(prisma, teamId, id)) === null) return NO_SUCH_WEBHOOK;
  const { limit, state } = parsed.value;
  const rows = await listDeliveries(prisma, { teamId, endpointId: id, state, after: after.value, limit: limit + 1 });
  return ok(pageOfRows(rows, limit, { view: rowOf, keyset: (row) => ({ at: row.createdAt, id: row.id }) }));
}

/** One delivery with the body that was sent. */
export async function webhookDelivery({ prisma }: WebhookDeps, principal: Principal, id: string, deliveryId: string): Promise<Result<WebhookDeliveryView>> {
  const refused = refuseUnlessAdmin(principal);
  if (refused) return refused;
  const found = await findDelivery(prisma, { teamId: principal.teamId, endpointId: id, id: deliveryId });
  return found === null ? NO_SUCH_DELIVERY : ok(viewOf(found));
}

/** Sends a delivery again under its own id, whatever became of it; one that waits for its next try is tried now. */
export async function resendWebhook(deps: WebhookDeps, principal: Principal, id: string, deliveryId: string): Promise<Result<WebhookDeliveryView>> {
  const refused = refuseUnlessAdmin(principal);
  if (refused) return refused;
  const { teamId } = principal;
  const endpoint = await findEndpoint(deps.prisma, teamId, id);
  const found = await findDelivery(deps.prisma, { teamId, endpointId: id, id: deliveryId });
  if (endpoint === null || found === null) return NO_SUCH_DELIVERY;
  if (endpoint.disabledAt !== null) return IS_OFF;
  await oweAgain(deps.prisma, { teamId, endpointId: id, id: deliveryId, at: new Date(deps.now()) });
  await haveSent(deps, found);
  return webhookDelivery(deps, principal, id, deliveryId);
}

/** Sends a test event, once, whatever the endpoint listens to; its outcome is in the log. */
export async function testWebhook(deps: WebhookDeps, principal: Principal, id: string): Promise<Result<WebhookDeliveryView>> {
  const refused = refuseUnlessAdmin(principal);
  if (refused) return refused;
  const { teamId } = principal;
  const endpoint = await findEndpoint(deps.prisma, teamId, id);
  if (endpoint === null) return NO_SUCH_WEBHOOK;
  if (endpoint.disabledAt !== null) return IS_OFF;
  const made = await insertTest(deps.prisma, { teamId, endpointId: id, at: new Date(deps.now()) });
  await haveSent(deps, made);
  return webhookDelivery(deps, principal, id, made.id);
}

async function haveSent(deps: WebhookDeps, { teamId, endpointId, streamId }: WebhookDelivery): Promise<void> {
  try {
    await wakeDrain(deps, { teamId, endpointId, streamId }, { isDue: true });
  } catch (error) {
    // Throws what is no outage of the workflow server; after an outage the sweeper has it sent.
    refusalOf(error);
  }
}

function rowOf(row: Omit<WebhookDelivery, 'payload'>): WebhookDeliveryRow {
  const { id, type, streamId, attempts, nextTryAt, lastStatus, lastError, createdAt, settledAt } = row;
  return {
    id,
    type,
    streamId,
    state: WEBHOOK_DELIVERY_STATES.find((state) => state === row.state) ?? 'pending',
    attempts,
    nextTryAt: isoOrNull(nextTryAt),
    lastStatus,
    lastError,
    createdAt: iso(createdAt),
    settledAt: isoOrNull(settledAt),
  };
}

function viewOf(row: WebhookDelivery): WebhookDeliveryView {
  const { payload } = row;
  return { ...rowOf(row), payload: typeof payload === 'object' && payload !== null && !Array.isArray(payload) ? payload : {} };
}
