import { forgetLoose } from '#prisma/store/loose-files.ts';
import { ok } from '#workflows/domain/errors.ts';
import type { Result } from '#workflows/domain/errors.ts';
import type { AppDeps } from '../app-deps.ts';
import { principalKey } from '../principal.ts';
import type { Principal } from '../principal.ts';
import { NO_SUCH_FILE } from '../queries/attachment.ts';
import { refuseUnlessWriter } from '../require-role.ts';

/** Forgets a file of whoever asks that no message has; its bytes go with the next sweep. */
export async function deleteAttachment({ prisma }: Pick<AppDeps, 'prisma'>, principal: Principal, attachmentId: string): Promise<Result<null>> {
  const refused = refuseUnlessWriter(principal);
  if (refused) return refused;
  const isGone = await forgetLoose(prisma, { teamId: principal.teamId, uploadedBy: principalKey(principal), id: attachmentId });
  return isGone ? ok(null) : NO_SUCH_FILE;
}
