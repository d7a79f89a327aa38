import type { Db, PrismaClient } from '../../client.ts';
import { pipelined } from '../../transaction.ts';
import type { SqlDb } from '../../transaction.ts';
import { holdConversation } from '../conversations.ts';
import { MAY_SHOW } from './reading.ts';

/** How long a reading may take to hand over what it claimed: then it reads again. */
export const READING_CLAIM_MS = 10_000;

interface Reading {
  readonly teamId: string;
  readonly conversationId: string;
  /** Names this one reading. */
  readonly reader: string;
}

/**
 * The fence at delivery (P12), for a widget: under the conversation's lock it is asked again which of an AI's messages may
 * be shown, and a takeover that comes later waits until they are handed over. Gives those that may, until `now` + 10 s.
 */
export async function claimForWidget(prisma: PrismaClient, { teamId, conversationId, reader, messageIds, now }: Reading & { messageIds: readonly string[]; now: Date }): Promise<ReadonlySet<string>> {
  return pipelined(prisma, async (db) => {
    const [, shown] = await Promise.all([
      holdConversation(db, { teamId, conversationId }),
      db.$queryRaw<{ id: string }[]>`
        WITH shown AS (
          SELECT m.id FROM messages m JOIN conversations c ON c.id = m.conversation_id
          WHERE m.team_id = ${teamId} AND m.conversation_id = ${conversationId} AND m.id = ANY(${[...messageIds]}::text[]) AND ${MAY_SHOW}),
        claim AS (
          INSERT INTO widget_claims (reader, team_id, conversation_id, expires_at)
          SELECT ${reader}, ${teamId}, ${conversationId}, ${new Date(now.getTime() + READING_CLAIM_MS)} WHERE EXISTS (SELECT 1 FROM shown))
        SELECT id FROM shown`,
    ]);
    return new Set(shown.map(({ id }) => id));
  });
}

/** They are handed over: nobody waits for this reading any more. */
export async function endWidgetClaim(db: SqlDb, { teamId, reader }: Pick<Reading, 'teamId' | 'reader'>): Promise<void> {
  await db.$executeRaw`DELETE FROM widget_claims WHERE team_id = ${teamId} AND reader = ${reader}`;
}

/** Those of processes that died in between. */
export async function forgetOldWidgetClaims(db: Db, { teamId, before }: { teamId: string; before: Date }): Promise<void> {
  await db.widgetClaim.deleteMany({ where: { teamId, expiresAt: { lt: before } } });
}
