import type { PrismaClient } from '../client.ts';

export type SendClaim =
  /** Go ahead; this is the how-manieth try. `mayHaveGone`: an earlier one was cut off between hand-over and record. */
  | { readonly kind: 'go'; readonly attempt: number; readonly mayHaveGone: boolean }
  /** It was sent before; this is what the server said. */
  | { readonly kind: 'sent'; readonly response: string }
  /** Another process is sending it right now. */
  | { readonly kind: 'busy' };

/** One try lasts at most this long; a claim older than this belongs to a process that died. */
const ATTEMPT_MS = 60_000;

/** Writes a row before the try, so that a crash leaves a trace: a message that was sent is never sent again. */
export async function claimSend(prisma: PrismaClient, { messageId, teamId, now }: { messageId: string; teamId: string; now: Date }): Promise<SendClaim> {
  return prisma.$transaction(async (db): Promise<SendClaim> => {
    await db.$queryRaw`SELECT 1 FROM messages WHERE id = ${messageId} AND team_id = ${teamId} FOR UPDATE`;
    const attempts = await db.sendAttempt.findMany({ where: { messageId }, orderBy: { attempt: 'desc' } });
    const sent = attempts.find((one) => one.outcome === 'sent');
    // A person who sends again after a bounce or a refusal resets the log by `forgetAttempts`.
    if (sent !== undefined) return { kind: 'sent', response: sent.response };
    const newest = attempts[0];
    if (newest !== undefined && newest.finishedAt === null && newest.claimedAt.getTime() > now.getTime() - ATTEMPT_MS) return { kind: 'busy' };
    const attempt = (newest?.attempt ?? 0) + 1;
    await db.sendAttempt.create({ data: { messageId, teamId, attempt, claimedAt: now } });
    return { kind: 'go', attempt, mayHaveGone: newest !== undefined && newest.finishedAt === null };
  });
}

export async function recordSend(
  prisma: PrismaClient,
  { messageId, attempt, outcome, response, now }: { messageId: string; attempt: number; outcome: string; response: string; now: Date },
): Promise<void> {
  await prisma.sendAttempt.update({ where: { messageId_attempt: { messageId, attempt } }, data: { outcome, response, finishedAt: now } });
}

/** Somebody sends a failed message again by hand: earlier outcomes do not count. */
export async function forgetAttempts(prisma: PrismaClient, { messageId, teamId }: { messageId: string; teamId: string }): Promise<void> {
  await prisma.sendAttempt.deleteMany({ where: { messageId, teamId, finishedAt: { not: null } } });
}
