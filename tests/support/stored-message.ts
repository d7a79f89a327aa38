import type { PrismaClient } from '#prisma/client.ts';
import { storeCustomerMessage } from '#store/customer-messages.ts';
import { newId } from '#store/new-id.ts';
import { pipelined } from '#prisma/transaction.ts';
import type { Channel } from '#workflows/domain/channel.ts';

interface Where {
  readonly teamId: string;
  readonly conversationId: string;
  readonly requesterId: string;
  readonly channel: Channel;
}

/** What the customer of a conversation wrote, as a sender stores it; nobody has been told of it yet. Gives its id. */
export async function storedMessage(
  prisma: PrismaClient,
  { teamId, conversationId, requesterId, channel }: Where,
  { id = newId('message'), text = 'Where is my order?', language = null, at = new Date() }: { id?: string; text?: string; language?: string | null; at?: Date } = {},
): Promise<string> {
  await pipelined(prisma, (db) => storeCustomerMessage(db, { id, teamId, conversationId, requesterId, channel, text, language, at }));
  return id;
}
