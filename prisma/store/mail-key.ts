import { createHash } from 'node:crypto';

/** What makes two deliveries one mail: the Message-ID, or a hash of the content where there is none (P50). */
export interface MailKey {
  /** With its angle brackets, as it is stored and compared; null where the mail names none that is usable. */
  readonly messageId: string | null;
  readonly dedupeKey: string;
}

const LONGEST_HEADER_BYTES = 1024 * 1024;
/** An index entry must fit a page; nobody makes longer ids in good faith. */
const LONGEST_MESSAGE_ID = 900;
/** Lines that relays add: they differ when the same mail comes a second time. */
const TRACE = /^(received|return-path|delivered-to|x-original-to|x-received|authentication-results|arc-[a-z-]+|received-spf|x-forwarded-[a-z]+):/i;

/** Reads a mail piece by piece, so that a mail of any size costs no memory, and names it at the end. */
export function createMailKeyReader(): { update(chunk: Buffer): void; result(): MailKey } {
  const body = createHash('sha256');
  let header = Buffer.alloc(0);
  let inBody = false;

  return {
    update(chunk) {
      if (inBody) {
        body.update(chunk);
        return;
      }
      header = Buffer.concat([header, chunk]);
      const end = endOfHeader(header);
      if (end === null && header.length < LONGEST_HEADER_BYTES) return;
      inBody = true;
      body.update(header.subarray(end ?? LONGEST_HEADER_BYTES));
      header = header.subarray(0, end ?? LONGEST_HEADER_BYTES);
    },

    result() {
      const lines = unfold(header.toString('latin1'));
      const messageId = firstMessageId(lines);
      if (messageId !== null) return { messageId, dedupeKey: `m:${sha256(messageId)}` };
      const lasting = lines.filter((line) => !TRACE.test(line)).join('\n');
      return { messageId: null, dedupeKey: `c:${sha256(`${lasting}\n${body.digest('hex')}`)}` };
    },
  };
}

/** Every id in angle brackets, in order, without the blanks that some programs fold into them. */
export function messageIdsIn(value: string): string[] {
  return [...value.matchAll(/<([^<>]{1,2000})>/g)]
    .map((match) => `<${(match[1] ?? '').replace(/\s+/g, '').replaceAll('\0', '')}>`)
    .filter((id) => id.length > 2 && id.length <= LONGEST_MESSAGE_ID);
}

function firstMessageId(lines: readonly string[]): string | null {
  const line = lines.find((one) => /^message-id\s*:/i.test(one));
  if (line === undefined) return null;
  const value = line.slice(line.indexOf(':') + 1).trim();
  const [bracketed] = messageIdsIn(value);
  if (bracketed !== undefined) return bracketed;
  const bare = value.split(/\s+/)[0]?.replace(/[<>\0]/g, '') ?? '';
  return bare.length > 0 && bare.length < LONGEST_MESSAGE_ID ? `<${bare}>` : null;
}

function endOfHeader(bytes: Buffer): number | null {
  const crlf = bytes.indexOf('\r\n\r\n');
  const lf = bytes.indexOf('\n\n');
  if (crlf < 0 && lf < 0) return null;
  if (crlf < 0 || (lf >= 0 && lf < crlf)) return lf + 2;
  return crlf + 4;
}

function unfold(header: string): string[] {
  return header.replace(/\r?\n[ \t]+/g, ' ').split(/\r?\n/);
}

function sha256(value: string): string {
  return createHash('sha256').update(value).digest('hex');
}
