import type { Request } from 'express';
import { refuse } from '#workflows/domain/errors.ts';
import { isOutage } from './outage.ts';
import type { HttpRefusal } from './problem.ts';
import { MOST_BODY_BYTES } from './read-json.ts';
import { factsOf } from './request-facts.ts';

/** The refusal behind an error that Express or the body's reader threw; null: it is none of theirs. `bulkField`: what of the request may be too large. */
export function refusalOfRequest(error: unknown, bulkField: string): HttpRefusal | null {
  if (typeof error !== 'object' || error === null) return null;
  if (error instanceof URIError) return refuse('malformed', 'The address is not valid percent-encoded UTF-8.');
  const status = 'status' in error ? error.status : undefined;
  if (typeof status !== 'number' || status < 400 || status >= 500) return null;
  const type = 'type' in error ? error.type : '';
  if (type === 'encoding.invalid') return refuse('malformed', 'The body is not valid UTF-8.');
  if (status === 413) return refuse('too_large', `The body may have at most ${MOST_BODY_BYTES} bytes.`, { errors: [{ path: bulkField, message: `is too large: a request may have at most ${MOST_BODY_BYTES} bytes` }] });
  if (status === 415 || type === 'charset.unsupported') return refuse('unsupported_media_type', 'The body must be application/json in UTF-8, with gzip, deflate, br or no encoding.');
  if (type === 'entity.parse.failed') return refuse('malformed', `The body is not valid JSON${whereIn(error)}.`);
  return refuse('malformed', 'The request cannot be read.');
}

/**
 * The refusal for what was thrown while a request was carried out. Where a server was away, a write may or may not
 * have happened: its caller is told so, and repeats it with the same key.
 */
export function refusalOfFailure(request: Request, error: unknown, { mayHaveWritten }: { mayHaveWritten: boolean }): HttpRefusal {
  if (isOutage(error)) {
    return mayHaveWritten
      ? refuse('outcome_unknown', 'A server that is needed did not answer; it may still be carried out. Try again with the same Idempotency-Key.', { retryAfter: 5 })
      : refuse('unavailable', 'A server that is needed does not answer. Nothing was done; try again.', { retryAfter: 5 });
  }
  return { ok: false, code: 'internal', detail: `Something went wrong on our side. It is in the log as request ${factsOf(request).id}.` };
}

// The parser quotes the text around the error, which may be anybody's: only the position is repeated.
function whereIn(error: object): string {
  const at = error instanceof Error ? /position (\d+)/.exec(error.message)?.[1] : undefined;
  return at === undefined ? '' : ` (at character ${at})`;
}
