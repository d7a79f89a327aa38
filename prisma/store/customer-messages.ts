import type { Channel } from '#workflows/domain/channel.ts';
import { Prisma } from '../generated/client.ts';
import type { SqlDb } from '../transaction.ts';
import { tellTurn } from './ai-agents/turns.ts';
import { holdConversation } from './conversations.ts';
import { HAS_TICKET } from './generations.ts';
import { countChanges } from './projecting/counts.ts';
import { insertMessage, type NewMessage } from './message-rows.ts';
import { learnLanguage } from './requesters.ts';
import { announce } from './team-events.ts';
import { HAS_WEBHOOKS } from './webhooks/has-webhooks.ts';
import { queueMessage } from './webhooks/queue-message.ts';

export interface CustomerMessage {
  readonly id: string;
  readonly teamId: string;
  readonly conversationId: string;
  readonly requesterId: string;
  readonly channel: Channel;
  readonly text: string;
  readonly quoted?: string;
  readonly automatic?: boolean;
  readonly headerId?: string | null;
  readonly mailTo?: readonly string[];
  readonly mailCc?: readonly string[];
  /** What the sender calls it. */
  readonly clientId?: string;
  /** What it is written in (`detectLanguage`), found out before the transaction: the detector may have to start, and locks must not wait for it. */
  readonly language: string | null;
  readonly at: Date;
}

/**
 * Stores what a customer wrote and says whether somebody has to be told: its ticket, or a new one. Runs inside the
 * caller's transaction, which holds the conversation's lock until it ends, so that a ticket born at the same time
 * either has read this message or is handed it.
 */
export async function storeCustomerMessage(db: SqlDb, message: CustomerMessage): Promise<{ isNew: boolean; mustHandOver: boolean }> {
  // What a program wrote for somebody says nothing of what they write in.
  const language = message.automatic === true ? null : message.language;
  const held = holdConversation(db, message);
  const asked = db.$queryRaw<{ serves: boolean; under_way: boolean; in_view: boolean; has_active_ticket: boolean; has_webhooks: boolean; is_unheard: boolean }[]>`
    SELECT c.agent_id IS NOT NULL AND NOT c.is_paused AS serves, c.in_view, c.has_active_ticket,
      ${HAS_WEBHOOKS} AS has_webhooks,
      EXISTS (SELECT 1 FROM requesters rq WHERE rq.id = ${message.requesterId} AND rq.language IS NULL) AS is_unheard,
      ${HAS_TICKET} AS under_way
    FROM conversations c WHERE c.id = ${message.conversationId} AND c.team_id = ${message.teamId}`;
  const [, [conversation]] = await Promise.all([held, asked]);
  if (conversation === undefined) throw new Error(`conversation ${message.conversationId} is not there`);
  // Mail always has a ticket; elsewhere the AI answers alone as long as it serves the conversation (P9).
  const mustHandOver = conversation.under_way || message.channel === 'email' || !conversation.serves;
  const isNew = await insertMessage(db, {
    ...message,
    author: 'customer',
    authorId: message.requesterId,
    accepted: true,
    handed: !mustHandOver,
    language,
  } satisfies NewMessage);
  if (!isNew) return { isNew, mustHandOver };
  const hasLearned = conversation.is_unheard && language !== null && (await learnLanguage(db, { ...message, language, source: 'detected' }));
  const isNewInView = !conversation.in_view && !conversation.has_active_ticket;
  if (conversation.has_webhooks) await queueMessage(db, { ...message, author: 'customer', authorId: message.requesterId });
  // None needs another's answer: they go out together, in this order.
  await Promise.all([
    noteOnConversation(db, message),
    isNewInView ? countChanges(db, message.teamId, [{ key: 'conversations', by: 1 }]) : null,
    announce(db, message.teamId, { events: [{ kind: 'conversation', conversationId: message.conversationId }], changesRouting: hasLearned }),
  ]);
  return { isNew, mustHandOver };
}

async function noteOnConversation(db: SqlDb, message: CustomerMessage): Promise<void> {
  const counts = message.automatic !== true;
  await db.$queryRaw`
    UPDATE conversations c SET last_message_at = ${message.at}, last_message_preview = ${message.text.slice(0, 200)}, last_message_author = 'customer',
      last_customer_message_id = CASE WHEN ${counts} THEN ${message.id} ELSE last_customer_message_id END,
      unanswered_since = CASE WHEN ${counts} THEN coalesce(unanswered_since, ${message.at}) ELSE unanswered_since END,
      in_view = NOT has_active_ticket, view_until = ${message.at}::timestamptz + interval '30 minutes'
    WHERE c.id = ${message.conversationId}
    RETURNING ${tellTurn({ when: Prisma.sql`${counts} AND NOT c.is_paused`, news: Prisma.sql`'wrote'` })}`;
}
