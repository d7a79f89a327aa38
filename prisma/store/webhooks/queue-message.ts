import type { WebhookEvent } from '#workflows/contract/webhook-events.ts';
import type { SqlDb } from '../../transaction.ts';
import { queueWebhooks } from './queue.ts';

/** A message whose row was just stored, by a customer or an agent. */
export interface StoredMessage {
  readonly id: string;
  readonly teamId: string;
  readonly conversationId: string;
  readonly author: 'customer' | 'agent';
  readonly authorId: string;
  readonly channel: Extract<WebhookEvent, { type: 'message.created' }>['data']['channel'];
  readonly automatic?: boolean;
  readonly at: Date;
}

/** Tells of a message where it is stored, with an open ticket or without; the caller holds the conversation's lock. */
export async function queueMessage(db: SqlDb, message: StoredMessage): Promise<void> {
  const { id, teamId, conversationId, author, authorId, channel, automatic = false, at } = message;
  const rows = await db.$queryRaw<{ id: string; number: number }[]>`
    SELECT t.id, t.number FROM conversations c JOIN tickets t ON t.id = c.open_ticket_id WHERE c.id = ${conversationId}`;
  const ticket = rows[0] ?? null;
  const data = { conversationId, ticketId: ticket?.id ?? null, number: ticket?.number ?? null, messageId: id, author, authorId, channel, automatic, text: '' };
  await queueWebhooks(db, {
    teamId,
    streamId: ticket?.id ?? conversationId,
    events: [{ source: id, event: { type: 'message.created', data }, happenedAt: at.getTime(), textOf: id }],
  });
}
