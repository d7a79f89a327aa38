import { insertLoose } from '#prisma/store/loose-files.ts';
import { newId } from '#prisma/store/new-id.ts';
import { MOST_FILE_BYTES } from '#workflows/contract/upload-limits.ts';
import type { AttachmentView } from '#workflows/contract/views.ts';
import { refuse, refuseField } from '#workflows/domain/errors.ts';
import type { Refusal } from '#workflows/domain/errors.ts';
import type { AppDeps } from '../app-deps.ts';
import type { FileBody } from '../http/file-body.ts';

export const TOO_LARGE = refuse('too_large', `A file may have at most ${MOST_FILE_BYTES} bytes (10 MB).`);
const EMPTY = refuseField('body', 'must not be empty: the file has no bytes');

interface Keeping {
  readonly fileName: string;
  readonly body: FileBody;
  /** Asked once all of it has come: why it may not be kept, or null. Others may have sent theirs meanwhile. */
  readonly refusalNow?: () => Promise<Refusal | null>;
}

interface Owner {
  readonly teamId: string;
  readonly conversationId: string | null;
  readonly uploadedBy: string | null;
}

/**
 * Keeps a file for a message to come. The row before the file: one without the other is swept by its row a day later
 * (prisma/store/loose-files.ts). Throws a `FileRefused` for what is too large or empty or may not be kept, and leaves nothing then.
 */
export async function keepFile({ prisma, files, now }: Pick<AppDeps, 'prisma' | 'files' | 'now'>, owner: Owner, { fileName, body: { mediaType, content }, refusalNow }: Keeping): Promise<Omit<AttachmentView, 'url'>> {
  const id = newId('attachment');
  const { size } = await files.put({
    scope: owner.teamId,
    content: upTo(MOST_FILE_BYTES, content()),
    beforeKept: async ({ key: storageKey, ...file }) => {
      if (file.size === 0) throw new FileRefused(EMPTY);
      const refusal = await refusalNow?.();
      if (refusal) throw new FileRefused(refusal);
      await insertLoose(prisma, { id, ...owner, fileName, mediaType, ...file, storageKey, createdAt: new Date(now()) });
    },
  });
  return { id, fileName, mediaType, size };
}

/** Thrown through the file store, which forgets what it had begun. */
export class FileRefused extends Error {
  readonly refusal: Refusal;

  constructor(refusal: Refusal) {
    super(refusal.detail);
    this.refusal = refusal;
  }
}

async function* upTo(most: number, content: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let size = 0;
  for await (const chunk of content) {
    size += chunk.length;
    if (size > most) throw new FileRefused(TOO_LARGE);
    yield chunk;
  }
}
