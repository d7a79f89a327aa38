import { z } from 'zod';
import { idOf } from '#workflows/contract/ids.ts';
import { fileAnswer } from '../http/file-answer.ts';
import { route } from '../http/route.ts';
import { attachment } from '../queries/attachment.ts';

export const attachmentRoutes = [
  route({
    method: 'get', path: '/attachments/{attachmentId}', name: 'getAttachment', tag: 'Attachments', who: 'agent_or_reader', isFile: true,
    summary: 'The bytes of an attachment, always as a download',
    params: z.strictObject({ attachmentId: idOf('attachment') }), answer: fileAnswer,
    refusals: ['not_found'],
    run: (deps, { principal, params }) => attachment(deps, principal, params.attachmentId),
  }),
];
