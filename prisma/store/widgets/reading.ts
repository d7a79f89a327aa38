import type { Csat } from '#workflows/domain/csat.ts';
import type { Status } from '#workflows/domain/status.ts';
import type { PrismaClient } from '../../client.ts';
import { Prisma } from '../../generated/client.ts';
import { pipelined, prepared } from '../../transaction.ts';
import type { SqlDb } from '../../transaction.ts';
import { holdConversation } from '../conversations.ts';
import { HAS_TICKET } from '../generations.ts';
import { announce } from '../team-events.ts';

/**
 * SQL, the fence for a widget (P12): whether message `m` of conversation `c` may be shown. What an AI wrote, and neither the
 * widget nor a mail has brought yet, only while its epoch is the conversation's; and not while a mail is on its way with it.
 */
export const MAY_SHOW = Prisma.sql`((m.delivery IS NULL OR m.delivery NOT IN ('suppressed', 'cancelled'))
  AND (m.author <> 'agent' OR m.widget_seq <= c.widget_seen OR m.delivery = 'sent'
    OR m.delivery IN ('pending', 'delivered', 'failed') AND NOT c.is_paused AND m.epoch = c.epoch))`;

/** What of a conversation its widget shows: released, and neither withdrawn nor silenced. */
const SHOWN = Prisma.sql`m.kind = 'message' AND m.accepted_at IS NOT NULL AND m.released_at IS NOT NULL AND ${MAY_SHOW}`;

interface Whose {
  readonly teamId: string;
  readonly conversationId: string;
}

/**
 * Gives messages that may be shown now their numbers, under the conversation's lock: a takeover that comes later finds
 * them delivered, one that came before has silenced them (P12). Numbers follow the order of giving and not that of
 * positions, for a held reply is released behind what was written after it. Costs one look where nothing is new.
 */
export async function numberForWidget(prisma: PrismaClient, { teamId, conversationId, at }: Whose & { at: Date }): Promise<void> {
  const waiting = await prepared(prisma).$queryRaw<unknown[]>`
    SELECT 1 FROM messages m JOIN conversations c ON c.id = m.conversation_id
    WHERE m.conversation_id = ${conversationId} AND m.team_id = ${teamId} AND m.widget_seq IS NULL AND ${SHOWN} LIMIT 1`;
  if (waiting.length === 0) return;
  await pipelined(prisma, async (db) => {
    const [, numbered] = await Promise.all([
      holdConversation(db, { teamId, conversationId }),
      db.$queryRaw<{ was_delivered: boolean }[]>`
        WITH fresh AS (
          SELECT m.id, row_number() OVER (ORDER BY m.position) AS nth FROM messages m JOIN conversations c ON c.id = m.conversation_id
          WHERE m.conversation_id = ${conversationId} AND m.team_id = ${teamId} AND m.widget_seq IS NULL AND ${SHOWN}),
        counted AS (
          UPDATE conversations SET widget_seq = widget_seq + (SELECT count(*) FROM fresh)::int WHERE id = ${conversationId} AND team_id = ${teamId}
          RETURNING widget_seq - (SELECT count(*) FROM fresh)::int AS before)
        UPDATE messages m SET widget_seq = counted.before + fresh.nth::int,
          delivery = CASE WHEN ${IS_TAKEN} THEN 'delivered' ELSE m.delivery END,
          delivered_at = CASE WHEN ${IS_TAKEN} THEN ${at} ELSE m.delivered_at END
        FROM fresh, counted WHERE m.id = fresh.id
        RETURNING m.delivery = 'delivered' AS was_delivered`,
    ]);
    // Operators see that it has arrived.
    if (numbered.some(({ was_delivered }) => was_delivered)) await announce(db, teamId, { events: [{ kind: 'conversation', conversationId }] });
  });
}

/**
 * An AI's message is delivered once it is read, so that a takeover knows what has left (P12). A person's is when the widget
 * says that it came: a connection may be dead, and then a mail has to follow. What leaves by mail is the mail server's.
 */
