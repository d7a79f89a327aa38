import { BATON } from '#workflows/domain/actor.ts';
import type { Db } from '../client.ts';
import { newId } from './new-id.ts';
import { countChanges } from './projecting/counts.ts';
import { announce } from './team-events.ts';
import { HAS_WEBHOOKS } from './webhooks/has-webhooks.ts';
import { queueFailure } from './webhooks/queue-failure.ts';

interface FailedMessage {
  readonly id: string;
  readonly teamId: string;
  readonly conversationId: string;
}

/**
 * Writes down that a message which no ticket owes did not arrive, by the server’s word, after a day or by a bounce, a reply in a
 * chat that nobody came back to read included, and owes the news to its author and the team's webhooks: once, however often it
 * is told. `isBack`: by a bounce. Ends the caller's transaction, as whoever locks the team does.
 */
export async function failMessage(db: Db, { id, teamId, conversationId }: FailedMessage, { detail, at, isBack = false }: { detail: string; at: Date; isBack?: boolean }): Promise<void> {
  const rows = await db.$queryRaw<{ has_webhooks: boolean }[]>`SELECT ${HAS_WEBHOOKS} AS has_webhooks FROM conversations c WHERE c.id = ${conversationId} AND c.team_id = ${teamId} FOR UPDATE`;
  // What a takeover has silenced, and what its reader has, did not fail; what came back had left.
  const failable = ['pending', 'claimed', ...(isBack ? ['sent', 'unknown'] : [])];
  const failed = await db.message.updateManyAndReturn({ where: { id, teamId, delivery: { in: failable } }, data: { delivery: 'failed', deliveryDetail: detail }, select: { author: true, authorId: true, ticketId: true, position: true } });
  const [message] = failed;
  if (message === undefined) return;
  if (rows[0]?.has_webhooks) await queueFailure(db, { teamId, conversationId, messageId: id, detail, at });
  const told = message.author === 'operator' ? await tellAuthor(db, { teamId, at, ...message }) : [];
  await announce(db, teamId, { events: [{ kind: 'conversation', conversationId }, ...told.map((operatorId) => ({ kind: 'notification' as const, operatorId }))] });
}

/** P60: a person's reply in a chat that a mail, or nobody, brought. What a ticket owes is told by the ticket's own changes. Gives who was told. */
async function tellAuthor(db: Db, { teamId, authorId, ticketId, position, at }: { teamId: string; authorId: string | null; ticketId: string | null; position: number; at: Date }): Promise<string[]> {
  if (ticketId === null || authorId === null) return [];
  if ((await db.operator.count({ where: { id: authorId, teamId } })) === 0) return [];
  // No change of the ticket: below every number of one.
  const { count } = await db.notification.createMany({ data: [{ id: newId('notification'), teamId, operatorId: authorId, kind: 'delivery_failed', ticketId, seq: -position, actor: { ...BATON }, at }], skipDuplicates: true });
  if (count === 0) return [];
  await countChanges(db, teamId, [{ key: `bell:${authorId}`, by: 1 }]);
  return [authorId];
}
