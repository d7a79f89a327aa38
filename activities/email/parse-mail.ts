import type { FileStore } from '#store/file-store.ts';
import type { MailKey } from '#store/mail-key.ts';
import { createMailKeyReader } from '#store/mail-key.ts';
import { normaliseAddress } from '#workflows/domain/mail-address.ts';
import { readDeliveryReport } from './delivery-report.ts';
import { readEmbeddedMail } from './embedded-mail.ts';
import { addressesIn, automationSignals, dateOf, headerValue, idsIn, oneLine } from './mail-headers.ts';
import { partCollector } from './mail-parts.ts';
import type { CollectedParts } from './mail-parts.ts';
import { mailText } from './mail-text.ts';
import { MimeUnreadable, readMime } from './mime-stream.ts';
import type { MimeOutcome } from './mime-stream.ts';
import type { EmbeddedMail, InboundAttachment, MailDamage, MailEnvelope, ParsedInboundMail } from './parsed-mail.ts';
import { salvage } from './salvage-mail.ts';
import { wholeCharacters } from './whole-characters.ts';

/** A mail to read; `open` gives its bytes from the beginning each time it is called. */
export interface RawMail {
  readonly open: () => AsyncIterable<Buffer | string>;
  readonly envelope: MailEnvelope;
  /** Under what its attachments are kept, usually the team's id. */
  readonly fileScope: string;
}

const MOST_ATTACHMENTS = 200;
const LONGEST_TEXT = 500_000;

/**
 * Turns any bytes that came as mail into plain data, its attachments kept in `files`; running it twice
 * gives the same result. What no parser can read still becomes a mail: its plain beginning is the text and the
 * whole of it an attachment. Throws only what the source or the file store throw.
 */
export async function parseMail(raw: RawMail, files: FileStore): Promise<ParsedInboundMail> {
  const key = createMailKeyReader();
  const { collected, onPart } = partCollector(files, raw.fileScope, MOST_ATTACHMENTS);
  try {
    const outcome = await readMime(observed(raw.open(), (chunk) => key.update(chunk)), onPart);
    if (isHollow(outcome, collected)) throw new MimeUnreadable('a multipart without parts');
    return await assemble({ raw, outcome, collected, files, key: key.result(), damage: [] });
  } catch (error) {
    if (!(error instanceof MimeUnreadable)) throw error;
  }
  const again = createMailKeyReader();
  const outcome = await salvage(observed(raw.open(), (chunk) => again.update(chunk)));
  const rest: CollectedParts = { attachments: [], readAlong: new Map(), dropped: 0 };
  return assemble({ raw, outcome, collected: rest, files, key: again.result(), damage: ['could_not_be_read_as_mime'] });
}

async function assemble(input: {
  raw: RawMail;
  outcome: MimeOutcome;
  collected: CollectedParts;
  files: FileStore;
  key: MailKey;
  damage: MailDamage[];
}): Promise<ParsedInboundMail> {
  const { raw, outcome, collected, files, damage } = input;
  const { headers, headerLines } = outcome;
  const attachments = [...collected.attachments];
  if (collected.dropped > 0) damage.push('attachments_over_the_limit');
  if (outcome.htmlTooLarge) damage.push('html_too_large');
  if (outcome.text.includes('\0') || outcome.html.includes('\0')) damage.push('nul_bytes_removed');

  const signals = automationSignals(headerLines, headers, raw.envelope.from);
  const [from = null] = [...addressesIn(headers, 'from'), ...addressesIn(headers, 'sender'), ...envelopeSender(raw)];
  const subject = subjectOf(outcome);
  const inReplyTo = idsIn(headerLines, 'in-reply-to');
  const references = idsIn(headerLines, 'references');
  const words = mailText({ plain: outcome.htmlTooLarge ? '' : outcome.text, html: outcome.html, rootIsHtml: rootIsHtml(outcome) });
  const original = collected.readAlong.get('message/rfc822') ?? collected.readAlong.get('text/rfc822-headers');
  const report = readDeliveryReport({
    isReport: signals.reportType === 'delivery-status' || collected.readAlong.has('message/delivery-status'),
    statusText: textOf(collected.readAlong.get('message/delivery-status')),
    originalText: textOf(original),
    from: from?.address ?? null,
    nullReturnPath: signals.nullReturnPath,
    subject,
    failedRecipients: headerValue(headerLines, 'x-failed-recipients'),
    text: words.text,
    threadIds: [...inReplyTo, ...references],
  });
  const inside = collected.readAlong.get('message/rfc822');
  const embedded = report === null && inside !== undefined ? await readEmbeddedMail(inside) : null;

  let text = embedded === null ? words.text : withEmbedded(words.text, embedded);
  if (text.length > LONGEST_TEXT) {
    damage.push('text_cut_and_attached');
    attachments.push(await keepText(files, raw.fileScope, text));
    text = text.slice(0, LONGEST_TEXT);
  }
  if (damage.some((one) => one !== 'nul_bytes_removed' && one !== 'text_cut_and_attached')) {
    attachments.push(await keepWhole(files, raw));
  }

  return {
    ...input.key,
    envelope: cleanEnvelope(raw.envelope),
    from,
    replyTo: addressesIn(headers, 'reply-to'),
    to: addressesIn(headers, 'to'),
    cc: addressesIn(headers, 'cc'),
    subject,
    inReplyTo,
    references,
    date: dateOf(headerLines),
    text: wholeCharacters(text),
    textFrom: words.textFrom,
    signals,
    attachments,
    report,
    embedded,
    damage,
  };
}

