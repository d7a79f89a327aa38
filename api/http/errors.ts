import type { RefusalCode } from '#workflows/domain/errors.ts';

/** What only HTTP knows, on top of the refusals of the domain. */
export const HTTP_ONLY_CODES = ['method_not_allowed', 'internal'] as const;
export type ProblemCode = RefusalCode | (typeof HTTP_ONLY_CODES)[number];

interface ProblemKind {
  readonly status: number;
  readonly title: string;
}

/** The one table from code to HTTP status; every error of the API is one of these. */
export const PROBLEMS: Readonly<Record<ProblemCode, ProblemKind>> = {
  malformed: { status: 400, title: 'The request cannot be read' },
  unauthenticated: { status: 401, title: 'Who asks is unknown' },
  forbidden: { status: 403, title: 'Not allowed' },
  csrf: { status: 403, title: 'The page is from an older session' },
  origin_not_allowed: { status: 403, title: 'This site may not embed the widget' },
  forged_identity: { status: 401, title: 'The signature is not of this user' },
  not_found: { status: 404, title: 'Not there' },
  method_not_allowed: { status: 405, title: 'No such method here' },
  too_large: { status: 413, title: 'Too large' },
  unsupported_media_type: { status: 415, title: 'Not JSON' },
  invalid: { status: 422, title: 'A field is wrong' },
  idempotency_mismatch: { status: 422, title: 'The key was used for another body' },
  in_progress: { status: 409, title: 'The same request is under way' },
  rate_limited: { status: 429, title: 'Too many requests' },
  illegal_move: { status: 409, title: 'The status cannot change like this' },
  already_taken: { status: 409, title: 'Somebody else has the conversation' },
  takeover_required: { status: 409, title: 'The AI holds the channel' },
  ticket_finished: { status: 409, title: 'The ticket is finished' },
  has_open_ticket: { status: 409, title: 'The conversation has another open ticket' },
  newer_message: { status: 409, title: 'A newer customer message arrived' },
  ai_paused: { status: 409, title: 'The AI is paused' },
  stale_epoch: { status: 409, title: 'The AI mode changed meanwhile' },
  human_pause: { status: 403, title: 'A person paused the AI' },
  not_resolved: { status: 409, title: 'The ticket is not resolved' },
  not_paused: { status: 409, title: 'The AI is not paused' },
  no_auto_resume: { status: 409, title: 'The AI does not come back by itself' },
  help_desk_off: { status: 409, title: 'The help desk is off for this agent' },
  case_not_escalated: { status: 409, title: 'This case is never escalated' },
  no_agent: { status: 409, title: 'No agent serves this conversation' },
  too_late: { status: 409, title: 'Too late' },
  version_conflict: { status: 412, title: 'Somebody changed it meanwhile' },
  no_address: { status: 409, title: 'No address to write to' },
  no_model: { status: 409, title: 'No language model is configured' },
  exists: { status: 409, title: 'It exists already' },
  last_admin: { status: 409, title: 'The team would have no admin' },
  in_use: { status: 409, title: 'Something uses it' },
  webhook_off: { status: 409, title: 'The webhook is off' },
  translation_off: { status: 409, title: 'Nothing is translated here' },
  translation_failed: { status: 503, title: 'It could not be translated' },
  busy: { status: 503, title: 'Too much at once' },
  unavailable: { status: 503, title: 'Not possible now' },
  outcome_unknown: { status: 503, title: 'The outcome is not known yet' },
  internal: { status: 500, title: 'Our mistake' },
};
