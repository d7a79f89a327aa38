import type { Db } from '../client.ts';

/** When the customer of a conversation was last told that nobody is there (P38); null: never. */
export async function lastClosedReply(db: Db, { teamId, conversationId }: { teamId: string; conversationId: string }): Promise<number | null> {
  const rows = await db.$queryRaw<{ at: Date }[]>`
    SELECT at FROM timeline WHERE conversation_id = ${conversationId} AND team_id = ${teamId} AND kind = 'baton_wrote'
      AND data->>'purpose' = 'out_of_hours' ORDER BY position DESC LIMIT 1`;
  return rows[0]?.at.getTime() ?? null;
}
