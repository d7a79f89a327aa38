import { actorNames, parseActor } from '#prisma/store/actor-names.ts';
import type { NameActor } from '#prisma/store/actor-names.ts';
import type { Db } from '#prisma/client.ts';
import type { WebhookEndpoint } from '#prisma/generated/client.ts';
import { HEARD, WEBHOOK_OFF_REASONS } from '#workflows/contract/webhooks.ts';
import type { WebhookView } from '#workflows/contract/webhooks.ts';
import { iso, isoOrNull } from '../queries/instants.ts';

/** Endpoints as admins see them, never with a secret. */
export async function webhookViews(db: Db, teamId: string, rows: readonly WebhookEndpoint[]): Promise<WebhookView[]> {
  const nameOf = await actorNames(db, teamId, rows.map(({ createdBy }) => parseActor(createdBy)));
  return rows.map((row) => viewOf(row, nameOf));
}

export async function webhookView(db: Db, row: WebhookEndpoint): Promise<WebhookView> {
  const nameOf = await actorNames(db, row.teamId, [parseActor(row.createdBy)]);
  return viewOf(row, nameOf);
}

function viewOf(row: WebhookEndpoint, nameOf: NameActor): WebhookView {
  const { id, url, description, disabledAt, disabledWhy, failingSince, oldSecretUntil, createdAt } = row;
  return {
    id,
    url,
    description,
    events: HEARD.filter((type) => row.events.includes(type)),
    state: disabledAt !== null ? 'off' : failingSince !== null ? 'failing' : 'on',
    failingSince: isoOrNull(failingSince),
    off: disabledAt === null ? null : { at: iso(disabledAt), why: WEBHOOK_OFF_REASONS.find((why) => why === disabledWhy) ?? 'by_hand' },
    oldSecretUntil: isoOrNull(oldSecretUntil),
    createdBy: nameOf(parseActor(row.createdBy)),
    createdAt: iso(createdAt),
  };
}