const IS_TAKEN = Prisma.sql`(m.channel = 'live_chat' AND m.author <> 'operator' AND m.delivery IN ('pending', 'failed'))`;

export interface NumberedMessage {
  readonly number: number;
  readonly id: string;
  readonly clientId: string | null;
  readonly author: string;
  readonly name: string | null;
  readonly text: string;
  readonly at: Date;
}

/** The messages after a number, in order, without those that a takeover has silenced since they had theirs (P12). */
export async function messagesAfter(db: SqlDb, { teamId, conversationId, after, most }: Whose & { after: number; most: number }): Promise<NumberedMessage[]> {
  return db.$queryRaw<NumberedMessage[]>`
    SELECT m.widget_seq AS number, m.id, m.client_id AS "clientId", m.author, coalesce(op.name, ag.name) AS name, m.text, coalesce(m.released_at, m.created_at) AS at
    FROM messages m JOIN conversations c ON c.id = m.conversation_id
    LEFT JOIN operators op ON op.id = m.author_id AND op.team_id = m.team_id
    LEFT JOIN agents ag ON ag.id = m.author_id AND ag.team_id = m.team_id
    WHERE m.conversation_id = ${conversationId} AND m.team_id = ${teamId} AND m.widget_seq > ${after}
      AND ${MAY_SHOW}
    ORDER BY m.widget_seq LIMIT ${most}::int`;
}

export interface WidgetStanding {
  /** Up to which number the widget said that messages have come. */
  readonly seen: number;
  readonly isAiHandling: boolean;
  readonly agentName: string | null;
  /** The person who has it, or who wrote last; null: nobody has yet. */
  readonly personName: string | null;
  readonly hasEmail: boolean;
  /** Whether people have been asked to come: by a ticket, or where the policy only marks it, by a flag. */
  readonly isEscalated: boolean;
  /** The newest ticket, finished or not, and what its customer was asked and said of it. */
  readonly lastTicket: { readonly id: string; readonly status: Status; readonly csat: Csat | null } | null;
  /** Up to which number a person has read what they wrote, or has answered it. */
  readonly seenByTeam: number;
  /** When they wrote last. */
  readonly wroteAt: Date | null;
}

/** SQL: the position of a person's newest answer in conversation `c`; a program with a key of the team has seen nothing. */
const ANSWERED_AT = Prisma.sql`(SELECT m.position FROM messages m WHERE m.conversation_id = c.id AND m.author = 'operator' AND m.kind = 'message'
  AND m.released_at IS NOT NULL AND left(m.author_id, 4) <> 'key_' ORDER BY m.position DESC LIMIT 1)`;

/** Who has the conversation now, and whether an answer can reach its customer; null: there is none. */
export async function widgetStanding(db: SqlDb, { teamId, conversationId }: Whose): Promise<WidgetStanding | null> {
  const rows = await db.$queryRaw<WidgetStanding[]>`
    SELECT c.widget_seen AS seen, c.agent_id IS NOT NULL AND NOT c.is_paused AS "isAiHandling", ag.name AS "agentName",
      c.has_active_ticket OR c.flagged_at IS NOT NULL AS "isEscalated",
      (SELECT o.name FROM operators o WHERE o.team_id = c.team_id AND o.id = CASE WHEN c.is_paused AND c.mode->'by'->>'kind' = 'operator' THEN c.mode->'by'->>'id'
        ELSE (SELECT m.author_id FROM messages m WHERE m.conversation_id = c.id AND m.author = 'operator' AND m.kind = 'message' AND m.released_at IS NOT NULL ORDER BY m.position DESC LIMIT 1) END) AS "personName",
      EXISTS (SELECT 1 FROM requester_addresses a WHERE a.requester_id = c.requester_id AND a.kind = 'email') AS "hasEmail",
      (SELECT json_build_object('id', t.id, 'status', t.status, 'csat', t.state->'csat') FROM tickets t WHERE t.id = c.last_ticket_id AND t.team_id = c.team_id) AS "lastTicket",
      coalesce((SELECT m.widget_seq FROM messages m WHERE m.conversation_id = c.id AND m.author = 'customer' AND m.widget_seq IS NOT NULL
        AND m.position <= greatest(c.team_read, ${ANSWERED_AT}) ORDER BY m.position DESC LIMIT 1), 0) AS "seenByTeam",
      (SELECT m.created_at FROM messages m WHERE m.id = c.last_customer_message_id) AS "wroteAt"
    FROM conversations c LEFT JOIN agents ag ON ag.id = c.agent_id AND ag.team_id = c.team_id
    WHERE c.id = ${conversationId} AND c.team_id = ${teamId}`;
  return rows[0] ?? null;
}

