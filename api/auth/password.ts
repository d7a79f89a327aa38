import { ok, refuseField } from '#workflows/domain/errors.ts';
import type { Result } from '#workflows/domain/errors.ts';
import { LONGEST_PASSWORD, SHORTEST_PASSWORD } from './auth.ts';
import type { Auth } from './auth.ts';

/** better-auth's hash (scrypt) of a password that somebody chose; refused when it is too short or too long. */
export async function hashPassword(auth: Auth, password: string): Promise<Result<string>> {
  if (password.length < SHORTEST_PASSWORD) return refuseField('body.password', `must have at least ${SHORTEST_PASSWORD} characters`);
  if (password.length > LONGEST_PASSWORD) return refuseField('body.password', `must have at most ${LONGEST_PASSWORD} characters`);
  const context = await auth.$context;
  return ok(await context.password.hash(password));
}
