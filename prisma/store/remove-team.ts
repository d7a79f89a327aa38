import type { PrismaClient } from '../client.ts';
import { Prisma } from '../generated/client.ts';

/** What of a team lives outside PostgreSQL. */
export interface TeamElsewhere {
  readonly ticketIds: readonly string[];
  /** Messages that may have a delivery of their own. */
  readonly messageIds: readonly string[];
  readonly mailHashes: readonly string[];
  readonly fileKeys: readonly string[];
}

/** Where a team has left traces beside its rows. */
export async function elsewhereOf(prisma: PrismaClient, teamId: string): Promise<TeamElsewhere> {
  const where = { teamId };
  const [generations, messages, mails, attachments] = await Promise.all([
    prisma.generation.findMany({ where, select: { ticketId: true } }),
    prisma.message.findMany({ where: { teamId, author: { not: 'customer' }, channel: 'email', kind: 'message' }, select: { id: true } }),
    prisma.inboundMail.findMany({ where, select: { hash: true, rawKey: true } }),
    prisma.attachment.findMany({ where, select: { storageKey: true } }),
  ]);
  return {
    ticketIds: [...new Set(generations.map(({ ticketId }) => ticketId))],
    messageIds: messages.map(({ id }) => id),
    mailHashes: mails.map(({ hash }) => hash),
    fileKeys: [...mails.map(({ rawKey }) => rawKey), ...attachments.map(({ storageKey }) => storageKey)],
  };
}

/** Removes a team with every row that carries its id, and the sign-in identities that belong to no other team. */
export async function removeTeam(prisma: PrismaClient, teamId: string): Promise<void> {
  await prisma.$transaction(async (db) => {
    const users = await db.operator.findMany({ where: { teamId }, select: { userId: true } });
    const tables = await db.$queryRaw<{ name: string }[]>`
      SELECT table_name AS name FROM information_schema.columns WHERE column_name = 'team_id' AND table_schema = current_schema() ORDER BY table_name`;
    for (const { name } of tables) await db.$executeRaw`DELETE FROM ${Prisma.raw(`"${name}"`)} WHERE team_id = ${teamId}`;
    const ids = users.map(({ userId }) => userId);
    const elsewhere = await db.operator.findMany({ where: { userId: { in: ids } }, select: { userId: true } });
    await db.user.deleteMany({ where: { id: { in: ids.filter((id) => !elsewhere.some(({ userId }) => userId === id)) } } });
    await db.team.delete({ where: { id: teamId } });
  }, { timeout: 60_000 });
}
