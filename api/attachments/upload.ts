import type { z } from 'zod';
import { countDeleted, countLoose } from '#prisma/store/loose-files.ts';
import { uploadQuery } from '#workflows/contract/uploads.ts';
import { MOST_FILE_BYTES } from '#workflows/contract/upload-limits.ts';
import type { AttachmentView } from '#workflows/contract/views.ts';
import { ok, refuse, refuseField } from '#workflows/domain/errors.ts';
import type { Refusal, Result } from '#workflows/domain/errors.ts';
import type { AppDeps } from '../app-deps.ts';
import type { FileBody } from '../http/file-body.ts';
import { parseInput } from '../parse-input.ts';
import { principalKey } from '../principal.ts';
import type { Principal } from '../principal.ts';
import { toAttachmentView } from '../queries/attachment-view.ts';
import { refuseUnlessWriter } from '../require-role.ts';
import { FileRefused, keepFile, TOO_LARGE } from './keep-file.ts';

/** Uploaded and not sent: of one person or key. */
const MOST_LOOSE = 100;
/** With those that were deleted: their bytes stay for a day, and deleting makes no room for files without end. */
const MOST_KEPT = 300;

/** A customer would get its boundaries along with the file. */
const A_FORM = refuseField('header.content-type', 'must be the file’s own: the body is the file itself, and no form around it');

/** Keeps a file for a reply or a note of whoever uploads it: nobody else can attach it, or read it before. */
export async function uploadAttachment(deps: Pick<AppDeps, 'prisma' | 'files' | 'now'>, principal: Principal, query: z.input<typeof uploadQuery>, body: FileBody): Promise<Result<AttachmentView>> {
  const refused = refuseUnlessWriter(principal);
  if (refused) return refused;
  const parsed = parseInput(uploadQuery, query, 'query');
  if (!parsed.ok) return parsed;
  if (body.mediaType === 'multipart/form-data') return A_FORM;
  if (body.length !== null && body.length > MOST_FILE_BYTES) return TOO_LARGE;
  const { teamId } = principal;
  const uploadedBy = principalKey(principal);
  const refusalNow = () => refusalFor(deps, { teamId, uploadedBy });
  const full = await refusalNow();
  if (full !== null) return full;
  try {
    return ok(toAttachmentView(await keepFile(deps, { teamId, conversationId: null, uploadedBy }, { fileName: parsed.value.name, body, refusalNow })));
  } catch (error) {
    if (error instanceof FileRefused) return error.refusal;
    throw error;
  }
}

async function refusalFor({ prisma }: Pick<AppDeps, 'prisma'>, uploader: { teamId: string; uploadedBy: string }): Promise<Refusal | null> {
  const [waiting, deleted] = await Promise.all([countLoose(prisma, uploader), countDeleted(prisma, uploader)]);
  if (waiting >= MOST_LOOSE) return refuse('in_use', `At most ${MOST_LOOSE} files of yours wait for a message: attach or delete some first. Those that wait for a day go by themselves.`);
  return waiting + deleted < MOST_KEPT ? null : refuse('in_use', `You have deleted many files today, and at most ${MOST_KEPT} of yours are kept that no message has. A deleted one is gone a day after it came.`);
}
