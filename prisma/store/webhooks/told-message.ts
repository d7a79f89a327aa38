import { z } from 'zod';
import type { WebhookEvent } from '#workflows/contract/webhook-events.ts';
import type { WebhookDelivery } from '../../generated/client.ts';
import type { SqlDb } from '../../transaction.ts';
import { holdConversation } from '../conversations.ts';
import { announce } from '../team-events.ts';

/** The message that a delivery hands over. */
export interface ToldMessage {
  readonly teamId: string;
  readonly conversationId: string;
  readonly messageId: string;
  readonly isAis: boolean;
}

const CREATED: WebhookEvent['type'] = 'message.created';
const told = z.object({ data: z.object({ conversationId: z.string(), messageId: z.string(), author: z.string(), channel: z.string() }) });

/** Which message of ours the delivery brings to the customer's own app; null: it is a report. Whether a widget shows it, only the conversation says. */
export function toldMessage({ teamId, type, payload }: Pick<WebhookDelivery, 'teamId' | 'type' | 'payload'>): ToldMessage | null {
  if (type !== CREATED) return null;
  const { conversationId, messageId, author, channel } = told.parse(payload).data;
  return author === 'customer' || channel === 'email' ? null : { teamId, conversationId, messageId, isAis: author === 'agent' };
}

/**
 * Where the customer's own app shows a conversation, the acceptance of a message's webhook is its delivery, like a reading by
 * GET: of what is released and still on its way, or was when a takeover came and waited for it. Locks the conversation: called first, and what it returns is called last.
 */
export async function deliverByAcceptance(db: SqlDb, { teamId, conversationId, messageId }: ToldMessage, at: Date): Promise<() => Promise<void>> {
  await holdConversation(db, { teamId, conversationId });
  const delivered = await db.$executeRaw`
    UPDATE messages m SET delivery = 'delivered', delivered_at = ${at}, delivery_detail = '' FROM conversations c
    WHERE m.id = ${messageId} AND m.team_id = ${teamId} AND c.id = m.conversation_id AND c.widget_id IS NULL
      AND m.channel <> 'email' AND m.delivery IN ('pending', 'unknown') AND m.released_at IS NOT NULL`;
  return async () => {
    // Operators see that it has arrived.
    if (delivered > 0) await announce(db, teamId, { events: [{ kind: 'conversation', conversationId }] });
  };
}
