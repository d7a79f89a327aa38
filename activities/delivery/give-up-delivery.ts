import { failMessage } from '#store/failed-messages.ts';
import type { ActivityDeps } from '../activity-deps.ts';

/** A mail that no ticket owes was tried for a day, or a chat's reply waited for one: it is said on its row, to its author and to webhooks. Again changes nothing. */
export async function giveUpDelivery({ prisma, now }: Pick<ActivityDeps, 'prisma' | 'now'>, { teamId, messageId, detail }: { teamId: string; messageId: string; detail: string }): Promise<void> {
  const message = await prisma.message.findFirst({ where: { id: messageId, teamId }, select: { id: true, teamId: true, conversationId: true } });
  if (message === null) return;
  await prisma.$transaction((db) => failMessage(db, message, { detail, at: new Date(now()) }));
}
