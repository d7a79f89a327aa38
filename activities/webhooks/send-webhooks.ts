import { Webhook } from 'standardwebhooks';
import type { WebhookDelivery, WebhookEndpoint } from '#prisma/generated/client.ts';
import { CLAIM_MS } from '#store/ai-claims.ts';
import { nextOwed, recordDelivered, recordFailure, recordHeldBack, waitBehind } from '#store/webhooks/drain.ts';
import type { Handed, Stream } from '#store/webhooks/drain.ts';
import { switchOff } from '#store/webhooks/endpoints.ts';
import { claimForApp } from '#store/webhooks/handing.ts';
import type { Clearance } from '#store/webhooks/handing.ts';
import { tellAdmins } from '#store/webhooks/notices.ts';
import { liveSecrets } from '#store/webhooks/secrets.ts';
import { toldMessage } from '#store/webhooks/told-message.ts';
import type { DrainStep } from '#workflows/contract/activity-types.ts';
import { TEST_EVENT } from '#workflows/contract/webhook-events.ts';
import type { WebhookOffReason } from '#workflows/contract/webhooks.ts';
import type { Instant } from '#workflows/domain/instant.ts';
import { nextTryAt, WEBHOOK_TRIED_FOR_MS } from '#workflows/domain/webhook-retry.ts';
import type { ActivityDeps } from '../activity-deps.ts';
import { isAcceptance, postWebhook } from './post-webhook.ts';
import type { Posted } from './post-webhook.ts';

/** So many in one go, for so long; the drain asks for the rest. */
const MOST_IN_A_GO = 50;
const GO_MS = 20_000;
const GONE = 410;

/**
 * Sends what a stream owes its endpoint, the oldest first and one after the other, up to the first that fails. A delivery
 * is done only when its receiver has answered 2xx: a process that dies in between sends it again under the same id.
 * `at` is the drain's clock.
 */
export async function sendWebhooks(deps: ActivityDeps, { at: startedAt, ...stream }: Stream & { at: Instant }): Promise<DrainStep> {
  const since = performance.now();
  const clock = () => startedAt + Math.round(performance.now() - since);
  for (let sent = 0; sent < MOST_IN_A_GO && performance.now() - since < GO_MS; sent += 1) {
    const owed = await nextOwed(deps.prisma, stream);
    if (owed === null) return { kind: 'done' };
    const { delivery } = owed;
    if (delivery.nextTryAt !== null && delivery.nextTryAt.getTime() > clock()) {
      await waitBehind(deps.prisma, stream, delivery.nextTryAt);
      return { kind: 'later', at: delivery.nextTryAt.getTime() };
    }
    const claimedAt = performance.now();
    const clearance = await clear(deps, delivery);
    if (clearance === 'held_back') {
      await recordHeldBack(deps.prisma, { id: delivery.id, at: new Date(clock()) });
      continue;
    }
    const isFenced = clearance !== 'free';
    let mayHaveArrived = false;
    const posted = await post(deps, owed, {
      leftMs: () => (isFenced ? CLAIM_MS - (performance.now() - claimedAt) : Infinity),
      onConnected: () => (mayHaveArrived = true),
    });
    deps.failpoint?.('webhook_answered_not_marked');
    await record(deps, owed, { posted, at: clock(), handing: isFenced ? { ...clearance, mayHaveArrived } : null });
  }
  return { kind: 'more' };
}

/** Whether it may be sent: on the API channel the webhook is how an AI's message reaches the customer. */
async function clear({ prisma, now }: ActivityDeps, delivery: WebhookDelivery): Promise<Clearance> {
  const message = toldMessage(delivery);
  if (message === null) return 'free';
  const { lastStatus } = delivery;
  return claimForApp(prisma, { message, wasAccepted: lastStatus !== null && isAcceptance(lastStatus), now: new Date(now()) });
}

interface Owed {
  readonly endpoint: WebhookEndpoint;
  readonly delivery: WebhookDelivery;
}

/** `leftMs`: of the claim. A takeover that waits for it may answer when it expires, and the socket is closed by then. */
async function post(deps: ActivityDeps, { endpoint, delivery }: Owed, { leftMs, onConnected }: { leftMs: () => number; onConnected: () => void }): Promise<Posted> {
  const { teamId, id, oldSecretUntil } = endpoint;
  // Receivers refuse what was signed minutes ago: this is the machine's clock, whatever the drain's says.
  const now = new Date(deps.now());
  const secrets = await liveSecrets(deps.prisma, deps.secretBox, { teamId, id, oldSecretUntil, at: now });
  // Nothing leaves unsigned.
  if (secrets.length === 0) return { kind: 'unreached', why: 'Its secret cannot be opened: it was sealed with another BATON_SECRET. Make a new one.' };
  const body = JSON.stringify(delivery.payload);
  const headers = {
    'user-agent': 'Baton-Webhooks/1',
    'webhook-id': delivery.id,
    'webhook-timestamp': String(Math.floor(now.getTime() / 1_000)),
    'webhook-signature': secrets.map((secret) => new Webhook(secret).sign(delivery.id, now, body)).join(' '),
  };
  const deadlineMs = Math.min(deps.webhooks.deadlineMs, leftMs());
  if (deadlineMs <= 0) return { kind: 'unreached', why: 'It took too long to begin.' };
  return postWebhook({ url: new URL(endpoint.url), headers, body }, { ...deps.webhooks, deadlineMs, onConnected });
}

/** P45: 2xx is delivered; 410 ends the endpoint; anything else is tried again for three days, and so long an endpoint may fail. */
async function record({ prisma }: ActivityDeps, { endpoint, delivery }: Owed, { posted, at, handing }: { posted: Posted; at: Instant; handing: Handed }) {
  const status = posted.kind === 'unreached' ? null : posted.status;
  const tried = { delivery, status, at: new Date(at), handing };
  if (posted.kind === 'accepted') return recordDelivered(prisma, tried);
  const isTest = delivery.type === TEST_EVENT;
  const isGone = status === GONE;
  const again = isTest || isGone ? null : nextTryAt({ attempts: delivery.attempts + 1, firstTriedAt: delivery.firstTriedAt?.getTime() ?? at, at });
  const isDead = !isTest && endpoint.failingSince !== null && at - endpoint.failingSince.getTime() >= WEBHOOK_TRIED_FOR_MS;
  const offBecause: WebhookOffReason | null = isGone ? 'gone' : isDead ? 'failing' : null;
  await prisma.$transaction(async (db) => {
    await recordFailure(db, { ...tried, error: posted.why, nextTryAt: again === null ? null : new Date(again), countsAgainst: !isTest });
    if (offBecause === null) return;
    const { teamId, id } = endpoint;
    if (await switchOff(db, { teamId, id, why: offBecause, at: tried.at })) await tellAdmins(db, { teamId, webhookId: id, at: tried.at });
  });
}
