import { ok, refuse } from '#workflows/domain/errors.ts';
import type { Refusal, Result } from '#workflows/domain/errors.ts';
import { isAdmin } from '../principal.ts';
import type { Principal } from '../principal.ts';
import { refuseUnlessAdmin, refuseUnlessReader } from '../require-role.ts';

/** Whoever is signed in, in the place of an id. */
export const ME = 'me';

/** The id that `me` stands for; any other id is itself. A key is nobody. */
export function operatorNamed(principal: Principal, given: string): Result<string> {
  const refused = refuseUnlessReader(principal);
  if (refused) return refused;
  if (given !== ME) return ok(given);
  return principal.kind === 'operator' ? ok(principal.operatorId) : refuse('forbidden', 'A key is no person: name the operator by their id instead of "me".');
}

/** The same where only the person themselves or an admin may. */
export function ownOrAdmins(principal: Principal, given: string): Result<string> {
  const named = operatorNamed(principal, given);
  if (!named.ok) return named;
  return maySeeAllOf(principal, named.value) ? named : (refuseUnlessAdmin(principal) ?? NO_SUCH_OPERATOR);
}

/** Their own, or an admin's business. */
export function maySeeAllOf(principal: Principal, operatorId: string): boolean {
  return (principal.kind === 'operator' && principal.operatorId === operatorId) || isAdmin(principal);
}

export const NO_SUCH_OPERATOR: Refusal = refuse('not_found', 'The team has no such member.');
