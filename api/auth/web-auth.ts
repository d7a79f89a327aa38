import { endSessions, membershipsOf } from '#prisma/store/people.ts';
import type { WebAuth } from '#workflows/contract/desk.ts';
import { ok, refuse } from '#workflows/domain/errors.ts';
import type { Result } from '#workflows/domain/errors.ts';
import { acceptInvitation, openInvitation } from './accept-invitation.ts';
import type { AuthDeps } from './auth-deps.ts';
import { headersOf, signInByPassword, signInByToken } from './sign-in.ts';
import type { BrowserRequest, NewSession } from './sign-in.ts';

/** Sign-in for one browser's request. Wrong passwords and tokens cost tries, counted over all api processes. */
export function createWebAuth(deps: AuthDeps, request: BrowserRequest): WebAuth {
  return {
    async signIn({ email, password }) {
      const attempt = { from: request.from, subject: email };
      const counted = await deps.signInLimit.count(attempt);
      if (!counted.ok) return counted;
      const session = await signInByPassword(deps, request, { email, password });
      if (!session.ok) return session;
      await deps.signInLimit.forget(attempt);
      return admit(deps, session.value);
    },

    async signInByLink(token) {
      const counted = await deps.signInLimit.count({ from: request.from, subject: token });
      if (!counted.ok) return counted;
      const session = await signInByToken(deps, request, token);
      return session.ok ? admit(deps, session.value) : session;
    },

    async signOut() {
      const { headers } = await deps.auth.api.signOut({ headers: headersOf(request), returnHeaders: true });
      return { setCookie: headers.getSetCookie() };
    },

    invitation: (token) => openInvitation(deps, token),
    acceptInvitation: (input) => acceptInvitation(deps, request, input),
  };
}

// A session without a team would show nothing: it is refused, in words, and gets no cookie.
async function admit({ prisma }: AuthDeps, { userId, setCookie }: NewSession): Promise<Result<{ setCookie: string[] }>> {
  const memberships = await membershipsOf(prisma, userId);
  if (memberships.length > 0) return ok({ setCookie });
  await endSessions(prisma, userId);
  return refuse('forbidden', 'You are not an active member of any team. Ask an admin to invite or enable you.');
}
