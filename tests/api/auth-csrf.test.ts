import { createCsrf } from '#api/auth/csrf.ts';

const SECRET = 'a secret for tests that is long enough';
const csrf = createCsrf({ secret: SECRET, publicUrl: 'http://localhost:4000' });
const visitor = (cookie?: string) => csrf.bindingFor({ headers: new Headers(cookie === undefined ? {} : { cookie }), sessionToken: null });
const signedIn = (sessionToken: string) => csrf.bindingFor({ headers: new Headers(), sessionToken });

describe('the token in every form', () => {
  it('is good for the browser it was made for, in every api process', () => {
    const token = csrf.csrfTokenFor(signedIn('session-of-mia'));
    const elsewhere = createCsrf({ secret: SECRET, publicUrl: 'http://localhost:4000' });
    expect(elsewhere.isCsrfValid(elsewhere.bindingFor({ headers: new Headers(), sessionToken: 'session-of-mia' }), token)).toBe(true);
  });

  it('is worth nothing for another person, in another installation, or missing', () => {
    const token = csrf.csrfTokenFor(signedIn('session-of-mia'));
    const other = createCsrf({ secret: `${SECRET}, another`, publicUrl: 'http://localhost:4000' });
    expect(csrf.isCsrfValid(signedIn('session-of-ben'), token)).toBe(false);
    expect(csrf.isCsrfValid(visitor(), token)).toBe(false);
    expect(other.isCsrfValid(signedIn('session-of-mia'), token)).toBe(false);
    for (const nothing of [undefined, null, '', 'x', `${token}x`]) expect(csrf.isCsrfValid(signedIn('session-of-mia'), nothing)).toBe(false);
  });

  it('works before sign-in, bound to a cookie that scripts cannot read', () => {
    const first = visitor();
    expect(first.setCookie[0]).toMatch(/^baton_visitor=[\w-]{32}; Path=\/; HttpOnly; SameSite=Lax$/);
    const back = visitor(`theme=dark; ${first.setCookie[0]?.split(';')[0]}`);
    expect(back.setCookie).toEqual([]);
    expect(csrf.isCsrfValid(back, csrf.csrfTokenFor(first))).toBe(true);
    expect(csrf.isCsrfValid(visitor(), csrf.csrfTokenFor(first))).toBe(false);
  });
});

describe('where a browser says that a request comes from', () => {
  it.each([
    ['the page itself', { origin: 'http://localhost:4000', host: 'localhost:4000' }, true],
    ['the same server by another of its names', { origin: 'http://127.0.0.1:4000', host: '127.0.0.1:4000' }, true],
    ['another site', { origin: 'https://evil.example', host: 'localhost:4000' }, false],
    ['another port of the same machine', { origin: 'http://localhost:9999', host: 'localhost:4000' }, false],
    ['a sandboxed frame', { origin: 'null', host: 'localhost:4000' }, false],
    ['another site, by a browser that sends no Origin', { 'sec-fetch-site': 'cross-site', host: 'localhost:4000' }, false],
    ['somebody who says nothing', { host: 'localhost:4000' }, true],
  ])('judges %s', (_who, headers, isOurs) => {
    expect(csrf.isSameOrigin(new Headers(Object.entries(headers)))).toBe(isOurs);
  });
});
