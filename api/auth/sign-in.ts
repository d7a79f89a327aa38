import { isAPIError } from 'better-auth/api';
import { ok, refuse } from '#workflows/domain/errors.ts';
import type { Result } from '#workflows/domain/errors.ts';
import { CLIENT_ADDRESS_HEADER } from './auth.ts';
import type { Auth } from './auth.ts';

type Deps = { readonly auth: Auth };

/** A browser's request, as far as signing in looks at it; `from` is the address of its connection. */
export interface BrowserRequest {
  readonly headers: Headers;
  readonly from: string;
}

/** A session that was just made. */
export interface NewSession {
  readonly userId: string;
  readonly setCookie: string[];
}

/** Checks a password and makes a session; a wrong address and a wrong password look and last the same. */
export async function signInByPassword(
  { auth }: Deps,
  request: BrowserRequest,
  { email, password }: { email: string; password: string },
): Promise<Result<NewSession>> {
  const body = { email: email.trim().toLowerCase(), password };
  return attempted(() => auth.api.signInEmail({ body, headers: headersOf(request), returnHeaders: true }), 'The e-mail address or the password is wrong.');
}

/** The request's headers with the client's address where better-auth looks for it, and none that only pretends to be it. */
export function headersOf(request: BrowserRequest): Headers {
  const headers = new Headers(request.headers);
  headers.set(CLIENT_ADDRESS_HEADER, request.from);
  return headers;
}

/** Uses a one-time link up and makes a session. */
export async function signInByToken({ auth }: Deps, request: BrowserRequest, token: string): Promise<Result<NewSession>> {
  return attempted(
    () => auth.api.magicLinkVerify({ query: { token }, headers: headersOf(request), returnHeaders: true }),
    'This link was used already or is older than 15 minutes. Ask for a new one.',
  );
}

async function attempted(
  signIn: () => Promise<{ headers: Headers; response: { user: { id: string } } }>,
  refusal: string,
): Promise<Result<NewSession>> {
  try {
    const { headers, response } = await signIn();
    return ok({ userId: response.user.id, setCookie: headers.getSetCookie() });
  } catch (error) {
    if (!isAPIError(error)) throw error;
    // What better-auth refuses for its own failures (5xx) is no wrong password.
    if (error.statusCode >= 500) throw error;
    return refuse('unauthenticated', refusal);
  }
}
