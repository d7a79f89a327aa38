import type { DeliveryOutcome } from '#workflows/domain/change.ts';
import type { PrismaClient } from '../client.ts';
import type { Message } from '../generated/client.ts';
import { failMessage } from './failed-messages.ts';
import { announce } from './team-events.ts';

/** The Message-ID of an outgoing mail, stored before it is sent: the answer to it must find its thread (P51, P52). */
export async function rememberSentMail(
  prisma: PrismaClient,
  { message, headerId, to }: { message: Message; headerId: string; to: readonly string[] },
): Promise<void> {
  const { teamId, conversationId, id: messageId } = message;
  await prisma.$transaction([
    prisma.mailId.createMany({ data: [{ teamId, headerId, conversationId, messageId }], skipDuplicates: true }),
    prisma.message.update({ where: { id: messageId }, data: { headerId, mailTo: [...to] } }),
  ]);
}

/** Writes on a message's row what became of a mail that no ticket owes. What was suppressed or is unknown stays so. */
export async function setDelivery(prisma: PrismaClient, message: Message, report: { outcome: DeliveryOutcome; detail: string }): Promise<void> {
  await prisma.$transaction(async (db) => {
    if (report.outcome === 'failed') return failMessage(db, message, { detail: report.detail, at: new Date() });
    const delivery = report.outcome === 'temporary' ? 'pending' : report.outcome;
    await db.message.updateMany({
      where: { id: message.id, delivery: { in: ['pending', 'claimed'] } },
      data: { delivery, deliveryDetail: report.detail, ...(delivery === 'sent' ? { deliveredAt: new Date() } : {}) },
    });
    await announce(db, message.teamId, { events: [{ kind: 'conversation', conversationId: message.conversationId }] });
  });
}
