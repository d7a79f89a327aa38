import type { TicketInput } from '#workflows/contract/ticket-messages.ts';
import type { Birth } from '#workflows/domain/ticket-event.ts';
import type { Db, PrismaClient } from '../client.ts';
import { Prisma } from '../generated/client.ts';
import type { SqlDb } from '../transaction.ts';
import { holdConversation } from './conversations.ts';
import { effectivePolicyFor } from './policies.ts';

/** What a birth knows before its conversation is locked; the rest is read under the lock. */
export type BirthWish = Omit<Birth, 'generation' | 'linkedTicketId' | 'customerMessage' | 'subject' | 'requesterId' | 'agentId' | 'channel'> & {
  readonly subject?: string;
  /** The customer message that opens the ticket: it is in the thread already. */
  readonly heeds: 'nothing' | 'newest' | { readonly messageId: string };
};

export interface Reservation {
  readonly ticketId: string;
  readonly input: TicketInput;
  /** False: another command opened the conversation's ticket first, and this is its input. */
  readonly isMine: boolean;
}

interface ConversationRow {
  requester_id: string;
  agent_id: string | null;
  channel: Birth['channel'];
  subject: string;
  last_ticket_id: string | null;
  unanswered_since: Date | null;
  message_id: string | null;
  message_position: number | null;
  message_at: Date | null;
  message_automatic: boolean | null;
  /** The ticket that has it on its timeline. */
  message_ticket_id: string | null;
}

/**
 * Reserves the conversation's next generation for a ticket, or finds the one that is open or under way: of two births
 * at once exactly one wins. The row holds the workflow's whole start input, so that a birth whose process died is
 * carried out by whoever finds it.
 */
export async function reserveBirth(prisma: PrismaClient, wish: BirthWish): Promise<Reservation> {
  return prisma.$transaction((db) => reserveBirthIn(db, wish));
}

export async function reserveBirthIn(db: Db, wish: BirthWish): Promise<Reservation> {
  const conversation = await lockConversation(db, wish);
  const open = await openGeneration(db, wish.conversationId);
  if (open !== null) return { ticketId: open.ticketId, input: open.input, isMine: open.ticketId === wish.ticketId };
  // The message has a ticket since its sender looked, and that one has finished: it must not open a second.
  const { message_ticket_id: has } = conversation;
  if (typeof wish.heeds === 'object' && has !== null) return { ticketId: has, input: { ticketId: has, teamId: wish.teamId }, isMine: false };
  const generation = await nextGeneration(db, wish.conversationId);
  const input = await birthInput(db, { wish, conversation, generation });
  await db.$executeRaw`
    INSERT INTO generations (conversation_id, generation, team_id, ticket_id, state, command, update_id)
    VALUES (${wish.conversationId}, ${generation}::int, ${wish.teamId}, ${wish.ticketId}, 'pending', ${JSON.stringify(input)}::jsonb, ${wish.ticketId})`;
  return { ticketId: wish.ticketId, input, isMine: true };
}

async function lockConversation(db: Db, { conversationId, teamId, heeds }: BirthWish): Promise<ConversationRow> {
  await holdConversation(db, { teamId, conversationId });
  const wanted = typeof heeds === 'object' ? heeds.messageId : null;
  const rows = await db.$queryRaw<ConversationRow[]>`
    SELECT c.requester_id, c.agent_id, c.channel, c.subject, c.last_ticket_id, c.unanswered_since,
      m.id AS message_id, m.position AS message_position, m.created_at AS message_at, m.automatic AS message_automatic,
      m.ticket_id AS message_ticket_id
    FROM conversations c
    LEFT JOIN LATERAL (SELECT id, position, created_at, automatic, ticket_id FROM messages
      WHERE conversation_id = c.id AND author = 'customer' AND (${wanted}::text IS NULL OR id = ${wanted}) ORDER BY position DESC LIMIT 1) m ON true
    WHERE c.id = ${conversationId} AND c.team_id = ${teamId}`;
  const row = rows[0];
  if (row === undefined) throw new Error(`conversation ${conversationId} is not there`);
  return row;
}

/** SQL: whether conversation `c` has a ticket that is open or about to be. */
export const HAS_TICKET = Prisma.sql`EXISTS (SELECT 1 FROM generations g WHERE g.conversation_id = c.id AND g.state IN ('pending', 'open'))`;

export interface OpenGeneration {
  readonly ticketId: string;
  readonly input: TicketInput;
  readonly isPending: boolean;
  /** Up to which seq the ticket is written down; 0: not at all. */
  readonly lastSeq: number;
}

