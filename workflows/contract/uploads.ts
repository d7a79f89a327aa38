import { z } from 'zod';
import { shownFileName } from './file-name.ts';
import { idOf } from './ids.ts';
import { line } from './text.ts';
import { MOST_FILES, MOST_FILES_BYTES } from './upload-limits.ts';

/** What a file is called, made safe to show; one of which nothing is left is none. */
export const attachmentName = z.string().max(200, 'must be at most 200 characters').transform(shownFileName).pipe(line(200));

export const uploadQuery = z.strictObject({
  name: attachmentName.meta({ description: 'What the file is called. Folders and characters that hide or turn the name are taken out.' }),
});

/** What a reply or a note takes along. */
export const attachments = z
  .array(idOf('attachment'))
  .max(MOST_FILES, `must be at most ${MOST_FILES} files`)
  .default([])
  .meta({ description: `Files that the same person or key uploaded (\`POST /attachments\`) and that no other message has: at most ${MOST_FILES}, together at most ${MOST_FILES_BYTES} bytes. Text is needed beside them.` });
