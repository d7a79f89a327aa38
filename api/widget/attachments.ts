import type { Request } from 'express';
import { newId } from '#prisma/store/new-id.ts';
import { countLoose, insertLoose } from '#prisma/store/widgets/attachments.ts';
import { attachmentName } from '#workflows/contract/widget-api.ts';
import type { WidgetAttachment } from '#workflows/contract/widget-api.ts';
import { MOST_FILE_BYTES } from '#workflows/contract/widget-limits.ts';
import { ok, refuse } from '#workflows/domain/errors.ts';
import type { Result } from '#workflows/domain/errors.ts';
import type { AppDeps } from '../app-deps.ts';
import type { FileAnswer } from '../http/file-answer.ts';
import { isId } from '../is-id.ts';
import { parseInput } from '../parse-input.ts';
import type { Visit } from './visit.ts';

/** Uploaded and not sent: nobody needs more at a time. */
const MOST_LOOSE = 10;
const TOO_LARGE = refuse('too_large', `A file may have at most ${MOST_FILE_BYTES} bytes.`);
const NO_SUCH_FILE = refuse('not_found', 'There is no such attachment.');

/** Keeps a file for the visitor's next message; its name is in the query, its bytes are the body, whatever they are. */
export async function upload({ prisma, files }: Pick<AppDeps, 'prisma' | 'files'>, visit: Visit, request: Request): Promise<Result<WidgetAttachment>> {
  const parsed = parseInput(attachmentName, request.query['name'], 'query.name');
  if (!parsed.ok) return parsed;
  if (Number(request.headers['content-length'] ?? 0) > MOST_FILE_BYTES) {
    // Read and thrown away: who is still sending hears no answer.
    request.resume();
    return TOO_LARGE;
  }
  const { widget: { teamId }, conversationId, requesterId } = visit;
  // Who only looks costs nothing to be, and must not fill a disk.
  if (requesterId === null) {
    request.resume();
    return refuse('not_found', 'There is no conversation yet: write a message first.');
  }
  if ((await countLoose(prisma, { teamId, conversationId })) >= MOST_LOOSE) return refuse('in_use', `At most ${MOST_LOOSE} files wait for their message: send what is there first.`);
  try {
    const { key, size, sha256 } = await files.put({ scope: teamId, content: upTo(MOST_FILE_BYTES, request) });
    const id = newId('attachment');
    const [mediaType = ''] = (request.headers['content-type'] ?? '').split(';');
    await insertLoose(prisma, { id, teamId, conversationId, fileName: parsed.value, mediaType: /^[\w.+-]{1,60}\/[\w.+-]{1,60}$/.test(mediaType) ? mediaType : 'application/octet-stream', size, sha256, storageKey: key });
    return ok({ id, fileName: parsed.value, size });
  } catch (error) {
    if (error instanceof FileTooLarge) return TOO_LARGE;
    throw error;
  }
}

/** A file of the visitor's own conversation, sent to them or by them; always as a download. */
export async function download({ prisma, files }: Pick<AppDeps, 'prisma' | 'files'>, { widget: { teamId }, conversationId, requesterId }: Visit, attachmentId: string): Promise<Result<FileAnswer>> {
  if (requesterId === null || !isId('attachment', attachmentId)) return NO_SUCH_FILE;
  const row = await prisma.attachment.findFirst({ where: { id: attachmentId, teamId, conversationId } });
  // What hangs on a note, or on a reply that has not left, is not theirs to see.
  const message = await prisma.message.findFirst({ where: { id: row?.messageId ?? '', teamId, conversationId, widgetSeq: { not: null } }, select: { id: true } });
  const stored = row === null || message === null ? null : await files.open(row.storageKey);
  return row === null || stored === null ? NO_SUCH_FILE : ok({ stream: stored.stream, fileName: row.fileName, size: stored.size });
}

class FileTooLarge extends Error {}

async function* upTo(most: number, request: Request): AsyncGenerator<Buffer> {
  let size = 0;
  for await (const piece of request) {
    const chunk = Buffer.from(piece);
    size += chunk.length;
    if (size > most) throw new FileTooLarge();
    yield chunk;
  }
}
