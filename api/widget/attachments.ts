import type { Request } from 'express';
import { countLoose } from '#prisma/store/loose-files.ts';
import { attachmentName } from '#workflows/contract/uploads.ts';
import type { WidgetAttachment } from '#workflows/contract/widget-api.ts';
import { MOST_FILE_BYTES } from '#workflows/contract/widget-limits.ts';
import { ok, refuse } from '#workflows/domain/errors.ts';
import type { Refusal, Result } from '#workflows/domain/errors.ts';
import type { AppDeps } from '../app-deps.ts';
import { FileRefused, keepFile, TOO_LARGE } from '../attachments/keep-file.ts';
import type { FileAnswer } from '../http/file-answer.ts';
import { fileBodyOf } from '../http/file-body.ts';
import { isId } from '../is-id.ts';
import { parseInput } from '../parse-input.ts';
import { NO_SUCH_FILE } from '../queries/attachment.ts';
import type { Visit } from './visit.ts';

/** Uploaded and not sent: nobody needs more at a time. */
const MOST_LOOSE = 10;

type UploadDeps = Pick<AppDeps, 'prisma' | 'files' | 'limits' | 'now'>;

/** Keeps a file for the visitor's next message; its name is in the query, its bytes are the body, whatever they are. */
export async function upload(deps: UploadDeps, visit: Visit, request: Request): Promise<Result<WidgetAttachment>> {
  const parsed = parseInput(attachmentName, request.query['name'], 'query.name');
  if (!parsed.ok) return parsed;
  // Nobody says how long it is who sends it in pieces.
  const bytes = Number(request.headers['content-length'] ?? MOST_FILE_BYTES);
  const refused = await refusalFor(deps, visit, bytes);
  if (refused !== null) {
    // Read and thrown away: who is still sending hears no answer.
    request.resume();
    return refused;
  }
  try {
    const { widget: { teamId }, conversationId } = visit;
    const { id, fileName, size } = await keepFile(deps, { teamId, conversationId, uploadedBy: null }, { fileName: parsed.value, body: fileBodyOf(request) });
    await giveBack(deps, visit, bytes - size);
    return ok({ id, fileName, size });
  } catch (error) {
    // A line that broke has left nothing here, and nobody's day is over for it.
    await giveBack(deps, visit, bytes);
    if (error instanceof FileRefused) return error.refusal;
    throw error;
  }
}

async function refusalFor({ prisma, limits: { uploads } }: UploadDeps, { widget: { teamId }, conversationId, requesterId, visitor: { visitorId } }: Visit, bytes: number): Promise<Refusal | null> {
  if (bytes > MOST_FILE_BYTES) return TOO_LARGE;
  // Who only looks costs nothing to be, and must not fill a disk.
  if (requesterId === null) return refuse('not_found', 'There is no conversation yet: write a message first.');
  if ((await countLoose(prisma, { teamId, conversationId })) >= MOST_LOOSE) return refuse('in_use', `At most ${MOST_LOOSE} files wait for their message: send what is there first.`);
  const own = await uploads.ofVisitor.take(visitorId, bytes);
  if (!own.isThere) return refuse('rate_limited', `At most ${own.megabytes} MB of files a day are taken from one visitor. Try again later, or send less.`, { retryAfter: own.resetSeconds });
  const all = await uploads.ofTeam.take(teamId, bytes);
  if (all.isThere) return null;
  await uploads.ofVisitor.giveBack(visitorId, bytes);
  return refuse('rate_limited', 'No more files are taken in this chat today. Try again later.', { retryAfter: all.resetSeconds });
}

async function giveBack({ limits: { uploads } }: UploadDeps, { widget: { teamId }, visitor: { visitorId } }: Visit, bytes: number): Promise<void> {
  if (bytes > 0) await Promise.all([uploads.ofVisitor.giveBack(visitorId, bytes), uploads.ofTeam.giveBack(teamId, bytes)]);
}

/** A file of the visitor's own conversation, sent to them or by them; always as a download. */
export async function download({ prisma, files }: Pick<AppDeps, 'prisma' | 'files'>, { widget: { teamId }, conversationId, requesterId }: Visit, attachmentId: string): Promise<Result<FileAnswer>> {
  if (requesterId === null || !isId('attachment', attachmentId)) return NO_SUCH_FILE;
  const row = await prisma.attachment.findFirst({ where: { id: attachmentId, teamId, conversationId } });
  // What hangs on a note, or on a reply that has not left, is not theirs to see; what they sent is, also before their page has read it back.
  const message = await prisma.message.findFirst({ where: { id: row?.messageId ?? '', teamId, conversationId, kind: 'message', OR: [{ widgetSeq: { not: null } }, { author: 'customer' }] }, select: { id: true } });
  const stored = row === null || message === null ? null : await files.open(row.storageKey);
  return row === null || stored === null ? NO_SUCH_FILE : ok({ stream: stored.stream, fileName: row.fileName, size: stored.size });
}
