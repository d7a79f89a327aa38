import { z } from 'zod';
import { isUniqueViolation } from '#prisma/client.ts';
import { findInvitation, takeInvitation } from '#prisma/store/invitations.ts';
import { findUserByEmail, insertOperator, insertUser, toRole } from '#prisma/store/people.ts';
import { findTeam } from '#prisma/store/teams.ts';
import { line } from '#workflows/contract/text.ts';
import { ok, refuse } from '#workflows/domain/errors.ts';
import type { Result } from '#workflows/domain/errors.ts';
import { parseInput } from '../parse-input.ts';
import { readSession } from './auth.ts';
import type { AuthDeps } from './auth-deps.ts';
import { hashPassword } from './password.ts';
import { signInByPassword } from './sign-in.ts';
import type { BrowserRequest } from './sign-in.ts';
import { chooseTeam } from './team-cookie.ts';

const acceptance = z.strictObject({ token: z.string().min(1).max(200), name: line(200), password: z.string().max(1_000) });

const GONE = refuse('not_found', 'This invitation was used already, was replaced by a newer one, or is older than 7 days. Ask for a new one.');

/** What an invitation says to whoever opens it; opening it changes nothing. */
export async function openInvitation({ prisma, now }: AuthDeps, token: string): Promise<Result<{ email: string; name: string; teamName: string }>> {
  const invitation = await findInvitation(prisma, token, now());
  if (invitation === null) return GONE;
  const team = await findTeam(prisma, invitation.teamId);
  return team === null ? GONE : ok({ email: invitation.email, name: invitation.name, teamName: team.name });
}

/**
 * Joins the team and signs in, once. A new person chooses a password. An address that has an identity already must
 * prove it, by its password or by being signed in: who invites somebody learns the token, and must not become them.
 */
export async function acceptInvitation(
  deps: AuthDeps,
  request: BrowserRequest,
  input: z.input<typeof acceptance>,
): Promise<Result<{ setCookie: string[] }>> {
  const parsed = parseInput(acceptance, input);
  if (!parsed.ok) return parsed;
  const { token, name, password } = parsed.value;
  const attempt = { from: request.from, subject: token };
  const counted = await deps.signInLimit.count(attempt);
  if (!counted.ok) return counted;
  const invitation = await findInvitation(deps.prisma, token, deps.now());
  if (invitation === null) return GONE;

  const { id, teamId, email } = invitation;
  const known = await findUserByEmail(deps.prisma, email);
  const session = known === null ? null : await proveIdentity(deps, request, { userId: known.id, email, password });
  if (session !== null && !session.ok) return session;
  const hashed = known === null ? await hashPassword(deps.auth, password) : ok(null);
  if (!hashed.ok) return hashed;

  try {
    const joined = await deps.prisma.$transaction(async (tx) => {
      if (!(await takeInvitation(tx, id, deps.now()))) return false;
      const userId = known?.id ?? (await insertUser(tx, { email, name, passwordHash: hashed.value }));
      await insertOperator(tx, { teamId, userId, email, name, role: toRole(invitation.role) });
      return true;
    });
    if (!joined) return GONE;
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    return refuse('exists', 'This address has joined meanwhile. Sign in with it.');
  }

  await deps.signInLimit.forget(attempt);
  const signedIn = session ?? (await signInByPassword(deps, request, { email, password }));
  return signedIn.ok ? ok({ setCookie: [...signedIn.value.setCookie, chooseTeam(teamId, deps.publicUrl)] }) : signedIn;
}

async function proveIdentity(
  deps: AuthDeps,
  request: BrowserRequest,
  { userId, email, password }: { userId: string; email: string; password: string },
): Promise<Result<{ setCookie: string[] }>> {
  const { session } = await readSession(deps.auth, request.headers);
  if (session?.userId === userId) return ok({ setCookie: [] });
  const signedIn = await signInByPassword(deps, request, { email, password });
  if (signedIn.ok) return signedIn;
  return refuse('unauthenticated', 'There is an account with this address already: give its password, or sign in first and open the invitation again.');
}
