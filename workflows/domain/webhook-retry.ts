import { HOUR_MS, MINUTE_MS } from './instant.ts';
import type { Instant } from './instant.ts';

/** How long a delivery is tried, and how long an endpoint may do nothing but fail. */
export const WEBHOOK_TRIED_FOR_MS = 3 * 24 * HOUR_MS;

const GAPS_MS = [5_000, 30_000, 2 * MINUTE_MS, 10 * MINUTE_MS, 30 * MINUTE_MS, HOUR_MS, 3 * HOUR_MS];

export interface Tries {
  /** How many there were, the one that has just failed included. */
  readonly attempts: number;
  readonly firstTriedAt: Instant;
  readonly at: Instant;
}

/** When to try again after a failure; null: three days are over, and it has failed for good. */
export function nextTryAt({ attempts, firstTriedAt, at }: Tries): Instant | null {
  const givesUpAt = firstTriedAt + WEBHOOK_TRIED_FOR_MS;
  if (at >= givesUpAt) return null;
  const gap = GAPS_MS[Math.min(Math.max(attempts, 1), GAPS_MS.length) - 1] ?? HOUR_MS;
  // The last try is at the very end of the three days, however the gaps fall.
  return Math.min(at + gap, givesUpAt);
}
