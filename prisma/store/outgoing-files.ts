import { MOST_FILES_BYTES } from '#workflows/contract/upload-limits.ts';
import type { SqlDb } from '../transaction.ts';
import type { NewMessage } from './message-rows.ts';

/** Why a message does not get its files: `strangers` are the places, in the list, of those that are not its author's to give. */
export type FilesRefusal = { readonly why: 'strangers'; readonly places: readonly number[] } | { readonly why: 'too_much' };

/** Gives a message that was stored just now its author's files, inside that transaction, which must be undone where this refuses. */
export async function bindFiles(db: SqlDb, { id, teamId, conversationId, authorId }: Pick<NewMessage, 'id' | 'teamId' | 'conversationId' | 'authorId'>, ids: readonly string[]): Promise<FilesRefusal | null> {
  // Locked in one order: two messages that want the same files wait for each other.
  const bound = await db.$queryRaw<{ id: string; size: number }[]>`
    WITH own AS (SELECT id FROM attachments WHERE id = ANY(${[...ids]}::text[]) AND team_id = ${teamId} AND uploaded_by = ${authorId} AND message_id IS NULL ORDER BY id FOR UPDATE)
    UPDATE attachments a SET message_id = ${id}, conversation_id = ${conversationId}, place = array_position(${[...ids]}::text[], a.id) FROM own WHERE a.id = own.id AND a.message_id IS NULL RETURNING a.id, a.size`;
  const places = ids.flatMap((one, place) => (bound.some((row) => row.id === one) ? [] : [place]));
  if (places.length > 0) return { why: 'strangers', places };
  return bound.reduce((sum, { size }) => sum + size, 0) > MOST_FILES_BYTES ? { why: 'too_much' } : null;
}

/** The message was withdrawn: its files are loose again, for another day, and whoever uploaded them can attach them to another. */
export async function giveFilesBack(db: SqlDb, { teamId, messageId, at }: { teamId: string; messageId: string; at: Date }): Promise<void> {
  await db.$executeRaw`UPDATE attachments SET message_id = NULL, conversation_id = NULL, created_at = ${at} WHERE team_id = ${teamId} AND message_id = ${messageId} AND uploaded_by IS NOT NULL`;
}
