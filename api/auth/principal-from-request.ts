import { membershipsOf } from '#prisma/store/people.ts';
import { ok, refuse } from '#workflows/domain/errors.ts';
import type { Result } from '#workflows/domain/errors.ts';
import type { Principal } from '../principal.ts';
import { readSession } from './auth.ts';
import type { AuthDeps } from './auth-deps.ts';
import { chosenMembership } from './team-cookie.ts';

/** Who sent a request. */
export interface Identity {
  /** Null for who is not signed in, or is no enabled member of any team. */
  readonly principal: Principal | null;
  /** Set for a browser's session: what CSRF tokens are bound to. Requests with a key need none. */
  readonly sessionToken: string | null;
  /** To send with the answer: a session that is used stays alive. */
  readonly setCookie: readonly string[];
}

type Deps = Pick<AuthDeps, 'prisma' | 'auth' | 'keyring'>;
const NOBODY: Identity = { principal: null, sessionToken: null, setCookie: [] };

/**
 * The principal behind a request: a Bearer key (RFC 6750), else the session cookie. An unknown or revoked key refuses
 * with `unauthenticated`, even where a cookie would have done: whoever sends a key means it.
 */
export async function principalFromRequest({ prisma, auth, keyring }: Deps, headers: Headers): Promise<Result<Identity>> {
  const authorization = headers.get('authorization');
  if (authorization !== null) {
    const key = /^Bearer +(\S+) *$/i.exec(authorization)?.[1];
    const principal = key === undefined ? null : await keyring.check(key);
    if (principal === null) return refuse('unauthenticated', 'This key is unknown or was revoked. Send "Authorization: Bearer bat_…" with a live key.');
    return ok({ ...NOBODY, principal });
  }
  if (!headers.has('cookie')) return ok(NOBODY);

  const { session, setCookie } = await readSession(auth, headers);
  if (session === null) return ok({ ...NOBODY, setCookie });
  const membership = chosenMembership(headers, await membershipsOf(prisma, session.userId));
  return ok({ principal: membership === null ? null : { kind: 'operator', ...membership }, sessionToken: session.token, setCookie });
}
