import type { Address, Conversation, Message } from '#prisma/generated/client.ts';
import { MAILBOX_FIRST } from '#store/requesters.ts';
import type { ActivityDeps } from '../activity-deps.ts';
import { composeMail, type ComposeResult, messageIdOf } from '../email/compose-mail.ts';
import { plusAddress } from '../email/plus-address.ts';
import { textWithLinks } from './csat-links.ts';

/** Composes one message of a mail conversation from its rows: the same bytes at every try (P52, P59). */
export async function outgoingMail(deps: ActivityDeps, message: Message): Promise<ComposeResult> {
  const { prisma, mailDomain } = deps;
  const conversation = await prisma.conversation.findUniqueOrThrow({ where: { id: message.conversationId } });
  const [address, to, thread, ticket, from, attachments, text] = await Promise.all([
    addressOf(deps, conversation),
    recipientOf(deps, conversation),
    prisma.message.findMany({
      where: { conversationId: conversation.id, headerId: { not: null }, position: { lt: message.position }, kind: 'message' },
      orderBy: { position: 'asc' },
      select: { headerId: true, author: true },
    }),
    message.ticketId === null ? null : prisma.ticket.findUnique({ where: { id: message.ticketId }, select: { number: true } }),
    signerOf(deps, message),
    prisma.attachment.findMany({ where: { messageId: message.id }, orderBy: [{ place: 'asc' }, { id: 'asc' }] }),
    textWithLinks(deps, message),
  ]);
  const ids = thread.flatMap(({ headerId }) => (headerId === null ? [] : [headerId]));
  const own = messageIdOf(message.id, mailDomain);
  const references = ids.filter((id) => id !== own);
  const sender = address?.address ?? `support@${mailDomain}`;
  return composeMail({
    id: message.id,
    mailDomain,
    from: { name: from.name ?? address?.fromName ?? '', address: sender },
    to: to === null ? [] : [to],
    cc: message.mailCc.map((one) => ({ name: '', address: one })),
    replyTo: plusAddress({ address: sender, conversationId: conversation.id, key: deps.plusAddressKey }),
    subject: conversation.subject,
    ticketNumber: ticket?.number ?? null,
    inReplyTo: references[references.length - 1] ?? null,
    references,
    text,
    operatorSignature: from.signature,
    teamSignature: address?.signature || null,
    attachments: attachments.map((one) => ({
      fileName: one.fileName,
      contentType: one.mediaType,
      open: async () => {
        const file = await deps.files.open(one.storageKey);
        if (file === null) throw new Error(`attachment ${one.id} is not in the file store`);
        return file.stream;
      },
    })),
    // A reminder is sent unasked; a holding message answers; an agent's answer is a program's, and says so.
    automatic: message.author === 'baton' ? 'generated' : message.author === 'agent' ? 'replied' : null,
    writtenAt: message.createdAt.toISOString(),
  });
}

/** P59: the address at which it came in, else the agent's, else the team's. */
async function addressOf({ prisma }: ActivityDeps, conversation: Conversation): Promise<Address | null> {
  const { teamId } = conversation;
  const cameIn = conversation.addressId === null ? null : await prisma.address.findFirst({ where: { id: conversation.addressId, teamId } });
  if (cameIn !== null) return cameIn;
  const agents = conversation.agentId === null ? null : await prisma.address.findFirst({ where: { teamId, agentId: conversation.agentId }, orderBy: { id: 'asc' } });
  return agents ?? prisma.address.findFirst({ where: { teamId }, orderBy: [{ isDefault: 'desc' }, { createdAt: 'asc' }] });
}

async function recipientOf({ prisma }: ActivityDeps, conversation: Conversation) {
  const [requester, found] = await Promise.all([
    prisma.requester.findUnique({ where: { id: conversation.requesterId }, select: { name: true } }),
    prisma.requesterAddress.findFirst({ where: { requesterId: conversation.requesterId, kind: 'email' }, orderBy: MAILBOX_FIRST }),
  ]);
  return found === null ? null : { name: requester?.name ?? '', address: found.value };
}

/** The replier's name and signature; a program signs with its agent's name. */
async function signerOf({ prisma }: ActivityDeps, message: Message): Promise<{ name: string | null; signature: string | null }> {
  if (message.authorId === null) return { name: null, signature: null };
  if (message.author === 'operator') {
    const operator = await prisma.operator.findUnique({ where: { id: message.authorId }, select: { name: true, signature: true } });
    return { name: operator?.name ?? null, signature: operator?.signature || null };
  }
  const agent = await prisma.agent.findUnique({ where: { id: message.authorId }, select: { name: true } });
  return { name: agent?.name ?? null, signature: null };
}