/** A widget says that messages up to this number have come to its page, and those up to `readUpTo` stood on its open panel. */
export async function markSeen(prisma: PrismaClient, { readUpTo, ...seen }: Whose & { upTo: number; readUpTo: number; at: Date }): Promise<void> {
  const { teamId, conversationId } = seen;
  await pipelined(prisma, async (db) => {
    const [, hasArrived] = await Promise.all([holdConversation(db, seen), noteArrival(db, seen)]);
    const isRead = readUpTo > 0 && (await noteReading(db, { ...seen, readUpTo }));
    // Operators see it.
    if (hasArrived || isRead) await announce(db, teamId, { events: [{ kind: 'conversation', conversationId }] });
  });
}

async function noteArrival(db: SqlDb, { teamId, conversationId, upTo, at }: Whose & { upTo: number; at: Date }): Promise<boolean> {
  const moved = await db.$executeRaw`
    UPDATE conversations SET widget_seen = least(${upTo}::int, widget_seq)
    WHERE id = ${conversationId} AND team_id = ${teamId} AND widget_seen < least(${upTo}::int, widget_seq)`;
  if (moved === 0) return false;
  // What has come need not be followed any more (followAiMessage), unless its ticket has not written down yet that it was said.
  const came = await db.$queryRaw<{ arrives: boolean }[]>`
    WITH fresh AS (
      SELECT id, delivery IN ('pending', 'sent', 'failed') AS arrives FROM messages
      WHERE conversation_id = ${conversationId} AND team_id = ${teamId} AND widget_seq <= ${upTo}::int AND author IN ('operator', 'agent')
        AND channel = 'live_chat' AND (delivery IN ('pending', 'sent', 'failed') OR delivery = 'delivered' AND handed_at IS NULL) FOR UPDATE)
    UPDATE messages m SET delivery = 'delivered', delivered_at = CASE WHEN fresh.arrives THEN ${at} ELSE m.delivered_at END, delivery_detail = '',
      handed_at = CASE WHEN m.author = 'operator' OR m.ticket_id IS NOT NULL OR NOT ${HAS_TICKET} THEN coalesce(m.handed_at, ${at}) ELSE m.handed_at END
    FROM fresh, conversations c WHERE m.id = fresh.id AND c.id = m.conversation_id
    RETURNING fresh.arrives`;
  return came.some(({ arrives }) => arrives);
}

/** Nobody has read what was taken back, nor what has not come. */
async function noteReading(db: SqlDb, { teamId, conversationId, readUpTo, at }: Whose & { readUpTo: number; at: Date }): Promise<boolean> {
  const read = await db.$executeRaw`
    UPDATE messages m SET read_at = ${at} FROM conversations c
    WHERE c.id = ${conversationId} AND c.team_id = ${teamId} AND m.conversation_id = c.id AND m.widget_seq <= least(${readUpTo}::int, c.widget_seen)
      AND m.author <> 'customer' AND m.read_at IS NULL AND ${MAY_SHOW}`;
  return read > 0;
}
