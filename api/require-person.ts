import { ok, refuse } from '#workflows/domain/errors.ts';
import type { Result } from '#workflows/domain/errors.ts';
import type { Principal } from './principal.ts';

export type Person = Extract<Principal, { kind: 'operator' }>;

/** The signed-in person; keys have no list, no drafts and no reading position of their own. */
export function refuseUnlessPerson(principal: Principal): Result<Person> {
  return principal.kind === 'operator' ? ok(principal) : refuse('forbidden', 'This belongs to a person: sign in instead of using a key.');
}
