import type { SqlDb } from '../../transaction.ts';

/** Gives a message its files, inside the transaction that stores it; false where one is not there, or is another message's. */
export async function attachTo(db: SqlDb, { teamId, conversationId, messageId, ids }: { teamId: string; conversationId: string; messageId: string; ids: readonly string[] }): Promise<boolean> {
  if (ids.length === 0) return true;
  await db.$executeRaw`
    UPDATE attachments SET message_id = ${messageId}, place = array_position(${[...ids]}::text[], id)
    WHERE id = ANY(${[...ids]}::text[]) AND team_id = ${teamId} AND conversation_id = ${conversationId} AND message_id IS NULL`;
  // The same message sent again finds its files in place.
  const own = await db.$queryRaw<unknown[]>`
    SELECT 1 FROM attachments WHERE id = ANY(${[...ids]}::text[]) AND team_id = ${teamId} AND conversation_id = ${conversationId} AND message_id = ${messageId}`;
  return own.length === new Set(ids).size;
}
