import type { Pool } from 'pg';
import { RateLimiterMemory, RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';

/** What became of asking for room. */
export interface Room {
  readonly isThere: boolean;
  readonly megabytes: number;
  /** Seconds until the day that counts is over. */
  readonly resetSeconds: number;
}

/** Counts bytes for all api processes together, in days that begin with the first of them. */
export interface DailyBytes {
  /** Takes the room, or nothing of it. */
  take(key: string, bytes: number): Promise<Room>;
  /** It was not needed after all. */
  giveBack(key: string, bytes: number): Promise<void>;
}

const DAY_SECONDS = 86_400;
/** Whole kilobytes: the column that counts would overflow at two billion bytes. */
const UNIT = 1_024;

/** At most so many megabytes a day under each key; while PostgreSQL is away each process counts for itself. */
export function createDailyBytes({ pool, keyPrefix, megabytes }: { pool: Pool; keyPrefix: string; megabytes: number }): DailyBytes {
  const day = { keyPrefix, points: megabytes * UNIT, duration: DAY_SECONDS };
  const limiter = new RateLimiterPostgres({ ...day, storeClient: pool, storeType: 'pool', tableName: 'rate_limits', tableCreated: true, insuranceLimiter: new RateLimiterMemory(day) });
  const room = (isThere: boolean, { msBeforeNext }: RateLimiterRes): Room => ({ isThere, megabytes, resetSeconds: Math.max(1, Math.ceil(msBeforeNext / 1_000)) });
  return {
    async take(key, bytes) {
      const units = Math.ceil(bytes / UNIT);
      try {
        return room(true, await limiter.consume(key, units));
      } catch (error) {
        if (!(error instanceof RateLimiterRes)) throw error;
        // What was refused is not used up: something smaller may still fit.
        await limiter.reward(key, units);
        return room(false, error);
      }
    },
    giveBack: async (key, bytes) => void (await limiter.reward(key, Math.ceil(bytes / UNIT))),
  };
}
