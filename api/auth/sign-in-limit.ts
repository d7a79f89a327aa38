import { createHash } from 'node:crypto';
import type { Pool } from 'pg';
import { RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';
import { ok, refuse } from '#workflows/domain/errors.ts';
import type { Result } from '#workflows/domain/errors.ts';

/** Who tries: the client's address, and what they name (an e-mail address, or a token). */
export interface Attempt {
  readonly from: string;
  readonly subject: string;
}

/** Guessing passwords and tokens is slowed down, for all api processes together. */
export interface SignInLimit {
  /** Counts a try before it is made; refuses with `rate_limited` and the seconds to wait. */
  count(attempt: Attempt): Promise<Result<null>>;
  /** A success forgets the tries at that name: people who mistype are not punished. */
  forget(attempt: Attempt): Promise<void>;
}

const PER_SUBJECT = { keyPrefix: 'sign_in:subject', points: 10, duration: 15 * 60 };
// An office shares one address, so this is wider.
const PER_ADDRESS = { keyPrefix: 'sign_in:from', points: 100, duration: 15 * 60 };

/** Counters in the table `rate_limits`. */
export function createSignInLimit(pool: Pool): SignInLimit {
  const stored = { storeClient: pool, storeType: 'pool', tableName: 'rate_limits', tableCreated: true };
  const perSubject = new RateLimiterPostgres({ ...stored, ...PER_SUBJECT, clearExpiredByTimeout: false });
  const perAddress = new RateLimiterPostgres({ ...stored, ...PER_ADDRESS, clearExpiredByTimeout: true });
  return {
    async count({ from, subject }) {
      try {
        await perAddress.consume(from);
        await perSubject.consume(keyOf(subject));
        return ok(null);
      } catch (error) {
        if (!(error instanceof RateLimiterRes)) throw error;
        const retryAfter = Math.max(1, Math.ceil(error.msBeforeNext / 1_000));
        return refuse('rate_limited', `Too many tries. Try again in ${Math.ceil(retryAfter / 60)} minutes.`, { retryAfter });
      }
    },

    async forget({ subject }) {
      await perSubject.delete(keyOf(subject));
    },
  };
}

// Hashed: the table need not know who tried, nor any token, and its column holds 255 characters.
function keyOf(subject: string): string {
  return createHash('sha256').update(subject.trim().toLowerCase()).digest('base64url');
}
