import { z } from 'zod';
import { attachmentView } from './views.ts';

const files = z.array(attachmentView);

/** What a person has begun to write on a ticket, and the files that wait with it. */
export const draftView = z.object({
  reply: z.string(),
  note: z.string(),
  attachments: z.object({ reply: files, note: files }).meta({ description: 'Those that are still there: what no message has goes after a day.' }),
});
export type DraftView = z.infer<typeof draftView>;
