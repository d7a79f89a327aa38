import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { deriveKey } from '#prisma/store/installation-secret.ts';

// A token is an HMAC over what only this browser's cookie holds: the session's token or, before sign-in, a random
// value in a cookie of its own. Another site can neither read nor compute it.
const VISITOR_COOKIE = 'baton_visitor';
const VISITOR = /^[A-Za-z0-9_-]{22,64}$/;

/** What a browser's tokens are bound to; `setCookie` must go out with the page when this was made just now. */
export interface CsrfBinding {
  readonly value: string;
  readonly setCookie: readonly string[];
}

/** Makes and checks the tokens of browser forms, the same in every api process. */
export interface Csrf {
  /** The binding of a signed-in browser (`sessionToken`) or of a visitor's. */
  bindingFor(request: { headers: Headers; sessionToken: string | null }): CsrfBinding;
  csrfTokenFor(binding: CsrfBinding): string;
  /** `given` comes from the header `x-csrf-token` or the form field `csrf`. */
  isCsrfValid(binding: CsrfBinding, given: string | null | undefined): boolean;
  /** The browser says that the request comes from a page of ours; a request that says nothing has only its token. */
  isSameOrigin(headers: Headers): boolean;
}

/** Tokens under a key derived from the installation's secret; cookies are Secure when `publicUrl` is https. */
export function createCsrf({ secret, publicUrl }: { secret: string; publicUrl: string }): Csrf {
  const key = deriveKey(secret, 'csrf');
  const home = new URL(publicUrl);
  const secure = home.protocol === 'https:' ? '; Secure' : '';
  const tokenOf = (value: string) => createHmac('sha256', key).update(value).digest('base64url');

  return {
    bindingFor({ headers, sessionToken }) {
      if (sessionToken !== null) return { value: `session:${sessionToken}`, setCookie: [] };
      const known = cookieOf(headers, VISITOR_COOKIE);
      if (known !== null && VISITOR.test(known)) return { value: `visitor:${known}`, setCookie: [] };
      const fresh = randomBytes(24).toString('base64url');
      return { value: `visitor:${fresh}`, setCookie: [`${VISITOR_COOKIE}=${fresh}; Path=/; HttpOnly; SameSite=Lax${secure}`] };
    },

    csrfTokenFor: (binding) => tokenOf(binding.value),

    isCsrfValid(binding, given) {
      if (typeof given !== 'string') return false;
      const right = Buffer.from(tokenOf(binding.value));
      const said = Buffer.from(given);
      return right.length === said.length && timingSafeEqual(right, said);
    },

    isSameOrigin(headers) {
      const origin = headers.get('origin');
      if (origin !== null) return origin === home.origin || hostOf(origin) === headers.get('host');
      const site = headers.get('sec-fetch-site');
      return site === null || site === 'same-origin' || site === 'none';
    },
  };
}

/** One cookie of the request (RFC 6265), or null. */
export function cookieOf(headers: Headers, name: string): string | null {
  for (const pair of (headers.get('cookie') ?? '').split(';')) {
    const [key, ...value] = pair.trim().split('=');
    if (key === name) return value.join('=');
  }
  return null;
}

// `null` (a sandboxed frame) and other strings that are no URL have no host, and so match none.
function hostOf(origin: string): string | undefined {
  return URL.canParse(origin) ? new URL(origin).host : undefined;
}
