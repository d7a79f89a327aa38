import type { Db } from '#prisma/client.ts';
import { findTranslation, translationIdOf, type TranslationWish } from '#prisma/store/translations.ts';
import { refuse } from '#workflows/domain/errors.ts';
import type { Refusal } from '#workflows/domain/errors.ts';
import type { RateLimits } from '../http/rate-limits.ts';
import { type Principal, principalKey } from '../principal.ts';

/**
 * Refuses with `rate_limited` who has asked for too many translations in a minute. Only what a model is asked for anew counts:
 * what is there, or on its way, costs nothing, however often somebody looks.
 */
export async function refuseTooMany(
  { prisma, limits }: { readonly prisma: Db; readonly limits: Pick<RateLimits, 'ofTranslations'> },
  principal: Principal,
  wish: TranslationWish,
  { again }: { again: boolean },
): Promise<Refusal | null> {
  const found = await findTranslation(prisma, { teamId: wish.teamId, translationId: translationIdOf(wish) });
  if (found !== null && !(again && found.state === 'failed')) return null;
  const { isAllowed, limit, resetSeconds } = await limits.ofTranslations(principalKey(principal));
  return isAllowed ? null : refuse('rate_limited', `More than ${limit} translations in a minute. Try again in ${resetSeconds} s.`, { retryAfter: resetSeconds });
}
