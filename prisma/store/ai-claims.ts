import type { PrismaClient } from '../client.ts';
import type { SqlDb } from '../transaction.ts';
import { noteSuppressed } from './ai-messages.ts';

/** How long an AI delivery may be on its way; then the sender closes its socket. */
export const CLAIM_MS = 10_000;

/**
 * The fence at delivery (P12): under the conversation's lock, the epoch is checked again and the claim is taken, or
 * the message is suppressed. A takeover that comes later waits for the claim; one that came before is obeyed. What its
 * reader has read in a web chat meanwhile is not mailed, nor taken back.
 */
export async function claimAiDelivery(prisma: PrismaClient, { messageId, now }: { messageId: string; now: Date }): Promise<'claimed' | 'suppressed' | 'read'> {
  return prisma.$transaction(async (db) => {
    const rows = await db.$queryRaw<
      { conversation_id: string; team_id: string; author_id: string | null; written: number; epoch: number; is_paused: boolean; delivery: string; tried: boolean; is_read: boolean }[]
    >`
      SELECT m.conversation_id, m.team_id, m.author_id, m.epoch AS written, c.epoch, c.is_paused, m.delivery,
        EXISTS (SELECT 1 FROM ai_claims a WHERE a.message_id = m.id) AS tried,
        coalesce(m.widget_seq <= c.widget_seen, false) AS is_read
      FROM conversations c JOIN messages m ON m.conversation_id = c.id WHERE m.id = ${messageId} FOR UPDATE OF c`;
    const row = rows[0];
    // Also what a takeover has silenced that a web chat may have shown.
    if (row === undefined || row.delivery === 'suppressed' || row.delivery === 'unknown') return 'suppressed';
    if (row.is_read) {
      await db.$executeRaw`UPDATE messages SET delivery = 'delivered', delivered_at = coalesce(delivered_at, ${now}) WHERE id = ${messageId} AND delivery IN ('pending', 'claimed')`;
      return 'read';
    }
    if (row.is_paused || row.epoch !== row.written) {
      // An earlier try may have gone out: then it is unknown, and never said to be suppressed.
      const delivery = row.tried ? 'unknown' : 'suppressed';
      await db.$executeRaw`UPDATE messages SET delivery = ${delivery}, released_at = CASE WHEN ${row.tried} THEN released_at ELSE NULL END WHERE id = ${messageId}`;
      if (!row.tried) {
        await noteSuppressed(db, { conversationId: row.conversation_id, teamId: row.team_id, agentId: row.author_id, messageId, why: 'stale_at_delivery', at: now });
      }
      return 'suppressed';
    }
    await db.$executeRaw`
      INSERT INTO ai_claims (message_id, conversation_id, team_id, epoch, claimed_at, expires_at)
      VALUES (${messageId}, ${row.conversation_id}, ${row.team_id}, ${row.epoch}::int, ${now}, ${new Date(now.getTime() + CLAIM_MS)})
      ON CONFLICT (message_id) DO UPDATE SET claimed_at = excluded.claimed_at, expires_at = excluded.expires_at, epoch = excluded.epoch, done_at = NULL`;
    await db.$executeRaw`UPDATE messages SET delivery = 'claimed' WHERE id = ${messageId} AND delivery IN ('pending', 'delivered')`;
    return 'claimed';
  });
}

/** The try is over, whatever became of it: a takeover need not wait for it any more. */
export async function endAiClaim(prisma: PrismaClient, { messageId, now }: { messageId: string; now: Date }): Promise<void> {
  await prisma.aiClaim.updateMany({ where: { messageId, doneAt: null }, data: { doneAt: now } });
}

/** When the last unexpired claim of the conversation expires, of a delivery or of a widget's reading; null where none is open. */
export async function openClaimUntil(db: SqlDb, { conversationId, now }: { conversationId: string; now: Date }): Promise<Date | null> {
  const [found] = await db.$queryRaw<{ until: Date | null }[]>`
    SELECT max(expires_at) AS until FROM (
      SELECT expires_at FROM ai_claims WHERE conversation_id = ${conversationId} AND done_at IS NULL AND expires_at > ${now}
      UNION ALL SELECT expires_at FROM widget_claims WHERE conversation_id = ${conversationId} AND expires_at > ${now}) AS open_claims`;
  return found?.until ?? null;
}
