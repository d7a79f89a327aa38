import { findUserByEmail, insertOperator, insertUser } from '#prisma/store/people.ts';
import type { OperatorView } from '#prisma/store/people.ts';
import { isUniqueViolation } from '#prisma/client.ts';
import type { z } from 'zod';
import { invite as personInput } from '#workflows/contract/settings.ts';
import { ok, refuseField } from '#workflows/domain/errors.ts';
import type { Result } from '#workflows/domain/errors.ts';
import type { Auth } from '../auth/auth.ts';
import { hashPassword } from '../auth/password.ts';
import { parseInput } from '../parse-input.ts';
import type { SettingsDeps } from '../settings-deps.ts';

/**
 * Makes a person a member at once, without invitation: for the demo and for tests, never for a request. An existing
 * identity of that address is joined and keeps its password; a new one without `password` signs in by link.
 */
export async function addPerson(
  { prisma, auth }: Pick<SettingsDeps, 'prisma'> & { readonly auth: Auth },
  teamId: string,
  { password, ...input }: z.input<typeof personInput> & { password?: string },
): Promise<Result<OperatorView>> {
  const parsed = parseInput(personInput, input);
  if (!parsed.ok) return parsed;
  const { email, name, role } = parsed.value;
  const hashed = password === undefined ? ok(null) : await hashPassword(auth, password);
  if (!hashed.ok) return hashed;
  try {
    return await prisma.$transaction(async (tx) => {
      const userId = (await findUserByEmail(tx, email))?.id ?? (await insertUser(tx, { email, name, passwordHash: hashed.value }));
      return ok(await insertOperator(tx, { teamId, userId, email, name, role }));
    });
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    return { ...refuseField('body.email', 'is a member already'), code: 'exists' };
  }
}
