import type { Db } from '../client.ts';

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

/** A file that no message has yet. */
export async function insertLoose(db: Db, file: LooseFile): Promise<void> {
  await db.attachment.create({ data: file });
}
