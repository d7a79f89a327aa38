import type { AttachmentView } from '#workflows/contract/views.ts';

/** A stored file, and where its bytes are read. */
export function toAttachmentView({ id, fileName, mediaType, size }: Omit<AttachmentView, 'url'>): AttachmentView {
  return { id, fileName, mediaType, size, url: `/api/v1/attachments/${id}` };
}
