import { MINUTE_MS, SECOND_MS } from './instant.ts';
import type { Instant } from './instant.ts';

/** Who writes three messages in a row gets one answer. */
export const BURST_GAP_MS = 1_500;
const LONGEST_MS = 10 * SECOND_MS;

/** How long a turn still waits for what belongs to it: a short silence after the newest message, and never long after the oldest. */
export function turnWaitMs({ newestAt, oldestAt, now }: { newestAt: Instant; oldestAt: Instant; now: Instant }): number {
  return Math.max(0, Math.min(newestAt + BURST_GAP_MS, oldestAt + LONGEST_MS) - now);
}

/**
 * How long a turn waits until its ticket has heard the newest message: a moment, and ever longer where the ticket is
 * stuck, so that a run that waits for it does not look every second for days.
 */
export function untilHandedMs({ newestAt, now }: { newestAt: Instant; now: Instant }): number {
  return Math.min(MINUTE_MS, Math.max(SECOND_MS, Math.round((now - newestAt) / 4)));
}

/** P12: after these gaps an agent that failed is asked again; after the last it is given up, and a person gets the conversation. */
const GAPS_MS = [2 * SECOND_MS, 10 * SECOND_MS];
/** A server that asks for more patience than this has nobody's turn today. */
const LONGEST_RETRY_AFTER_MS = 60 * SECOND_MS;

/** How long to wait before a failed call is made again; null: not again. `attempt` counts the calls that failed. */
export function nextTryInMs(attempt: number, retryAfterMs: number | null): number | null {
  const gap = GAPS_MS[attempt - 1];
  if (gap === undefined || (retryAfterMs !== null && retryAfterMs > LONGEST_RETRY_AFTER_MS)) return null;
  return Math.max(gap, retryAfterMs ?? 0);
}
