import { drain } from './mail-parts.ts';
import { readMime } from './mime-stream.ts';
import type { MimeOutcome } from './mime-stream.ts';

const READ_BYTES = 512 * 1024;
const LONGEST_LINE = 16 * 1024;
const MOST_LINES = 100;
const KEPT_HEADERS =
  /^(from|sender|reply-to|to|cc|subject|date|message-id|in-reply-to|references|return-path|auto-submitted|precedence|list-[a-z-]+|x-auto[a-z-]+|x-failed-recipients)\s*:/i;

/**
 * Reads a mail whose structure defeated the parser: its usual headers, and the beginning of its body as it
 * stands. Reads the source to its end.
 */
export async function salvage(source: AsyncIterable<Buffer>): Promise<MimeOutcome> {
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const chunk of source) {
    if (size < READ_BYTES) pieces.push(chunk.subarray(0, READ_BYTES - size));
    size += chunk.length;
  }
  const whole = Buffer.concat(pieces).toString('latin1').replace(/\r\n?/g, '\n');
  const end = whole.indexOf('\n\n');
  const header = end < 0 ? whole : whole.slice(0, end);
  const body = end < 0 ? '' : whole.slice(end + 2);
  const lines = header
    .replace(/\n[ \t]+/g, ' ')
    .split('\n')
    .filter((line) => KEPT_HEADERS.test(line) && line.length <= LONGEST_LINE)
    .slice(0, MOST_LINES);
  const plain = [...lines, 'Content-Type: text/plain; charset=utf-8', '', body].join('\r\n');
  return readMime(inOnePiece(Buffer.from(plain, 'latin1')), (part) => drain(part.content));
}

async function* inOnePiece(bytes: Buffer): AsyncGenerator<Buffer> {
  yield bytes;
}
