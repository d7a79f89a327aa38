import type { z } from 'zod';
import { findEndpoint, insertEndpoint, listEndpoints, removeEndpoint, switchOff, switchOn, updateEndpoint } from '#prisma/store/webhooks/endpoints.ts';
import { forgetSecrets, OLD_SECRET_MS, renewSecret } from '#prisma/store/webhooks/secrets.ts';
import { slaPoliciesOf } from '#prisma/store/sla-policies.ts';
import { lockTeam } from '#prisma/store/team-lock.ts';
import { changeWebhook as changeWebhookInput, createWebhook as createWebhookInput } from '#workflows/contract/webhooks.ts';
import type { NewWebhookView, WebhookView } from '#workflows/contract/webhooks.ts';
import { ok, refuse, refuseField } from '#workflows/domain/errors.ts';
import type { Result } from '#workflows/domain/errors.ts';
import { sendsTo } from '#workflows/domain/sla-notices.ts';
import { parseInput } from '../parse-input.ts';
import { actorOf } from '../principal.ts';
import type { Principal } from '../principal.ts';
import { refuseUnlessAdmin } from '../require-role.ts';
import { refuseInside } from './refuse-inside.ts';
import { NO_SUCH_WEBHOOK } from './webhook-deps.ts';
import type { WebhookDeps } from './webhook-deps.ts';
import { webhookView, webhookViews } from './webhook-view.ts';

/** Each event is a row for each of them. */
const MAX_WEBHOOKS = 20;

/** Where the team wants to be told, the oldest first; admins only. */
export async function webhooks({ prisma }: WebhookDeps, principal: Principal): Promise<Result<WebhookView[]>> {
  const refused = refuseUnlessAdmin(principal);
  return refused ?? ok(await webhookViews(prisma, principal.teamId, await listEndpoints(prisma, principal.teamId)));
}

export async function webhook({ prisma }: WebhookDeps, principal: Principal, id: string): Promise<Result<WebhookView>> {
  const refused = refuseUnlessAdmin(principal);
  if (refused) return refused;
  const found = await findEndpoint(prisma, principal.teamId, id);
  return found === null ? NO_SUCH_WEBHOOK : ok(await webhookView(prisma, found));
}

/** Adds an endpoint; its secret is shown this once. Admins only. */
export async function createWebhook(deps: WebhookDeps, principal: Principal, input: z.input<typeof createWebhookInput>): Promise<Result<NewWebhookView>> {
  const refused = refuseUnlessAdmin(principal);
  if (refused) return refused;
  const parsed = parseInput(createWebhookInput, input);
  if (!parsed.ok) return parsed;
  const inside = refuseInside(deps, parsed.value.url);
  if (inside) return inside;
  const { teamId } = principal;
  return deps.prisma.$transaction(async (db): Promise<Result<NewWebhookView>> => {
    await lockTeam(db, teamId, 'webhooks');
    if ((await listEndpoints(db, teamId)).length >= MAX_WEBHOOKS) return refuseField('body.url', `a team has at most ${MAX_WEBHOOKS} webhooks: change or delete one`);
    const row = await insertEndpoint(db, { ...parsed.value, teamId, by: actorOf(principal), at: new Date(deps.now()) });
    const secret = await renewSecret(db, deps.secretBox, { teamId, id: row.id });
    return ok({ ...(await webhookView(db, row)), secret });
  });
}

/** Changes what is given and leaves the rest; admins only. */
export async function changeWebhook(deps: WebhookDeps, principal: Principal, id: string, input: z.input<typeof changeWebhookInput>): Promise<Result<WebhookView>> {
  const refused = refuseUnlessAdmin(principal);
  if (refused) return refused;
  const parsed = parseInput(changeWebhookInput, input);
  if (!parsed.ok) return parsed;
  const { enabled, url, description, events } = parsed.value;
  const inside = url === undefined ? null : refuseInside(deps, url);
  if (inside) return inside;
  const { teamId } = principal;
  const at = new Date(deps.now());
  return deps.prisma.$transaction(async (db): Promise<Result<WebhookView>> => {
    const changes = { ...(url !== undefined && { url }), ...(description !== undefined && { description }), ...(events !== undefined && { events }) };
    if ((await updateEndpoint(db, { teamId, id, ...changes })) === null) return NO_SUCH_WEBHOOK;
    if (enabled === true) await switchOn(db, { teamId, id, at });
    if (enabled === false) await switchOff(db, { teamId, id, why: 'by_hand', at });
    const row = await findEndpoint(db, teamId, id);
    return row === null ? NO_SUCH_WEBHOOK : ok(await webhookView(db, row));
  });
}

/** Removes an endpoint with its log and what it was owed; admins only. One that an SLA policy sends to is refused with `in_use` and says which. */
export async function deleteWebhook({ prisma }: WebhookDeps, principal: Principal, id: string): Promise<Result<null>> {
  const refused = refuseUnlessAdmin(principal);
  if (refused) return refused;
  const { teamId } = principal;
  return prisma.$transaction(async (db) => {
    // No policy may begin to name it meanwhile.
    await lockTeam(db, teamId, 'policies');
    const endpoint = await findEndpoint(db, teamId, id);
    if (endpoint === null) return NO_SUCH_WEBHOOK;
    const users = (await slaPoliciesOf(db, teamId)).policies.filter((policy) => sendsTo(policy, id)).map(({ name }) => `“${name}”`);
    if (users.length > 0) return refuse('in_use', `“${endpoint.description || endpoint.url}” is sent to by the SLA policies ${users.join(', ')}. Take it out there first.`);
    if (!(await removeEndpoint(db, teamId, id))) return NO_SUCH_WEBHOOK;
    await forgetSecrets(db, { teamId, id });
    return ok(null);
  });
}

/** A new secret, shown this once; the one before it signs beside it for a day, one before that no longer. Admins only. */
export async function rotateWebhookSecret(deps: WebhookDeps, principal: Principal, id: string): Promise<Result<NewWebhookView>> {
  const refused = refuseUnlessAdmin(principal);
  if (refused) return refused;
  const { teamId } = principal;
  return deps.prisma.$transaction(async (db): Promise<Result<NewWebhookView>> => {
    const row = await updateEndpoint(db, { teamId, id, oldSecretUntil: new Date(deps.now() + OLD_SECRET_MS) });
    if (row === null) return NO_SUCH_WEBHOOK;
    const secret = await renewSecret(db, deps.secretBox, { teamId, id });
    return ok({ ...(await webhookView(db, row)), secret });
  });
}
