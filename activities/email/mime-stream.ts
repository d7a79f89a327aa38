import { once } from 'node:events';
import { Readable } from 'node:stream';
import { MailParser } from 'mailparser';
import type { AttachmentStream, HeaderLines, Headers, MailParserOptions, MessageText } from 'mailparser';

/** One leaf of the MIME tree that is not the text; `content` must be read to its end. */
export interface MimePart {
  readonly content: AsyncIterable<Buffer | string>;
  readonly contentType: string;
  readonly fileName: string | null;
  readonly contentId: string | null;
  readonly inline: boolean;
}

/** What the parser found besides the parts it handed over. */
export interface MimeOutcome {
  readonly headers: Headers;
  readonly headerLines: HeaderLines;
  readonly text: string;
  readonly html: string;
  readonly htmlTooLarge: boolean;
}

/** The parser gave up on the mail: no retry will help, the caller keeps the raw mail instead. */
export class MimeUnreadable extends Error {
  override readonly name = 'MimeUnreadable';
}

const LONGEST_PARSE_MS = 120_000;
/** Converting HTML is synchronous: past this many characters it would hold up everything else in the process. */
const LARGEST_HTML = 2_000_000;

/**
 * Streams a mail through mailparser, handing over each attachment as it comes, one at a time.
 * Throws MimeUnreadable for what cannot be parsed, and whatever `onPart` or the source throw.
 */
export async function readMime(
  source: AsyncIterable<Buffer | string>,
  onPart: (part: MimePart) => Promise<void>,
): Promise<MimeOutcome> {
  // A mail inside the mail stays one attachment: its headers and text are not this mail's.
  const options: MailParserOptions & { ignoreEmbedded: boolean } = {
    ignoreEmbedded: true,
    keepDeliveryStatus: true,
    skipTextToHtml: true,
    skipImageLinks: true,
    maxHtmlLengthToParse: LARGEST_HTML,
    checksumAlgo: 'sha256',
  };
  const parser = new MailParser(options);
  const found: { headers: Headers; headerLines: HeaderLines; text: string; html: string; htmlTooLarge: boolean } = {
    headers: new Map(),
    headerLines: [],
    text: '',
    html: '',
    htmlTooLarge: false,
  };
  const stop = new AbortController();
  const kept: Promise<void>[] = [];
  const contents: Readable[] = [];

  const parsed = new Promise<void>((resolve, reject) => {
    const timer = setTimeout(() => reject(new MimeUnreadable('parsing did not end')), LONGEST_PARSE_MS);
    stop.signal.addEventListener('abort', () => clearTimeout(timer));
    parser.on('headers', (headers) => {
      found.headers = headers;
    });
    parser.on('headerLines', (lines) => {
      found.headerLines = lines;
    });
    parser.on('error', (error: Error) => {
      if (/^HTML too long|^Failed to parse HTML/.test(error.message)) found.htmlTooLarge = true;
      else reject(new MimeUnreadable(error.message));
    });
    parser.on('data', (part: AttachmentStream | MessageText) => {
      if (part.type === 'text') {
        found.text = part.text ?? '';
        found.html = typeof part.html === 'string' ? part.html : '';
        return;
      }
      const content = asReadable(part.content);
      contents.push(content);
      const keeping = onPart(mimePart(part, content));
      kept.push(keeping);
      keeping.then(() => part.release(), reject);
    });
    parser.on('end', () => resolve());
  });

  try {
    await Promise.all([feed(parser, source, stop.signal), parsed]);
    // The parser ends without waiting for a last part that was cut off.
    await Promise.all(kept);
    // An error after the last byte was written (too many parts, say) is swallowed by the parser: half a mail would pass for whole.
    if (Reflect.get(parser, 'hasFailed') === true) throw new MimeUnreadable('parsing stopped half-way');
  } finally {
    stop.abort();
    parser.destroy();
    // A part that the parser left unfinished would be waited for without end by whoever reads it.
    for (const content of contents) content.destroy();
  }
  return found;
}

async function feed(parser: MailParser, source: AsyncIterable<Buffer | string>, signal: AbortSignal) {
  for await (const chunk of source) {
    if (signal.aborted) return;
    if (!parser.write(chunk)) await once(parser, 'drain', { signal });
  }
  parser.end();
}

function mimePart(part: AttachmentStream, content: Readable): MimePart {
  return {
    content,
    // Typed as text, but false where the header was cut off.
    contentType: typeof part.contentType === 'string' ? part.contentType.toLowerCase() : 'application/octet-stream',
    fileName: typeof part.filename === 'string' ? part.filename : null,
    contentId: typeof part.cid === 'string' ? part.cid : null,
    inline: part.related === true || part.contentDisposition === 'inline',
  };
}

function asReadable(stream: AttachmentStream['content']): Readable {
  return stream instanceof Readable ? stream : Readable.from([]);
}
