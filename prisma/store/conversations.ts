import type { Actor } from '#workflows/domain/actor.ts';
import type { Channel } from '#workflows/domain/channel.ts';
import type { Db, PrismaClient } from '../client.ts';
import type { SqlDb } from '../transaction.ts';
import { announce } from './team-events.ts';

export interface ConversationFacts {
  readonly id: string;
  readonly teamId: string;
  readonly channel: Channel;
  readonly agentId: string | null;
  readonly requesterId: string;
  readonly isPaused: boolean;
  /** Grows whenever the AI is paused or resumed. */
  readonly epoch: number;
  readonly openTicketId: string | null;
  readonly lastTicketId: string | null;
  /** The widget that shows it to its customer; null: their own app does, or their mailbox. */
  readonly widgetId: string | null;
}

/** A conversation of this team, or null: another team's id is nothing. */
export async function findConversation(db: SqlDb, teamId: string, conversationId: string): Promise<ConversationFacts | null> {
  const rows = await db.$queryRaw<ConversationFacts[]>`
    SELECT id, team_id AS "teamId", channel, agent_id AS "agentId", requester_id AS "requesterId", is_paused AS "isPaused", epoch,
      open_ticket_id AS "openTicketId", last_ticket_id AS "lastTicketId", widget_id AS "widgetId"
    FROM conversations WHERE id = ${conversationId} AND team_id = ${teamId}`;
  return rows[0] ?? null;
}

/**
 * Locks a conversation until the transaction ends. In a statement of its own: whatever is asked behind it sees what whoever held
 * the lock has written, and a statement that waited for it itself would not.
 */
export async function holdConversation(db: SqlDb, { teamId, conversationId }: { teamId: string; conversationId: string }): Promise<void> {
  await db.$queryRaw`SELECT 1 FROM conversations WHERE id = ${conversationId} AND team_id = ${teamId} FOR UPDATE`;
}

export interface NewConversation {
  readonly id: string;
  readonly teamId: string;
  readonly channel: Channel;
  readonly agentId: string | null;
  readonly requesterId: string;
  readonly subject: string;
  readonly addressId?: string | null;
  readonly widgetId?: string | null;
}

/** Makes a conversation; one that exists stays. Returns whether this call made it. */
export async function insertConversation(db: Db, { id, teamId, channel, agentId, requesterId, subject, addressId = null, widgetId = null }: NewConversation): Promise<boolean> {
  const made = await db.$executeRaw`
    INSERT INTO conversations (id, team_id, channel, agent_id, requester_id, subject, address_id, widget_id)
    VALUES (${id}, ${teamId}, ${channel}, ${agentId}, ${requesterId}, ${subject}, ${addressId}, ${widgetId}) ON CONFLICT (id) DO NOTHING`;
  return made > 0;
}

/** The team's default address, by which tickets without a mail of their own are answered. */
export async function defaultAddressOf(db: Db, teamId: string): Promise<string | null> {
  const row = await db.address.findFirst({ where: { teamId, isDefault: true }, select: { id: true } });
  return row?.id ?? null;
}

export interface OwnEntry {
  readonly teamId: string;
  readonly conversationId: string;
  /** Makes the entry the only one of its kind: written twice it is there once. */
  readonly key: string;
  readonly kind: 'case_refused' | 'flagged';
  readonly actor: Actor;
  readonly at: Date;
  readonly data: Readonly<Record<string, string | null>>;
}

/** Writes an entry that belongs to no ticket. Returns whether this call wrote it. */
export async function writeOwnEntry(prisma: PrismaClient, entry: OwnEntry): Promise<boolean> {
  return prisma.$transaction((db) => writeOwnEntryIn(db, entry));
}

async function writeOwnEntryIn(db: Db, { teamId, conversationId, key, kind, actor, at, data }: OwnEntry): Promise<boolean> {
  // Locked first: of two writers of the same entry the second must see what the first wrote.
  await holdConversation(db, { teamId, conversationId });
  const written = await db.$executeRaw`
    WITH absent AS (SELECT 1 WHERE NOT EXISTS (SELECT 1 FROM timeline WHERE conversation_id = ${conversationId} AND key = ${key})),
    taken AS (UPDATE conversations SET next_position = next_position + 1
      WHERE id = ${conversationId} AND team_id = ${teamId} AND EXISTS (SELECT 1 FROM absent) RETURNING next_position - 1 AS position)
    INSERT INTO timeline (conversation_id, position, team_id, key, kind, actor, at, data)
    SELECT ${conversationId}, position, ${teamId}, ${key}, ${kind}, ${JSON.stringify(actor)}::jsonb, ${at}, ${JSON.stringify(data)}::jsonb FROM taken`;
  if (written === 0) return false;
  await announce(db, teamId, { events: [{ kind: 'conversation', conversationId }] });
  return true;
}

/** P11: marks a conversation for people to see, without a ticket; the first reason stays. */
export async function flagConversation(prisma: PrismaClient, entry: OwnEntry & { kind: 'flagged'; reason: string }): Promise<void> {
  const { teamId, conversationId, at, reason } = entry;
  await prisma.$transaction(async (db) => {
    await db.$executeRaw`
      UPDATE conversations SET flagged_at = coalesce(flagged_at, ${at}), flag_reason = coalesce(flag_reason, ${reason})
      WHERE id = ${conversationId} AND team_id = ${teamId} AND NOT has_active_ticket`;
    await writeOwnEntryIn(db, entry);
  });
}

/**
 * Runs `make` in a transaction unless the conversation is there already: the id is made from the command's key, so a
 * command that is sent twice, or twice at once, makes one. Returns whether this call made it.
 */
export async function makeConversationOnce(
  prisma: PrismaClient,
  { teamId, conversationId }: { teamId: string; conversationId: string },
  make: (db: Db) => Promise<void>,
): Promise<boolean> {
  return prisma.$transaction(async (db) => {
    await db.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`conversation:${conversationId}`}, 0))`;
    if ((await findConversation(db, teamId, conversationId)) !== null) return false;
    await make(db);
    return true;
  });
}
