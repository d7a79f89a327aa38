import { z } from 'zod';
import { idOf } from '#workflows/contract/ids.ts';
import { MOST_FILE_BYTES } from '#workflows/contract/upload-limits.ts';
import { uploadQuery } from '#workflows/contract/uploads.ts';
import { attachmentView } from '#workflows/contract/views.ts';
import { deleteAttachment } from '../attachments/delete-loose.ts';
import { uploadAttachment } from '../attachments/upload.ts';
import { fileAnswer } from '../http/file-answer.ts';
import { fileBody } from '../http/file-body.ts';
import { route } from '../http/route.ts';
import { attachment } from '../queries/attachment.ts';

const tag = 'Attachments';
const ofAttachment = z.strictObject({ attachmentId: idOf('attachment') });

export const attachmentRoutes = [
  route({
    method: 'post', path: '/attachments', name: 'uploadAttachment', tag, who: 'writer', status: 201, takesFile: true,
    summary: 'Upload a file for a reply or a note',
    description:
      `The body is the file, at most ${MOST_FILE_BYTES} bytes (10 MB); the name is in the query. Whoever uploaded it names its id in \`attachments\` of a reply or a note, once, and may read or delete it before; after a day that no message has it, it goes. A repeated request is known by its Idempotency-Key, name, type and length.`,
    query: uploadQuery, body: fileBody, answer: attachmentView,
    refusals: ['in_use'],
    run: (deps, { principal, query, body }) => uploadAttachment(deps, principal, query, body),
  }),
  route({
    method: 'get', path: '/attachments/{attachmentId}', name: 'getAttachment', tag, who: 'agent_or_reader', isFile: true,
    summary: 'The bytes of an attachment, always as a download',
    params: ofAttachment, answer: fileAnswer,
    refusals: ['not_found'],
    run: (deps, { principal, params }) => attachment(deps, principal, params.attachmentId),
  }),
  route({
    method: 'delete', path: '/attachments/{attachmentId}', name: 'deleteAttachment', tag, who: 'writer',
    summary: 'Forget a file that you uploaded and no message has',
    params: ofAttachment,
    refusals: ['not_found'],
    run: (deps, { principal, params }) => deleteAttachment(deps, principal, params.attachmentId),
  }),
];
