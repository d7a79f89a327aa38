import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import MailComposer from 'nodemailer/lib/mail-composer';
import type { MailAddress } from '#workflows/domain/mail-address.ts';
import type { OutboundMail } from './mailer.ts';
import { bareSubject } from './subject-number.ts';

/** One outgoing message as the store knows it; nothing in it is formatted yet. */
export interface MessageToSend {
  /** The message's own id (`msg_...`), from which its Message-ID derives. */
  readonly id: string;
  /** Domain of the Message-ID, MAIL_DOMAIN. */
  readonly mailDomain: string;
  /** Name of the replier and the address the conversation came in by (P52, P59). */
  readonly from: MailAddress;
  readonly to: readonly MailAddress[];
  readonly cc: readonly MailAddress[];
  /** The signed plus-address of the conversation; also where bounces go. */
  readonly replyTo: string;
  readonly subject: string;
  readonly ticketNumber: number | null;
  readonly inReplyTo: string | null;
  /** Every Message-ID of the thread so far, the oldest first. */
  readonly references: readonly string[];
  readonly text: string;
  readonly operatorSignature: string | null;
  readonly teamSignature: string | null;
  readonly attachments: readonly OutgoingAttachment[];
  /** `replied` answers a mail by itself, `generated` is sent unasked (RFC 3834); null where a person wrote. */
  readonly automatic: 'replied' | 'generated' | null;
  /** ISO instant of the message, the Date header at every try. */
  readonly writtenAt: string;
}

export interface OutgoingAttachment {
  readonly fileName: string;
  readonly contentType: string;
  readonly open: () => Promise<Readable>;
}

export type ComposeResult =
  | { readonly ok: true; readonly mail: OutboundMail; readonly subject: string }
  | { readonly ok: false; readonly code: 'header_injection' | 'no_recipient' | 'not_an_address'; readonly field: string };

const MOST_REFERENCES = 100;
const MESSAGE_ID = /^<[^<>\s]{1,900}>$/;

/** The Message-ID of an outgoing message; a function of its id, so every try carries the same one (P52). */
export function messageIdOf(id: string, mailDomain: string): string {
  return `<${id}@${mailDomain}>`;
}

/** `Re: subject [#n]` for an answer, the bare subject with its number for the first mail of a thread. */
export function outgoingSubject(message: Pick<MessageToSend, 'subject' | 'ticketNumber' | 'inReplyTo' | 'references'>): string {
  const isAnswer = message.inReplyTo !== null || message.references.length > 0;
  const bare = bareSubject(message.subject);
  const words = isAnswer ? `Re: ${bare}` : bare;
  return message.ticketNumber === null ? words.trim() : `${words} [#${message.ticketNumber}]`.trim();
}

/**
 * Makes the mail, the same bytes at every call. Refuses, instead of repairing, whatever could write a header of its
 * own (CR, LF or NUL in a value that becomes one), addresses that are none, and a message without a recipient.
 */
export function composeMail(given: MessageToSend): ComposeResult {
  const refusal = refusalOf(given);
  if (refusal !== null) return refusal;
  const inReplyTo = given.inReplyTo !== null && isAscii(given.inReplyTo) ? given.inReplyTo : null;
  const message = { ...given, inReplyTo, references: given.references.filter(isAscii) };
  const messageId = messageIdOf(message.id, message.mailDomain);
  const subject = outgoingSubject(given);
  const recipients = [...new Set([...message.to, ...message.cc].map(({ address }) => address))];
  return {
    ok: true,
    subject,
    mail: {
      messageId,
      envelope: { from: message.replyTo, to: recipients },
      open: async () => composer(message, messageId, subject, await openAll(message.attachments)).compile().createReadStream(),
    },
  };
}

/** A file that is said to be a mail, or many parts, would be written as one: with other line ends, or none of it. */
function typeOf({ contentType }: OutgoingAttachment): string {
  return /^(multipart|message)\//i.test(contentType) ? 'application/octet-stream' : contentType;
}

