import type { Db, PrismaClient } from '../client.ts';
import { prepared } from '../transaction.ts';
import { insertMessage, type NewMessage } from './message-rows.ts';
import { bindFiles } from './outgoing-files.ts';
import type { FilesRefusal } from './outgoing-files.ts';
import { MAILBOX_FIRST } from './requesters.ts';

/** What became of storing a body: `accepted` says that its command was carried out before. */
export type Stored = 'stored' | 'accepted' | FilesRefusal;

/**
 * Stores what one of our people wrote, with its attachments, before its ticket hears of it: nobody sees it until the
 * ticket has accepted it. Storing it twice is storing it once.
 */
export async function storeBody(prisma: PrismaClient, message: NewMessage, attachmentIds: readonly string[] = []): Promise<Stored> {
  if (attachmentIds.length === 0) return (await insertMessage(prepared(prisma), message)) ? 'stored' : stateOf(prisma, message.id);
  try {
    return await prisma.$transaction(async (db) => {
      if (!(await insertMessage(db, message))) return stateOf(db, message.id);
      const refusal = await bindFiles(db, message, attachmentIds);
      if (refusal !== null) throw new FilesNotGiven(refusal);
      return 'stored';
    });
  } catch (error) {
    if (error instanceof FilesNotGiven) return error.refusal;
    throw error;
  }
}

/** Thrown to undo the transaction. */
class FilesNotGiven extends Error {
  readonly refusal: FilesRefusal;

  constructor(refusal: FilesRefusal) {
    super(refusal.why);
    this.refusal = refusal;
  }
}

async function stateOf(db: Db, messageId: string): Promise<Stored> {
  const row = await db.message.findUnique({ where: { id: messageId }, select: { acceptedAt: true } });
  return row !== null && row.acceptedAt !== null ? 'accepted' : 'stored';
}

/** The command was refused: the body that nobody has seen goes, its attachments are free again. */
export async function dropUnseenBody(prisma: PrismaClient, { teamId, messageId }: { teamId: string; messageId: string }): Promise<void> {
  await prisma.$transaction(async (db) => {
    const { count } = await db.message.deleteMany({ where: { id: messageId, teamId, acceptedAt: null } });
    if (count > 0) await db.attachment.updateMany({ where: { teamId, messageId }, data: { messageId: null, conversationId: null } });
  });
}

export interface OutgoingMessage {
  readonly id: string;
  readonly author: string;
  readonly authorId: string | null;
  readonly channel: string;
  readonly delivery: string | null;
}

/** A message of ours in this conversation, or null. */
export async function findOutgoing(
  db: Db,
  { teamId, conversationId, messageId }: { teamId: string; conversationId: string; messageId: string },
): Promise<OutgoingMessage | null> {
  return db.message.findFirst({
    where: { id: messageId, teamId, conversationId, kind: 'message', author: { not: 'customer' }, acceptedAt: { not: null } },
    select: { id: true, author: true, authorId: true, channel: true, delivery: true },
  });
}

/** Where a mail to this requester goes: a verified address before any other. Null: none is known. */
export async function mailboxOf(db: Db, teamId: string, requesterId: string): Promise<string | null> {
  const row = await db.requesterAddress.findFirst({ where: { teamId, requesterId, kind: 'email' }, orderBy: MAILBOX_FIRST });
  return row?.value ?? null;
}
