import type { FilesRefusal } from '#prisma/store/outgoing-files.ts';
import { MOST_FILES_BYTES } from '#workflows/contract/upload-limits.ts';
import { refuseField, refuseFields } from '#workflows/domain/errors.ts';
import type { Refusal } from '#workflows/domain/errors.ts';

/** A message that cannot have the files it names, in words. */
export function refusedFiles(refusal: FilesRefusal): Refusal {
  switch (refusal.why) {
    case 'strangers':
      return refuseFields(refusal.places.map((place) => ({ path: `body.attachments.${place}`, message: 'must be a file that you uploaded within a day and that no other message has' })));
    case 'too_much':
      return refuseField('body.attachments', `must be at most ${MOST_FILES_BYTES} bytes (20 MB) together`);
  }
}
