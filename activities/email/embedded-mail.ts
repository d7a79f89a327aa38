import { addressesIn, dateOf, oneLine } from './mail-headers.ts';
import { drain } from './mail-parts.ts';
import { mailText } from './mail-text.ts';
import { MimeUnreadable, readMime } from './mime-stream.ts';
import type { EmbeddedMail } from './parsed-mail.ts';

/** Reads a mail that came inside another, as far as its sender and its words; null where it is no mail. */
export async function readEmbeddedMail(bytes: Buffer): Promise<EmbeddedMail | null> {
  try {
    const { headers, headerLines, text, html } = await readMime(inOnePiece(bytes), (part) => drain(part.content));
    const [from = null] = addressesIn(headers, 'from');
    const subject: unknown = headers.get('subject');
    return {
      from,
      subject: typeof subject === 'string' ? oneLine(subject).slice(0, 500) : '',
      date: dateOf(headerLines),
      text: mailText({ plain: text, html, rootIsHtml: false }).text.slice(0, 200_000),
    };
  } catch (error) {
    if (error instanceof MimeUnreadable) return null;
    throw error;
  }
}

async function* inOnePiece(bytes: Buffer): AsyncGenerator<Buffer> {
  yield bytes;
}
