import type { Db } from '../client.ts';
import { announce } from './team-events.ts';
import { HAS_WEBHOOKS } from './webhooks/has-webhooks.ts';
import { queueFailure } from './webhooks/queue-failure.ts';

export interface FailedMail {
  readonly id: string;
  readonly teamId: string;
  readonly conversationId: string;
}

/**
 * Writes down that a mail which no ticket owes did not arrive, by the server’s word, after a day or by a bounce, and owes
 * the news to the team's webhooks: once, however often it is told. `isBack`: by a bounce. Ends the caller's transaction, as whoever locks the team does.
 */
export async function failMail(db: Db, { id, teamId, conversationId }: FailedMail, { detail, at, isBack = false }: { detail: string; at: Date; isBack?: boolean }): Promise<void> {
  const rows = await db.$queryRaw<{ has_webhooks: boolean }[]>`SELECT ${HAS_WEBHOOKS} AS has_webhooks FROM conversations c WHERE c.id = ${conversationId} AND c.team_id = ${teamId} FOR UPDATE`;
  // What a takeover has silenced, and what its reader has, did not fail; what came back had left.
  const failable = ['pending', 'claimed', ...(isBack ? ['sent', 'unknown'] : [])];
  const { count } = await db.message.updateMany({ where: { id, teamId, delivery: { in: failable } }, data: { delivery: 'failed', deliveryDetail: detail } });
  if (count === 0) return;
  if (rows[0]?.has_webhooks) await queueFailure(db, { teamId, conversationId, messageId: id, detail, at });
  await announce(db, teamId, { events: [{ kind: 'conversation', conversationId }] });
}
