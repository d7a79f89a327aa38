import { DAY_MS } from '#workflows/domain/instant.ts';
import type { Db } from '../client.ts';
import type { FileStore } from './file-store.ts';

const AT_ONCE = 100;
/** Stands for the message of a file that is being swept: no message can have it any more. */
export const SWEPT = 'swept';

/** Whose a file is that no message has: a visitor's, by their conversation, or a person's or key's of the team, who uploaded it. */
type LooseOf = { readonly teamId: string } & ({ readonly conversationId: string } | { readonly uploadedBy: string });

interface LooseFile {
  readonly id: string;
  readonly teamId: string;
  /** A visitor's; null: of whoever uploaded it. */
  readonly conversationId: string | null;
  /** A person or key of the team; null: a visitor. */
  readonly uploadedBy: string | null;
  readonly fileName: string;
  readonly mediaType: string;
  readonly size: number;
  readonly sha256: string;
  readonly storageKey: string;
  readonly createdAt: Date;
}

/** Stores a file that no message has yet. */
export async function insertLoose(db: Db, file: LooseFile): Promise<void> {
  await db.attachment.create({ data: file });
}

export async function countLoose(db: Db, whose: LooseOf): Promise<number> {
  return db.attachment.count({ where: { ...whose, messageId: null } });
}

/** Those that were taken from them, while the bytes are still there. */
export async function countDeleted(db: Db, whose: LooseOf): Promise<number> {
  return db.attachment.count({ where: { ...whose, messageId: SWEPT } });
}

/** Takes a loose file from its uploader; the sweep does the rest. False: there is none. */
export async function forgetLoose(db: Db, { id, ...whose }: LooseOf & { readonly id: string }): Promise<boolean> {
  const { count } = await db.attachment.updateMany({ where: { id, ...whose, messageId: null }, data: { messageId: SWEPT } });
  return count > 0;
}

/**
 * Forgets files that were uploaded a day ago and that no message has, and their bytes; gives how many. First the rows are
 * taken from everybody, then the bytes go, then the rows: who dies in between leaves rows by which the next one goes on,
 * and neither a message without its file nor bytes that nobody knows of.
 */
export async function sweepLooseFiles({ prisma: db, files }: { prisma: Db; files: FileStore }, at: Date): Promise<number> {
  const before = new Date(at.getTime() - DAY_MS);
  await db.$executeRaw`
    UPDATE attachments SET message_id = ${SWEPT}
    WHERE message_id IS NULL AND id IN (SELECT id FROM attachments WHERE message_id IS NULL AND created_at < ${before} ORDER BY id LIMIT ${AT_ONCE}::int)`;
  // The bytes of what was deleted today stay a day (`removeOld`): looked at before, they would stand in the way of those whose day is over.
  const swept = await db.attachment.findMany({ where: { messageId: SWEPT, createdAt: { lt: before } }, orderBy: { id: 'asc' }, take: AT_ONCE, select: { id: true, storageKey: true } });
  if (swept.length === 0) return 0;
  const shared = await keysInUse(db, swept.map(({ storageKey }) => storageKey), before);
  const gone: string[] = [];
  for (const { id, storageKey } of swept) {
    // Kept anew since, by somebody whose row is still to come.
    if (shared.has(storageKey) || (await files.removeOld(storageKey, before))) gone.push(id);
  }
  await db.attachment.deleteMany({ where: { id: { in: gone }, messageId: SWEPT } });
  return gone.length;
}

/** The same content is one file of its team, whoever has it: those that somebody else still has, or a younger row will see to. */
async function keysInUse(db: Db, keys: readonly string[], before: Date): Promise<ReadonlySet<string>> {
  const list = [...new Set(keys)];
  const rows = await db.$queryRaw<{ key: string }[]>`
    SELECT storage_key AS key FROM attachments WHERE storage_key = ANY(${list}::text[]) AND (message_id IS DISTINCT FROM ${SWEPT} OR created_at >= ${before})
    UNION SELECT raw_key FROM inbound_mails WHERE raw_key = ANY(${list}::text[])`;
  return new Set(rows.map(({ key }) => key));
}
