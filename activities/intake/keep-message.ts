import type { Db } from '#prisma/client.ts';
import { insertConversation } from '#store/conversations.ts';
import { storeCustomerMessage } from '#store/customer-messages.ts';
import { reserveBirthIn } from '#store/generations.ts';
import type { InboundRow } from '#store/inbound.ts';
import { requesterFor } from '#store/mail-requesters.ts';
import { cameInBy, operatorOf, rememberReceivedMail } from '#store/mail-threads.ts';
import { insertMessage } from '#store/message-rows.ts';
import { newId } from '#store/new-id.ts';
import type { MailAddress } from '#workflows/domain/mail-address.ts';
import { withoutPlus } from '#workflows/domain/mail-address.ts';
import { foldQuote } from '../email/fold-quote.ts';
import type { ParsedInboundMail } from '../email/parsed-mail.ts';
import { bareSubject } from '../email/subject-number.ts';
import type { MailDecision } from '../email/thread-decision.ts';
import type { ThreadQuestions } from '../email/thread-facts.ts';

/** Where a mail was kept. */
export interface Kept {
  readonly conversationId: string | null;
  readonly messageId: string;
  readonly requesterId: string | null;
}

interface Judged {
  readonly mail: ParsedInboundMail;
  readonly asked: ThreadQuestions;
  readonly decision: MailDecision;
  readonly ourAddresses: readonly string[];
  readonly language: string | null;
}

/** Keeps a mail as a message of its conversation, with its attachments and the birth of a ticket where none is open. */
export async function keepMessage(db: Db, row: InboundRow, judged: Judged): Promise<Kept> {
  const { mail, decision } = judged;
  const messageId = newId('message');
  const kept = decision.author === 'operator' ? await keepNote(db, row, { ...judged, messageId }) : await keepCustomerMessage(db, row, { ...judged, messageId });
  await rememberReceivedMail(db, { teamId: row.teamId, headerId: mail.messageId, conversationId: kept.conversationId, messageId });
  if (mail.attachments.length > 0) {
    await db.attachment.createMany({
      data: mail.attachments.map(({ fileName, contentType, size, sha256, key }, place) => ({
        id: newId('attachment'),
        teamId: row.teamId,
        conversationId: kept.conversationId,
        messageId,
        fileName,
        mediaType: contentType,
        size,
        sha256,
        storageKey: key,
        place,
        createdAt: momentOf(row),
      })),
    });
  }
  return { ...kept, messageId };
}

interface Keeping extends Judged {
  readonly messageId: string;
}

async function keepCustomerMessage(db: Db, row: InboundRow, { mail, asked, decision, ourAddresses, language, messageId }: Keeping) {
  const { teamId } = row;
  const sender = decision.requester;
  if (sender === null) throw new Error(`mail ${row.mailId} was let in without a sender`);
  const isAutomatic = decision.verdict === 'automated';
  const threadId = decision.thread.kind === 'conversation' ? decision.thread.conversationId : null;
  const thread = threadId === null ? null : await db.conversation.findUniqueOrThrow({ where: { id: threadId }, select: { id: true, requesterId: true } });
  const requesterId = await requesterFor(db, {
    teamId,
    ...sender,
    isOwn: isOwnAddress(sender, { mail, asked }),
    isAutomatic,
    ofConversation: thread?.requesterId ?? null,
  });
  const conversationId = thread?.id ?? (await begin(db, row, { requesterId, subject: mail.subject }));
  const at = momentOf(row);
  await storeCustomerMessage(db, {
    id: messageId,
    teamId,
    conversationId,
    requesterId,
    channel: 'email',
    ...textOf(mail, asked),
    automatic: isAutomatic,
    language,
    headerId: mail.messageId,
    ...namedBy(mail, [...ourAddresses, sender.address]),
    at,
  });
  await reserveBirthIn(db, {
    ticketId: newId('ticket'),
    teamId,
    conversationId,
    origin: 'email',
    priority: null,
    tags: [],
    assigneeId: null,
    by: { kind: 'requester', id: requesterId },
    at: at.getTime(),
    escalation: null,
    takenBy: null,
    firstReply: null,
    heeds: { messageId },
  });
  return { conversationId, requesterId };
}

/** Our own people's mail into a thread is a note: it is not the customer's word, and it has left already (decision 020). */
async function keepNote(db: Db, row: InboundRow, { mail, asked, decision, ourAddresses, messageId }: Keeping) {
  const { teamId } = row;
  if (decision.thread.kind !== 'conversation' || mail.from === null) throw new Error(`mail ${row.mailId} of an operator has no thread`);
  const { conversationId } = decision.thread;
  await insertMessage(db, {
    id: messageId,
    teamId,
    conversationId,
    kind: 'note',
    author: 'operator',
    authorId: await operatorOf(db, teamId, mail.from.address),
    channel: 'email',
    ...textOf(mail, asked),
    headerId: mail.messageId,
    ...namedBy(mail, [...ourAddresses, mail.from.address]),
    at: momentOf(row),
  });
  return { conversationId, requesterId: null };
}

async function begin(db: Db, row: InboundRow, { requesterId, subject }: { requesterId: string; subject: string }): Promise<string> {
  const { teamId, addressId } = row;
  const address = await cameInBy(db, { teamId, addressId });
  const id = newId('conversation');
  await insertConversation(db, {
    id,
    teamId,
    channel: 'email',
    agentId: address?.agentId ?? null,
    requesterId,
    subject: bareSubject(subject) || subject,
    addressId: address?.id ?? null,
  });
  return id;
}

/** A mail that waited for a person enters its thread when it was let in, not when it came. */
function momentOf({ receivedAt, resolution }: InboundRow): Date {
  return resolution === null ? receivedAt : new Date(resolution.at);
}

/** The older mail folds away, except in a forwarded one: there it is what the mail is about. */
export function textOf(mail: ParsedInboundMail, asked: ThreadQuestions): { text: string; quoted: string } {
  const { visible, quoted } = foldQuote(mail.text, { isForward: asked.forwardedFrom !== null });
  return { text: visible, quoted };
}

/** Who else was written to: they take part from here on. */
function namedBy(mail: ParsedInboundMail, except: readonly string[]): { mailTo: string[]; mailCc: string[] } {
  const others = (list: readonly MailAddress[]) =>
    [...new Set(list.map(({ address }) => address))].filter((address) => !except.includes(address) && !except.includes(withoutPlus(address)));
  return { mailTo: others(mail.to), mailCc: others(mail.cc) };
}

/**
 * From is taken for the person's own address until authentication results are recorded (P54), and so is the original
 * sender that an operator names; the Reply-To of a form is what somebody typed.
 */
function isOwnAddress(sender: MailAddress, { mail, asked }: Pick<Judged, 'mail' | 'asked'>): boolean {
  return sender.address === mail.from?.address || sender.address === asked.forwardedFrom?.address;
}
