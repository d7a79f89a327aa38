/** The closed set of refusal codes. Each maps to one HTTP status in `api/http/errors.ts`. */
export const REFUSAL_CODES = [
  // 400 to 415: the request itself
  'malformed',
  'unauthenticated',
  'forbidden',
  'csrf',
  'origin_not_allowed',
  'forged_identity',
  'not_found',
  'too_large',
  'unsupported_media_type',
  'invalid',
  'idempotency_mismatch',
  'in_progress',
  'rate_limited',
  // 409: refusals of the domain
  'illegal_move',
  'already_taken',
  'takeover_required',
  'ticket_finished',
  'has_open_ticket',
  'newer_message',
  'ai_paused',
  'stale_epoch',
  'human_pause',
  'not_paused',
  'no_auto_resume',
  'not_resolved',
  'help_desk_off',
  'case_not_escalated',
  'no_agent',
  'too_late',
  'version_conflict',
  'no_address',
  'no_model',
  'exists',
  'last_admin',
  'in_use',
  'webhook_off',
  'translation_off',
  // 503
  'translation_failed',
  'busy',
  'unavailable',
  'outcome_unknown',
] as const;
export type RefusalCode = (typeof REFUSAL_CODES)[number];

export interface FieldError {
  /** Where: `body.subject`, `query.limit`, `header.idempotency-key`. */
  readonly path: string;
  readonly message: string;
}

/** An expected refusal is a value, never a throw: what was refused, in words, and what helps. */
export interface Refusal {
  readonly ok: false;
  readonly code: RefusalCode;
  readonly detail: string;
  readonly errors?: readonly FieldError[];
  /** The moves that would be legal. */
  readonly legal?: readonly string[];
  /** Who holds the conversation. */
  readonly holder?: { readonly id: string; readonly name?: string };
  /** Seconds after which trying again makes sense. */
  readonly retryAfter?: number;
}

export type Result<T> = { readonly ok: true; readonly value: T } | Refusal;

export function ok<T>(value: T): Result<T> {
  return { ok: true, value };
}

export function refuse(code: RefusalCode, detail: string, more: Omit<Partial<Refusal>, 'ok' | 'code' | 'detail'> = {}): Refusal {
  return { ok: false, code, detail, ...more };
}

/** The refusal of one field, which names it and says what would be right. */
export function refuseField(path: string, message: string): Refusal {
  return refuseFields([{ path, message }]);
}

/** Of wrong fields, so many are named, and each at most so long: a request must not make an answer that is larger than itself. */
const MOST_ERRORS = 100;
const MOST_PATH = 200;

/** The refusal of several fields: the first hundred, and the first five in words. */
export function refuseFields(wrong: readonly FieldError[]): Refusal {
  const errors = wrong.slice(0, MOST_ERRORS).map(({ path, message }) => ({ path: path.length > MOST_PATH ? `${path.slice(0, MOST_PATH)}…` : path, message }));
  return refuse('invalid', errors.map(({ path, message }) => `${path}: ${message}`).slice(0, 5).join('; '), { errors });
}