/** The conversation's ticket that is open or about to be. */
export async function openGeneration(db: SqlDb, conversationId: string): Promise<OpenGeneration | null> {
  const rows = await db.$queryRaw<{ ticket_id: string; team_id: string; command: TicketInput | { reopening: true }; state: string; last_seq: number | null }[]>`
    SELECT g.ticket_id, g.team_id, g.command, g.state, t.last_seq FROM generations g LEFT JOIN tickets t ON t.id = g.ticket_id
    WHERE g.conversation_id = ${conversationId} AND g.state IN ('pending', 'open') ORDER BY g.generation DESC LIMIT 1`;
  const row = rows[0];
  if (row === undefined) return null;
  const { ticket_id: ticketId, team_id: teamId, command } = row;
  // A reopened ticket was born in an earlier generation: it starts from its stored state.
  return { ticketId, input: 'reopening' in command ? { ticketId, teamId } : command, isPending: row.state === 'pending', lastSeq: row.last_seq ?? 0 };
}

/**
 * The ticket that a command made or was taken by, whatever has become of it; null: none. Asked where no ticket is open: one
 * that has finished since is written down with what it took, the last hundred commands of it.
 */
export async function ticketThatTook(db: SqlDb, { teamId, conversationId, ticketId, commandId }: { teamId: string; conversationId: string; ticketId: string; commandId: string }): Promise<string | null> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    SELECT ticket_id AS id FROM generations WHERE ticket_id = ${ticketId} AND team_id = ${teamId}
    UNION ALL
    SELECT id FROM tickets WHERE team_id = ${teamId} AND conversation_id = ${conversationId} AND state->'recent' @> ${JSON.stringify([[commandId]])}::jsonb
    LIMIT 1`;
  return rows[0]?.id ?? null;
}

async function nextGeneration(db: Db, conversationId: string): Promise<number> {
  const newest = await db.generation.findFirst({ where: { conversationId }, orderBy: { generation: 'desc' }, select: { generation: true } });
  return (newest?.generation ?? 0) + 1;
}

async function birthInput(
  db: Db,
  { wish, conversation, generation }: { wish: BirthWish; conversation: ConversationRow; generation: number },
): Promise<TicketInput> {
  const { heeds, subject, ...rest } = wish;
  const { policy, version } = await effectivePolicyFor(db, wish.teamId, conversation.agent_id);
  const { message_id: id, message_position: position, message_at: at } = conversation;
  const command: Birth = {
    ...rest,
    generation,
    requesterId: conversation.requester_id,
    agentId: conversation.agent_id,
    channel: conversation.channel,
    subject: subject ?? (conversation.subject || 'No subject'),
    linkedTicketId: conversation.last_ticket_id,
    customerMessage:
      heeds === 'nothing' || id === null || at === null || position === null
        ? null
        : {
            id,
            position,
            at: at.getTime(),
            automated: conversation.message_automatic ?? false,
            isAnswered: conversation.unanswered_since === null,
            isKnown: conversation.message_ticket_id !== null,
          },
  };
  return { ticketId: wish.ticketId, teamId: wish.teamId, birth: { command, policy, policyVersion: version } };
}

/**
 * Reserves the next generation for a ticket that is being reopened from closed or cancelled. Null: another ticket of
 * the conversation is open (P10). The row is pending until the projection says open, or `freeReopening` takes it back.
 */
export async function reserveReopening(
  prisma: PrismaClient,
  { conversationId, teamId, ticketId, updateId }: { conversationId: string; teamId: string; ticketId: string; updateId: string },
): Promise<{ generation: number } | { openTicketId: string }> {
  return prisma.$transaction(async (db) => {
    await holdConversation(db, { teamId, conversationId });
    const mine = await db.generation.findFirst({ where: { conversationId, ticketId, updateId } });
    if (mine !== null) return { generation: mine.generation };
    const open = await openGeneration(db, conversationId);
    if (open !== null) return { openTicketId: open.ticketId };
    const generation = await nextGeneration(db, conversationId);
    await db.generation.create({ data: { conversationId, generation, teamId, ticketId, state: 'pending', command: { reopening: true }, updateId } });
    return { generation };
  });
}

/** The reopening was refused: its generation is free again. */
export async function freeReopening(prisma: PrismaClient, { conversationId, updateId }: { conversationId: string; updateId: string }): Promise<void> {
  await prisma.generation.updateMany({ where: { conversationId, updateId, state: 'pending' }, data: { state: 'freed' } });
}
