import OpenAI from 'openai';
import { retryAfterMs as msOf } from '../retry-after.ts';
import { storable } from '../storable.ts';

/** Why a model gave no answer, in words for whoever gets the conversation. */
export class LlmFailure extends Error {
  /** A word for the log of calls. */
  readonly outcome: string;
  /** Whether asking once more may help. */
  readonly again: boolean;
  /** What the endpoint asked for (Retry-After). */
  readonly retryAfterMs: number | null;

  constructor(reason: string, { outcome, again, retryAfterMs = null }: { outcome: string; again: boolean; retryAfterMs?: number | null }) {
    // It may quote what an agent sent, cut anywhere, and is written to a timeline.
    super(storable(reason));
    this.outcome = outcome;
    this.again = again;
    this.retryAfterMs = retryAfterMs;
  }
}

/** What went wrong with a call of the endpoint; `signal` is the turn's own, `isLate`: the call's own time was over. */
export function llmFailureOf(error: unknown, { signal, isLate }: { signal: AbortSignal; isLate: boolean }): unknown {
  if (error instanceof LlmFailure) return error;
  // A takeover, or the end of the turn's time: whoever aborted knows why.
  if (signal.aborted) return error;
  if (isLate || error instanceof OpenAI.APIConnectionTimeoutError) return new LlmFailure('The model did not answer in time.', { outcome: 'timeout', again: true });
  if (error instanceof OpenAI.APIConnectionError) return new LlmFailure('The model’s endpoint cannot be reached.', { outcome: 'unreached', again: true });
  const status: unknown = error instanceof OpenAI.APIError ? error.status : undefined;
  const headers: unknown = error instanceof OpenAI.APIError ? error.headers : undefined;
  if (typeof status !== 'number') return new LlmFailure('The model’s answer broke off, or was no JSON.', { outcome: 'malformed', again: true });
  const isPassing = status === 408 || status === 409 || status === 429 || status >= 500;
  const retryAfterMs = isPassing && headers instanceof Headers ? msOf(headers.get('retry-after') ?? undefined) : null;
  return new LlmFailure(`The model’s endpoint answered ${status}.`, { outcome: `http_${status}`, again: isPassing, retryAfterMs });
}
