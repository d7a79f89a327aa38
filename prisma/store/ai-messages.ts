import { setTimeout as pause } from 'node:timers/promises';
import { refuse, type Result } from '#workflows/domain/errors.ts';
import type { Channel } from '#workflows/domain/channel.ts';
import type { PrismaClient } from '../client.ts';
import { pipelined } from '../transaction.ts';
import type { SqlDb } from '../transaction.ts';
import type { Citation } from './ai-agents/answers.ts';
import { holdConversation } from './conversations.ts';
import { HAS_TICKET } from './generations.ts';
import { detectLanguage } from './languages/detect-language.ts';
import { isDetectorFree } from './languages/detector-thread.ts';
import { insertMessage } from './message-rows.ts';
import { announce } from './team-events.ts';
import { HAS_WEBHOOKS } from './webhooks/has-webhooks.ts';
import { queueMessage } from './webhooks/queue-message.ts';

export interface AiMessage {
  readonly id: string;
  readonly teamId: string;
  readonly conversationId: string;
  readonly agentId: string;
  readonly text: string;
  /** The epoch under which it was written. */
  readonly epoch: number;
  /** The newest customer message it has read. */
  readonly lastSeenMessage: string | null;
  /** The passages of the team's knowledge that it cites. */
  readonly citations?: readonly Citation[];
  readonly at: Date;
}

interface FenceRow {
  epoch: number;
  is_paused: boolean;
  last_customer_message_id: string | null;
  discards: number;
  channel: Channel;
  /** Whether a mail, a widget or a ticket must learn of what is said here. */
  is_followed: boolean;
  is_known: boolean;
  has_webhooks: boolean;
}

/** `mustFollow`: it is not done with the row, see followAiMessage. `read`: what its recorder wanted to read along. */
export interface RecordedAiMessage<Read> {
  readonly mustFollow: boolean;
  readonly read: Read;
}

/** A language that is not found out by then is not known: takeovers wait for the lock. */
const MOST_UNDER_LOCK_MS = 50;

/** A newer customer message discards an answer at most this often: who types every 5 s must not starve a slow model. */
const MOST_DISCARDS = 2;

/**
 * The fence (P12): an AI message is recorded only if its epoch is the conversation's and the AI may speak, checked
 * under the conversation's lock in the transaction that records it. A stale one is kept as `ai_reply_suppressed` and
 * never shown to the customer.
 */
export async function recordAiMessage<Read>(prisma: PrismaClient, message: AiMessage, read: (db: SqlDb) => Promise<Read>): Promise<Result<RecordedAiMessage<Read>>> {
  // Who takes over may not read what the AI has written (P46). A detector that has to start, or is busy, is waited for before the fence is asked: the lock must not wait for it.
  const isSoon = isDetectorFree();
  const detected = detectLanguage(message.text);
  const detecting = isSoon ? Promise.race([detected, pause(MOST_UNDER_LOCK_MS, null, { ref: false })]) : detected;
  if (!isSoon) await detected;
  return pipelined(prisma, async (db, commit): Promise<Result<RecordedAiMessage<Read>>> => {
    const [fence, language] = await Promise.all([lockFence(db, message), detecting]);
    if (fence === null) return refuse('not_found', 'There is no such conversation.');
    if (fence.is_known) return { ok: true, value: { mustFollow: true, read: await read(db) } };
    if (fence.is_paused || fence.epoch !== message.epoch) {
      await suppress(db, { message, channel: fence.channel, why: fence.is_paused ? 'paused' : 'stale_epoch' });
      return fence.is_paused
        ? refuse('ai_paused', 'The AI is paused here: a human has the conversation. Wait for ai.resumed, then read it again.')
        : refuse('stale_epoch', `The epoch is ${fence.epoch} now, not ${message.epoch}. Read the conversation again.`);
    }
    if (fence.last_customer_message_id !== message.lastSeenMessage && fence.discards < MOST_DISCARDS) {
      await db.$executeRaw`UPDATE conversations SET discards = discards + 1 WHERE id = ${message.conversationId}`;
      return refuse('newer_message', 'The customer wrote again. Read the conversation again and answer what is there now.');
    }
    const [, seen] = await Promise.all([record(db, { ...message, language }, fence), read(db), fence.has_webhooks ? null : commit()]);
    return { ok: true, value: { mustFollow: fence.is_followed, read: seen } };
  });
}