/** Whoever forwards a mail as an attachment wants its words read, not downloaded. */
function withEmbedded(text: string, embedded: EmbeddedMail): string {
  const sender = embedded.from === null ? '' : `From: ${embedded.from.name} <${embedded.from.address}>\n`;
  const date = embedded.date === null ? '' : `Date: ${embedded.date}\n`;
  const head = `---------- Forwarded message ---------\n${sender}${date}Subject: ${embedded.subject}\n\n`;
  return `${text === '' ? '' : `${text}\n\n`}${head}${embedded.text}`;
}

/** A multipart of which no part was found hides its words from the parser: they are read as they stand. */
function isHollow(outcome: MimeOutcome, collected: CollectedParts): boolean {
  const isMultipart = /^multipart\//i.test(headerValue(outcome.headerLines, 'content-type') ?? '');
  return isMultipart && outcome.text === '' && outcome.html === '' && collected.attachments.length === 0;
}

function subjectOf(outcome: MimeOutcome): string {
  const subject: unknown = outcome.headers.get('subject');
  return typeof subject === 'string' ? wholeCharacters(oneLine(subject).slice(0, 500)) : '';
}

function rootIsHtml(outcome: MimeOutcome): boolean {
  return /^text\/html/i.test(headerValue(outcome.headerLines, 'content-type') ?? '');
}

function envelopeSender(raw: RawMail) {
  const address = normaliseAddress(raw.envelope.from ?? '');
  return address.includes('@') ? [{ address, name: '' }] : [];
}

function cleanEnvelope(envelope: MailEnvelope): MailEnvelope {
  const clean = (address: string) => normaliseAddress(address.replaceAll('\0', ''));
  return { from: envelope.from === null ? null : clean(envelope.from), to: envelope.to.map(clean) };
}

async function keepWhole(files: FileStore, raw: RawMail): Promise<InboundAttachment> {
  const stored = await files.put({ scope: raw.fileScope, content: raw.open() });
  return { ...stored, fileName: 'message.eml', contentType: 'message/rfc822', contentId: null, inline: false };
}

async function keepText(files: FileStore, scope: string, text: string): Promise<InboundAttachment> {
  const stored = await files.put({ scope, content: inPieces(text) });
  return { ...stored, fileName: 'full-message.txt', contentType: 'text/plain', contentId: null, inline: false };
}

async function* inPieces(text: string): AsyncGenerator<string> {
  for (let at = 0; at < text.length; at += 65_536) yield text.slice(at, at + 65_536);
}

async function* observed(
  source: AsyncIterable<Buffer | string>,
  see: (chunk: Buffer) => void,
): AsyncGenerator<Buffer> {
  for await (const piece of source) {
    const chunk = typeof piece === 'string' ? Buffer.from(piece) : piece;
    see(chunk);
    yield chunk;
  }
}

function textOf(bytes: Buffer | undefined): string | null {
  return bytes === undefined ? null : bytes.toString('utf8').replaceAll('\0', '');
}
