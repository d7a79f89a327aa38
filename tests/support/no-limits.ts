import { createRateLimits, type RateLimits, type RateLimitSettings } from '#api/http/rate-limits.ts';
import { poolOf, type PrismaClient } from '#prisma/client.ts';

/** Nobody is ever refused. */
export const GENEROUS: RateLimitSettings = { perMinute: 100_000, strangersPerMinute: 100_000, visitorPerMinute: 100_000, visitorsPerMinute: 100_000, translationsPerMinute: 100_000, uploadMegabytesOfVisitor: 100_000, uploadMegabytesOfTeam: 100_000 };

/** The real limits, at which nobody arrives but by the ones that a test sets. */
export function limitsOf(prisma: PrismaClient, limits: Partial<RateLimitSettings> = {}): RateLimits {
  return createRateLimits({ pool: poolOf(prisma), settings: { ...GENEROUS, ...limits }, now: () => Date.now() });
}