async function lockFence(db: SqlDb, message: AiMessage): Promise<FenceRow | null> {
  const held = holdConversation(db, message);
  const asked = db.$queryRaw<FenceRow[]>`
    SELECT epoch, is_paused, last_customer_message_id, discards, channel,
      channel = 'email' OR widget_id IS NOT NULL OR ${HAS_TICKET} AS is_followed,
      EXISTS (SELECT 1 FROM messages m WHERE m.id = ${message.id} AND m.delivery <> 'suppressed') AS is_known,
      ${HAS_WEBHOOKS} AS has_webhooks
    FROM conversations c WHERE id = ${message.conversationId} AND team_id = ${message.teamId} AND agent_id = ${message.agentId}`;
  const [, rows] = await Promise.all([held, asked]);
  return rows[0] ?? null;
}

/** None needs another's answer: they go out together, in this order. What it had not read waits from now on, as in a ticket. */
async function record(db: SqlDb, { language, ...message }: AiMessage & { language: string | null }, fence: FenceRow): Promise<void> {
  const { conversationId, teamId, at } = message;
  const tell = async () => {
    if (fence.has_webhooks) await queueMessage(db, { ...message, author: 'agent', authorId: message.agentId, channel: fence.channel });
    await announce(db, teamId, { events: [{ kind: 'conversation', conversationId }] });
  };
  await Promise.all([
    insertMessage(db, { ...rowOf(message, fence.channel), language, accepted: true, delivery: 'pending', handed: !fence.is_followed }),
    db.$executeRaw`
      UPDATE conversations SET discards = 0, last_message_at = ${at}, last_message_preview = ${message.text.slice(0, 200)},
        last_message_author = 'agent', view_until = ${at}::timestamptz + interval '30 minutes',
        unanswered_since = CASE WHEN last_customer_message_id IS NOT DISTINCT FROM ${message.lastSeenMessage} THEN NULL
          WHEN unanswered_since IS NOT NULL THEN ${at}::timestamptz END
      WHERE id = ${conversationId}`,
    tell(),
  ]);
}

/** Also used at delivery, when the epoch moved on between recording and sending. */
async function suppress(db: SqlDb, { message, channel, why }: { message: AiMessage; channel: Channel; why: string }): Promise<void> {
  await insertMessage(db, { ...rowOf(message, channel), delivery: 'suppressed', handed: true });
  await noteSuppressed(db, { ...message, messageId: message.id, why });
  await announce(db, message.teamId, { events: [{ kind: 'conversation', conversationId: message.conversationId }] });
}

/** One quiet line on the timeline, once per message. */
export async function noteSuppressed(
  db: SqlDb,
  { conversationId, teamId, agentId, messageId, why, at }: { conversationId: string; teamId: string; agentId: string | null; messageId: string; why: string; at: Date },
): Promise<void> {
  await db.$executeRaw`
    WITH absent AS (SELECT 1 WHERE NOT EXISTS (SELECT 1 FROM timeline WHERE conversation_id = ${conversationId} AND key = ${`suppressed:${messageId}`})),
    taken AS (UPDATE conversations SET next_position = next_position + 1 WHERE id = ${conversationId} AND EXISTS (SELECT 1 FROM absent)
      RETURNING next_position - 1 AS position)
    INSERT INTO timeline (conversation_id, position, team_id, key, kind, actor, at, data, message_id)
    SELECT ${conversationId}, position, ${teamId}, ${`suppressed:${messageId}`}, 'ai_reply_suppressed',
      ${JSON.stringify(agentId === null ? { kind: 'baton' } : { kind: 'agent', id: agentId })}::jsonb, ${at},
      ${JSON.stringify({ messageId, why })}::jsonb, ${messageId} FROM taken`;
}

function rowOf(message: AiMessage, channel: Channel) {
  return {
    id: message.id,
    teamId: message.teamId,
    conversationId: message.conversationId,
    author: 'agent' as const,
    authorId: message.agentId,
    channel,
    text: message.text,
    at: message.at,
    epoch: message.epoch,
    lastSeenMessageId: message.lastSeenMessage,
    citations: message.citations ?? [],
  };
}
