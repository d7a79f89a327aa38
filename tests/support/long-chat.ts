import type { PrismaClient } from '#prisma/client.ts';
import { newId } from '#prisma/store/new-id.ts';

/** Makes a conversation longer by so many messages of its customer, which nobody has to answer. */
export async function isMadeLonger(prisma: PrismaClient, { conversationId, by, text = 'And another thing.' }: { conversationId: string; by: number; text?: string }): Promise<void> {
  const { teamId, channel, requesterId, nextPosition } = await prisma.conversation.update({ where: { id: conversationId }, data: { nextPosition: { increment: by } } });
  const at = new Date();
  await prisma.message.createMany({
    data: Array.from({ length: by }, (_, index) => ({
      id: newId('message'), teamId, conversationId, channel, position: nextPosition - by + index,
      author: 'customer', authorId: requesterId, text, createdAt: at, acceptedAt: at, releasedAt: at, handedAt: at,
    })),
  });
}
