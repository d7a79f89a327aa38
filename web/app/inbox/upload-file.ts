import type { AttachmentView } from '#workflows/contract/views.ts';

export type Uploaded =
  | { readonly ok: true; readonly file: AttachmentView }
  /** `mayPass`: the same file may be taken at another time. */
  | { readonly ok: false; readonly why: string; readonly mayPass: boolean };

const SIGNED_OUT = 401;
const TOO_LARGE = 413;
const TOO_MANY = 429;

/**
 * Sends a file to the API, which gives it an id: under the same `key` it is the same file, however often it is sent. By XMLHttpRequest:
 * fetch does not say how much has left. Never throws.
 */
export function uploadFile(file: File, { key, csrf, onPart, signal }: { key: string; csrf: string; onPart: (part: number) => void; signal: AbortSignal }): Promise<Uploaded> {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.open('POST', `/api/v1/attachments?name=${encodeURIComponent(file.name)}`);
    request.responseType = 'json';
    request.setRequestHeader('X-CSRF-Token', csrf);
    request.setRequestHeader('Idempotency-Key', key);
    request.setRequestHeader('Content-Type', file.type || 'application/octet-stream');
    request.upload.addEventListener('progress', ({ loaded, total }) => onPart(total === 0 ? 0 : loaded / total));
    request.addEventListener('load', () => resolve(outcomeOf(request.status, request.response)));
    request.addEventListener('error', () => resolve({ ok: false, why: 'Could not be uploaded: Baton was not reached', mayPass: true }));
    request.addEventListener('abort', () => resolve({ ok: false, why: 'Removed', mayPass: false }));
    signal.addEventListener('abort', () => request.abort());
    request.send(file);
  });
}

function outcomeOf(status: number, answer: unknown): Uploaded {
  if (status === 201 && isAttachment(answer)) return { ok: true, file: answer };
  if (status === SIGNED_OUT) return { ok: false, why: 'You are signed out: sign in and attach it again', mayPass: false };
  if (status === TOO_LARGE) return { ok: false, why: 'Larger than 10 MB', mayPass: false };
  return { ok: false, why: wordsIn(answer) ?? `Could not be uploaded (${status})`, mayPass: status === TOO_MANY || status >= 500 || isUnderWay(answer) };
}

/** An earlier try of the same file, which nobody waits for any more. */
function isUnderWay(answer: unknown): boolean {
  return typeof answer === 'object' && answer !== null && 'code' in answer && answer.code === 'in_progress';
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
