import type { AttachmentView } from '#workflows/contract/views.ts';
import { freshKey } from '../fresh-key.ts';

export type Uploaded = { readonly ok: true; readonly file: AttachmentView } | { readonly ok: false; readonly why: string };

/** Sends a file to the API, which gives it an id. By XMLHttpRequest: fetch does not say how much has left. Never throws. */
export function uploadFile(file: File, { csrf, onPart, signal }: { csrf: string; onPart: (part: number) => void; signal: AbortSignal }): Promise<Uploaded> {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.open('POST', `/api/v1/attachments?name=${encodeURIComponent(file.name)}`);
    request.responseType = 'json';
    request.setRequestHeader('X-CSRF-Token', csrf);
    request.setRequestHeader('Idempotency-Key', freshKey());
    request.setRequestHeader('Content-Type', file.type || 'application/octet-stream');
    request.upload.addEventListener('progress', ({ loaded, total }) => onPart(total === 0 ? 0 : loaded / total));
    request.addEventListener('load', () => resolve(outcomeOf(request.status, request.response)));
    request.addEventListener('error', () => resolve({ ok: false, why: 'Could not be uploaded: Baton was not reached' }));
    request.addEventListener('abort', () => resolve({ ok: false, why: 'Removed' }));
    signal.addEventListener('abort', () => request.abort());
    request.send(file);
  });
}

function outcomeOf(status: number, answer: unknown): Uploaded {
  if (status === 201 && isAttachment(answer)) return { ok: true, file: answer };
  if (status === 401) return { ok: false, why: 'You are signed out: sign in and attach it again' };
  if (status === 413) return { ok: false, why: 'Larger than 10 MB' };
  return { ok: false, why: wordsIn(answer) ?? `Could not be uploaded (${status})` };
}

function isAttachment(value: unknown): value is AttachmentView {
  return typeof value === 'object' && value !== null && 'id' in value && typeof value.id === 'string' && 'fileName' in value;
}

function wordsIn(answer: unknown): string | null {
  if (typeof answer !== 'object' || answer === null) return null;
  if ('errors' in answer && Array.isArray(answer.errors)) {
    const errors: readonly unknown[] = answer.errors;
    const first = errors[0];
    if (typeof first === 'object' && first !== null && 'message' in first && typeof first.message === 'string') return `${'path' in first && first.path === 'query.name' ? 'Its name ' : 'It '}${first.message}`;
  }
  return 'detail' in answer && typeof answer.detail === 'string' ? answer.detail : null;
}
