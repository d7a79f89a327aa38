import OpenAI from 'openai';
import { retryAfterMs as msOf } from '../retry-after.ts';
import { storable } from '../storable.ts';
import { NotPublic } from '../webhooks/public-lookup.ts';

const MOST_WORDS = 300;

/** Why a model gave no answer, in words for whoever gets the conversation. */
export class LlmFailure extends Error {
  /** A word for the log of calls. */
  readonly outcome: string;
  /** Whether asking once more may help. */
  readonly again: boolean;
  /** What the endpoint asked for (Retry-After). */
  readonly retryAfterMs: number | null;
  /** What the endpoint itself said: for an admin who tests it, and nobody else. */
  readonly words: string | null;

  constructor(reason: string, { outcome, again, retryAfterMs = null, words = null }: { outcome: string; again: boolean; retryAfterMs?: number | null; words?: string | null }) {
    // It may quote what an agent sent, cut anywhere, and is written to a timeline.
    super(storable(reason));
    this.outcome = outcome;
    this.again = again;
    this.retryAfterMs = retryAfterMs;
    this.words = words === null ? null : storable(words.slice(0, MOST_WORDS));
  }
}

export function lateFailure(): LlmFailure {
  return new LlmFailure('The model did not answer in time.', { outcome: 'timeout', again: true });
}

/** What is there of such an answer ends anywhere. */
export function withheldFailure(): LlmFailure {
  return new LlmFailure('The model’s endpoint withheld the answer, or the end of it (content filter).', { outcome: 'withheld', again: false });
}

/**
 * What went wrong with a call of the endpoint; `signal` is the turn's own, `isLate`: the call's own time was over. Some endpoints
 * say a wrong `apiKey` back: it is never shown.
 */
export function llmFailureOf(error: unknown, { signal, isLate, apiKey }: { signal: AbortSignal; isLate: boolean; apiKey: string }): unknown {
  if (error instanceof LlmFailure) return error;
  // A takeover, or the end of the turn's time: whoever aborted knows why.
  if (signal.aborted) return error;
  if (isLate || error instanceof OpenAI.APIConnectionTimeoutError) return lateFailure();
  const inside = causesOf(error).find((cause) => cause instanceof NotPublic);
  if (inside !== undefined) return new LlmFailure(inside.message, { outcome: 'private', again: false });
  if (error instanceof OpenAI.APIConnectionError) return new LlmFailure('The model’s endpoint cannot be reached.', { outcome: 'unreached', again: true, words: codeIn(error) });
  const status: unknown = error instanceof OpenAI.APIError ? error.status : undefined;
  const headers: unknown = error instanceof OpenAI.APIError ? error.headers : undefined;
  if (typeof status !== 'number') return new LlmFailure('The model’s answer broke off, or was no JSON.', { outcome: 'malformed', again: true });
  const isPassing = status === 408 || status === 409 || status === 429 || status >= 500;
  const retryAfterMs = isPassing && headers instanceof Headers ? msOf(headers.get('retry-after') ?? undefined) : null;
  const leads = status >= 300 && status < 400 ? ' and leads elsewhere; redirects are not followed' : '';
  return new LlmFailure(`The model’s endpoint answered ${status}${leads}.`, { outcome: `http_${status}`, again: isPassing, retryAfterMs, words: error instanceof Error ? error.message.replaceAll(apiKey, '…') : null });
}

function causesOf(error: unknown): Error[] {
  return error instanceof Error ? [error, ...causesOf(error.cause)] : [];
}

/** What the system called it, like ECONNREFUSED. */
function codeIn(error: Error): string | null {
  const codes = causesOf(error).flatMap((cause) => ('code' in cause && typeof cause.code === 'string' ? [cause.code] : []));
  return codes[0] ?? null;
}
