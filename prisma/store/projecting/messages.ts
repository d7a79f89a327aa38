import type { Change, Happening } from '#workflows/domain/change.ts';
import type { TicketState } from '#workflows/domain/ticket-state.ts';
import { Prisma } from '../../generated/client.ts';
import type { SqlDb } from '../../transaction.ts';
import { noteSuppressed } from '../ai-messages.ts';
import { insertMessage } from '../message-rows.ts';
import { giveFilesBack } from '../outgoing-files.ts';

/** What the changes mean for the messages they name. */
export async function applyToMessages(db: SqlDb, { state, fresh }: { state: TicketState; fresh: readonly Change[] }): Promise<void> {
  const released = new Set(fresh.flatMap(({ what }) => (what.kind === 'reply_released' ? [what.messageId] : [])));
  const acceptedAt = new Map(fresh.flatMap(({ what, at }) => (what.kind === 'replied' ? [[what.messageId, new Date(at)] as const] : [])));
  await Promise.all(fresh.map(({ what, at }) => applyOne(db, state, what, { at: new Date(at), released, acceptedAt })));
}

interface Circumstances {
  readonly at: Date;
  /** Replies that these changes release: what accepts them is written with that, and their row only once. */
  readonly released: ReadonlySet<string>;
  readonly acceptedAt: ReadonlyMap<string, Date>;
}

async function applyOne(db: SqlDb, state: TicketState, what: Happening, { at, released, acceptedAt }: Circumstances): Promise<void> {
  const { ticketId, conversationId } = state;
  switch (what.kind) {
    case 'customer_wrote':
      await db.$executeRaw`UPDATE messages SET handed_at = coalesce(handed_at, ${at}), ticket_id = ${ticketId} WHERE id = ${what.messageId}`;
      return;
    case 'replied':
      if (released.has(what.messageId)) return;
      await db.$executeRaw`UPDATE messages SET accepted_at = ${at}, ticket_id = ${ticketId}, delivery = 'pending' WHERE id = ${what.messageId}`;
      return;
    case 'noted':
      await db.$executeRaw`UPDATE messages SET accepted_at = ${at}, released_at = ${at}, ticket_id = ${ticketId} WHERE id = ${what.messageId}`;
      return;
    case 'reply_released':
      await release(db, { messageId: what.messageId, ticketId, conversationId, at, acceptedAt: acceptedAt.get(what.messageId) ?? at, keepsWaiting: what.leavesTurn === true });
      return;
    case 'reply_withdrawn':
      await Promise.all([
        db.$executeRaw`UPDATE messages SET delivery = 'cancelled' WHERE id = ${what.messageId}`,
        giveFilesBack(db, { teamId: state.teamId, messageId: what.messageId, at }),
      ]);
      return;
    case 'baton_wrote':
      await Promise.all([insertMessage(db, {
        id: what.messageId,
        teamId: state.teamId,
        conversationId,
        ticketId,
        author: 'baton',
        authorId: null,
        channel: state.channel,
        text: what.text,
        automatic: true,
        at,
        accepted: true,
      }), release(db, { messageId: what.messageId, ticketId, conversationId, at, acceptedAt: at, keepsWaiting: true })]);
      return;
    case 'ai_answered':
      await db.$executeRaw`UPDATE messages SET ticket_id = ${ticketId} WHERE id = ${what.messageId} AND conversation_id = ${conversationId}`;
      return;
    case 'ai_paused':
      await silence(db, state, at);
      return;
    case 'delivery_changed':
      // A message that was read is delivered, whatever a late report says.
      await db.$executeRaw`
        UPDATE messages SET delivery = ${what.delivery}, delivery_detail = ${what.detail}
        WHERE id = ${what.messageId} AND delivery IS DISTINCT FROM 'delivered'`;
      return;
    case 'bounced':
      await db.$executeRaw`UPDATE messages SET delivery = 'failed', delivery_detail = ${what.detail} WHERE id = ${what.messageId}`;
      return;
    default:
      return;
  }
}

/** SQL: whether message `m` may have gone out: a mail or a webhook of it was tried, or a web chat was given it. */
const MAY_BE_OUT = Prisma.sql`(m.widget_seq IS NOT NULL OR EXISTS (SELECT 1 FROM ai_claims c WHERE c.message_id = m.id))`;

const MAYBE_TAKEN = 'A webhook had brought it to an app that had not accepted it when the AI was paused: the customer may have seen it.';

const MAYBE_SEEN = 'It was on its way to the chat when the AI was paused: the customer may have seen it for a moment.';

/**
 * P12: an AI message that was recorded and has not left yet never does. One under a claim is the claim's to finish, and of
 * one that was tried nobody knows. One that a web chat was given and never said that it came may have been seen, and may not
 * have come: it must not come later, so its number there is taken from it, and nobody says that it was held back.
 */
async function silence(db: SqlDb, { conversationId, teamId }: TicketState, at: Date): Promise<void> {
  const silenced = await db.$queryRaw<{ id: string; author_id: string | null; delivery: string }[]>`
    UPDATE messages m SET delivery = CASE WHEN ${MAY_BE_OUT} THEN 'unknown' ELSE 'suppressed' END, released_at = CASE WHEN ${MAY_BE_OUT} THEN m.released_at END,
      delivery_detail = CASE WHEN m.widget_seq IS NOT NULL THEN ${MAYBE_SEEN} WHEN cv.widget_id IS NULL AND m.channel <> 'email' AND ${MAY_BE_OUT} THEN ${MAYBE_TAKEN} ELSE m.delivery_detail END, widget_seq = NULL,
      handed_at = coalesce(m.handed_at, ${at})
    FROM conversations cv
    WHERE m.conversation_id = ${conversationId} AND cv.id = m.conversation_id AND m.author = 'agent'
      AND (m.delivery = 'pending' OR m.delivery = 'delivered' AND m.widget_seq > cv.widget_seen)
      AND NOT EXISTS (SELECT 1 FROM ai_claims c WHERE c.message_id = m.id AND c.done_at IS NULL)
    RETURNING m.id, m.author_id, m.delivery`;
  for (const { id: messageId, author_id: agentId, delivery } of silenced) {
    if (delivery === 'unknown') continue;
    await noteSuppressed(db, { conversationId, teamId, agentId, messageId, why: 'paused', at });
  }
}

interface Release {
  readonly messageId: string;
  readonly ticketId: string;
  readonly conversationId: string;
  readonly at: Date;
  /** When it was said, where that is not written yet: before the time for undoing it. */
  readonly acceptedAt: Date;
  /** An automatic message answers nothing, and a mail leaves the chat's AI its turn: the customer is still waiting. */
  readonly keepsWaiting?: boolean;
}

/** From here on the customer's side sees it. */
async function release(db: SqlDb, { messageId, ticketId, conversationId, at, acceptedAt, keepsWaiting = false }: Release): Promise<void> {
  await db.$executeRaw`
    WITH released AS (
      UPDATE messages SET accepted_at = coalesce(accepted_at, ${acceptedAt}), ticket_id = ${ticketId}, released_at = ${at}, delivery = 'pending' WHERE id = ${messageId} RETURNING author, left(text, 200) AS preview)
    UPDATE conversations SET last_message_at = greatest(last_message_at, ${at}), last_message_preview = released.preview,
      last_message_author = released.author, view_until = ${at}::timestamptz + interval '30 minutes',
      unanswered_since = CASE WHEN ${keepsWaiting} THEN unanswered_since ELSE NULL END
    FROM released WHERE id = ${conversationId}`;
}
