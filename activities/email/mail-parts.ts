import type { FileStore } from '#store/file-store.ts';
import { attachmentName } from './attachment-name.ts';
import type { MimePart } from './mime-stream.ts';
import type { InboundAttachment } from './parsed-mail.ts';

/** Parts whose beginning is also read as text: reports and mails inside the mail. */
const READ_TOO = new Set(['message/delivery-status', 'text/rfc822-headers', 'message/rfc822', 'message/global']);
const READ_AT_MOST = 2 * 1024 * 1024;

/** What was collected from the parts of one mail. */
export interface CollectedParts {
  readonly attachments: InboundAttachment[];
  readonly readAlong: Map<string, Buffer>;
  dropped: number;
}

/** Streams each part into the file store, in order, and keeps at hand the few that must be read as well. */
export function partCollector(files: FileStore, scope: string, limit: number) {
  const collected: CollectedParts = { attachments: [], readAlong: new Map(), dropped: 0 };

  async function onPart(part: MimePart): Promise<void> {
    if (collected.attachments.length >= limit) {
      collected.dropped += 1;
      await drain(part.content);
      return;
    }
    const kept: Buffer[] = [];
    const wanted = READ_TOO.has(part.contentType) && !collected.readAlong.has(part.contentType);
    const stored = await files.put({ scope, content: wanted ? copying(part.content, kept) : part.content });
    if (wanted) collected.readAlong.set(part.contentType, Buffer.concat(kept));
    collected.attachments.push({
      ...stored,
      fileName: attachmentName(part.fileName, part.contentType, collected.attachments.length + 1),
      contentType: /^[a-z0-9!#$&^_.+-]+\/[a-z0-9!#$&^_.+-]+$/.test(part.contentType) ? part.contentType : 'application/octet-stream',
      contentId: part.contentId === null ? null : part.contentId.replaceAll('\0', '').slice(0, 200),
      inline: part.inline,
    });
  }

  return { collected, onPart };
}

/** Reads a part to its end and forgets it: a part that is not read holds up the whole mail. */
export async function drain(content: AsyncIterable<Buffer | string>): Promise<void> {
  for await (const _ of content);
}

async function* copying(content: AsyncIterable<Buffer | string>, kept: Buffer[]): AsyncGenerator<Buffer> {
  let size = 0;
  for await (const piece of content) {
    const chunk = typeof piece === 'string' ? Buffer.from(piece) : piece;
    if (size < READ_AT_MOST) kept.push(chunk.subarray(0, READ_AT_MOST - size));
    size += chunk.length;
    yield chunk;
  }
}
