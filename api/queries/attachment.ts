import { SWEPT } from '#prisma/store/loose-files.ts';
import { ok, refuse } from '#workflows/domain/errors.ts';
import type { Result } from '#workflows/domain/errors.ts';
import type { AppDeps } from '../app-deps.ts';
import type { FileAnswer } from '../http/file-answer.ts';
import { principalKey } from '../principal.ts';
import type { Principal } from '../principal.ts';

export const NO_SUCH_FILE = refuse('not_found', 'There is no such attachment.');

/** An attachment's bytes. What no message has is its uploader's alone; an agent's key gets those of its conversations' messages, and none of a note. */
export async function attachment({ prisma, files }: Pick<AppDeps, 'prisma' | 'files'>, principal: Principal, attachmentId: string): Promise<Result<FileAnswer>> {
  const { teamId } = principal;
  const row = await prisma.attachment.findFirst({ where: { id: attachmentId, teamId } });
  if (row === null || row.messageId === SWEPT || (row.messageId === null && row.uploadedBy !== principalKey(principal))) return NO_SUCH_FILE;
  if (principal.kind === 'agent') {
    const [conversation, message] = await Promise.all([
      prisma.conversation.findFirst({ where: { id: row.conversationId ?? '', teamId, agentId: principal.agentId }, select: { id: true } }),
      prisma.message.findFirst({ where: { id: row.messageId ?? '', teamId, kind: 'message' }, select: { id: true } }),
    ]);
    if (conversation === null || message === null) return NO_SUCH_FILE;
  }
  const stored = await files.open(row.storageKey);
  return stored === null ? NO_SUCH_FILE : ok({ stream: stored.stream, fileName: row.fileName, size: stored.size });
}
