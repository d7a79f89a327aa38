import type { Db } from '../../client.ts';

interface LooseFile {
  readonly id: string;
  readonly teamId: string;
  readonly conversationId: string;
  readonly fileName: string;
  readonly mediaType: string;
  readonly size: number;
  readonly sha256: string;
  readonly storageKey: string;
}

/** A visitor's file that no message has yet. */
export async function insertLoose(db: Db, file: LooseFile): Promise<void> {
  await db.attachment.create({ data: file });
}

export async function countLoose(db: Db, { teamId, conversationId }: { teamId: string; conversationId: string }): Promise<number> {
  return db.attachment.count({ where: { teamId, conversationId, messageId: null } });
}

/** Gives a message its files, inside the transaction that stores it; false where one is not there, or is another message's. */
export async function attachTo(db: Db, { teamId, conversationId, messageId, ids }: { teamId: string; conversationId: string; messageId: string; ids: readonly string[] }): Promise<boolean> {
  if (ids.length === 0) return true;
  const where = { id: { in: [...ids] }, teamId, conversationId };
  await db.attachment.updateMany({ where: { ...where, messageId: null }, data: { messageId } });
  // The same message sent again finds its files in place.
  return (await db.attachment.count({ where: { ...where, messageId } })) === new Set(ids).size;
}
