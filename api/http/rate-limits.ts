import type { Pool } from 'pg';
import { RateLimiterMemory, RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';
import { createDailyBytes } from './daily-bytes.ts';
import type { DailyBytes } from './daily-bytes.ts';

/** Where somebody stands after a request was counted. */
export interface Allowance {
  readonly isAllowed: boolean;
  readonly limit: number;
  readonly remaining: number;
  /** Seconds until the window starts anew. */
  readonly resetSeconds: number;
}

/** Counts requests for all api processes together. */
export interface RateLimits {
  /** One request of a person or a key. */
  ofPrincipal(principalKey: string): Promise<Allowance>;
  /** One request with no valid credential, by the client's address. */
  ofStranger(address: string): Promise<Allowance>;
  /** One request of a widget's visitor. */
  ofVisitor(visitorId: string): Promise<Allowance>;
  /** One request of any widget, by the client's address: one office has many visitors. */
  ofVisitorsAt(address: string): Promise<Allowance>;
  /** One translation that a person or a key has a model asked for. */
  ofTranslations(principalKey: string): Promise<Allowance>;
  /** Room for a file that a visitor uploads: of their day, and of their team's. */
  readonly uploads: { readonly ofVisitor: DailyBytes; readonly ofTeam: DailyBytes };
  /** True while a stranger's address is used up: then its credential is not even looked at. */
  isBlocked(address: string): boolean;
}

export interface RateLimitSettings {
  readonly perMinute: number;
  readonly strangersPerMinute: number;
  readonly visitorPerMinute: number;
  readonly visitorsPerMinute: number;
  readonly translationsPerMinute: number;
  readonly uploadMegabytesOfVisitor: number;
  readonly uploadMegabytesOfTeam: number;
}

const WINDOW_SECONDS = 60;
/** One write to PostgreSQL reserves this share of the window, so that few requests wait for one. */
const SHARE = 20;
const MOST_REMEMBERED = 20_000;

interface Credit {
  points: number;
  /** What the others have left, when it was last known. */
  beyond: number;
  until: number;
  blocked: boolean;
  asking: Promise<void> | null;
}

/** Fixed windows of a minute in the table `rate_limits`; while PostgreSQL is away each process counts for itself. */
export function createRateLimits({ pool, crowdPool = pool, settings, now }: { pool: Pool; crowdPool?: Pool; settings: RateLimitSettings; now: () => number }): RateLimits {
  const counter = (keyPrefix: string, points: number, storeClient = pool) => {
    const window = { keyPrefix, points, duration: WINDOW_SECONDS };
    const shared = new RateLimiterPostgres({
      ...window,
      storeClient,
      storeType: 'pool',
      tableName: 'rate_limits',
      tableCreated: true,
      insuranceLimiter: new RateLimiterMemory(window),
    });
    return createReservations({ limiter: shared, limit: points, now });
  };
  const principals = counter('api', settings.perMinute);
  const strangers = counter('stranger', settings.strangersPerMinute);
  const visitors = counter('visitor', settings.visitorPerMinute, crowdPool);
  const offices = counter('visitors', settings.visitorsPerMinute, crowdPool);
  const translations = counter('translations', settings.translationsPerMinute);
  return {
    ofPrincipal: (key) => principals.count(key),
    ofStranger: (address) => strangers.count(address),
    ofVisitor: (visitorId) => visitors.count(visitorId),
    ofVisitorsAt: (address) => offices.count(address),
    ofTranslations: (key) => translations.count(key),
    uploads: {
      ofVisitor: createDailyBytes({ pool: crowdPool, keyPrefix: 'upload', megabytes: settings.uploadMegabytesOfVisitor }),
      ofTeam: createDailyBytes({ pool: crowdPool, keyPrefix: 'uploads', megabytes: settings.uploadMegabytesOfTeam }),
    },
    isBlocked: (address) => strangers.isBlocked(address),
  };
}

/** Spends points that were reserved in batches; a window that is used up is remembered and costs nothing more. */
function createReservations({ limiter, limit, now }: { limiter: RateLimiterPostgres; limit: number; now: () => number }) {
  const credits = new Map<string, Credit>();
  const batch = Math.max(1, Math.floor(limit / SHARE));

  function creditOf(key: string): Credit {
    const known = credits.get(key);
    if (known !== undefined && known.until > now()) return known;
    if (credits.size >= MOST_REMEMBERED) credits.clear();
    const fresh: Credit = { points: 0, beyond: 0, until: now() + WINDOW_SECONDS * 1_000, blocked: false, asking: null };
    credits.set(key, fresh);
    return fresh;
  }

  async function reserve(key: string, credit: Credit): Promise<void> {
    try {
      const { remainingPoints, msBeforeNext } = await limiter.consume(key, batch);
      credit.points += batch;
      credit.beyond = Math.max(0, remainingPoints);
      credit.until = now() + msBeforeNext;
    } catch (error) {
      if (!(error instanceof RateLimiterRes)) throw error;
      credit.blocked = true;
      credit.beyond = 0;
      credit.until = now() + error.msBeforeNext;
    } finally {
      credit.asking = null;
    }
  }

  const isBlocked = (key: string) => {
    const credit = credits.get(key);
    return credit !== undefined && credit.until > now() && credit.blocked && credit.points < 1;
  };

  return {
    isBlocked,
    async count(key: string): Promise<Allowance> {
      let credit = creditOf(key);
      // A reservation may be spent by others while this one waits for it, or belong to a window that has just ended.
      while (credit.points < 1 && !credit.blocked) {
        credit.asking ??= reserve(key, credit);
        await credit.asking;
        credit = creditOf(key);
      }
      const isAllowed = credit.points >= 1;
      if (isAllowed) credit.points -= 1;
      const resetSeconds = Math.max(1, Math.ceil((credit.until - now()) / 1_000));
      return { isAllowed, limit, remaining: credit.points + credit.beyond, resetSeconds };
    },
  };
}