/** An id is ASCII (RFC 5322): a server may refuse the mail that repeats what another program wrote into one. */
function isAscii(id: string): boolean {
  return /^[\x21-\x7e]+$/.test(id);
}

function composer(message: MessageToSend, messageId: string, subject: string, contents: readonly Readable[]): MailComposer {
  return new MailComposer({
    messageId,
    date: new Date(message.writtenAt),
    from: { ...message.from },
    to: message.to.map((one) => ({ ...one })),
    cc: message.cc.map((one) => ({ ...one })),
    replyTo: { name: message.from.name, address: message.replyTo },
    subject,
    inReplyTo: message.inReplyTo ?? undefined,
    references: referencesOf(message),
    headers: automaticHeaders(message.automatic),
    text: withSignatures(message),
    attachments: message.attachments.map((attachment, index) => ({
      filename: attachment.fileName,
      contentType: typeOf(attachment),
      contentDisposition: 'attachment',
      content: contents[index],
    })),
    // Boundaries made by chance would make each try another message to whoever compares them.
    baseBoundary: createHash('sha256').update(messageId).digest('hex').slice(0, 24),
    disableFileAccess: true,
    disableUrlAccess: true,
    xMailer: false,
    newline: 'windows',
  });
}

/** The thread's first id and its newest ones: what a program needs to place the mail, within what servers accept. */
function referencesOf(message: MessageToSend): string[] {
  const all = [...message.references, ...(message.inReplyTo === null ? [] : [message.inReplyTo])];
  const unique = [...new Set(all.toReversed())].toReversed();
  return unique.length <= MOST_REFERENCES ? unique : [...unique.slice(0, 1), ...unique.slice(1 - MOST_REFERENCES)];
}

function automaticHeaders(automatic: MessageToSend['automatic']): Record<string, string> {
  if (automatic === null) return {};
  return {
    'Auto-Submitted': automatic === 'replied' ? 'auto-replied' : 'auto-generated',
    'X-Auto-Response-Suppress': 'All',
  };
}

function withSignatures(message: MessageToSend): string {
  const signatures = [message.operatorSignature, message.teamSignature].filter((one) => one !== null && one.trim() !== '');
  if (signatures.length === 0) return message.text;
  return `${message.text.trimEnd()}\n\n-- \n${signatures.join('\n')}\n`;
}

function refusalOf(message: MessageToSend): Extract<ComposeResult, { ok: false }> | null {
  if (message.to.length === 0) return { ok: false, code: 'no_recipient', field: 'to' };
  const headers: [string, string | null][] = [
    ['id', message.id],
    ['mailDomain', message.mailDomain],
    ['from', message.from.name],
    ['subject', message.subject],
    ...[...message.to, ...message.cc].map(({ name }): [string, string] => ['to', name]),
    ...message.attachments.flatMap((one): [string, string][] => [['attachments', one.fileName], ['attachments', one.contentType]]),
  ];
  const injected = headers.find(([, value]) => value !== null && /[\r\n\0]/.test(value));
  if (injected !== undefined) return { ok: false, code: 'header_injection', field: injected[0] };
  const ids = [...message.references, ...(message.inReplyTo === null ? [] : [message.inReplyTo])];
  if (ids.some((id) => !MESSAGE_ID.test(id))) return { ok: false, code: 'header_injection', field: 'references' };
  const addresses = [message.from.address, message.replyTo, ...message.to.map(addressOf), ...message.cc.map(addressOf)];
  const wrong = addresses.find((address) => !/^[^\s<>@,;:"()[\]\\]+@[^\s<>@,;:"()[\]\\]+$/.test(address));
  return wrong === undefined ? null : { ok: false, code: 'not_an_address', field: wrong.replace(/[\r\n\0]/g, ' ').slice(0, 100) };
}

const addressOf = ({ address }: MailAddress): string => address;

async function openAll(attachments: readonly OutgoingAttachment[]): Promise<Readable[]> {
  const streams: Readable[] = [];
  for (const attachment of attachments) streams.push(await attachment.open());
  return streams;
}
