import { createAuth, issueLinkToken } from '#api/auth/auth.ts';
import { createWebAuth } from '#api/auth/web-auth.ts';
import { principalFromRequest } from '#api/auth/principal-from-request.ts';
import type { AuthDeps } from '#api/auth/auth-deps.ts';
import { changeOperator } from '#api/people/operators.ts';
import { createPrisma } from '#prisma/client.ts';
import { OFFICE_SECRET, PUBLIC_URL, aTeam, anOffice, codeOf, value } from '#tests/support/team.ts';
import type { Office } from '#tests/support/team.ts';

const PASSWORD = 'correct horse battery';
let office: Office;
let deps: AuthDeps;
let addresses = 0;

beforeAll(async () => {
  office = await anOffice();
  deps = office.deps;
});
afterAll(() => office.close());

/** A browser somewhere in the world; it keeps no cookies. */
const aBrowser = (headers: Record<string, string> = {}, from = `192.0.2.${++addresses}`) => ({ headers: new Headers(headers), from });
const cookiesOf = (setCookie: readonly string[]) => setCookie.map((one) => one.split(';')[0]).join('; ');
const whoHas = async (setCookie: readonly string[], process = deps) =>
  value(await principalFromRequest(process, new Headers({ cookie: cookiesOf(setCookie) })));
const signIn = (process: AuthDeps, email: string, password = PASSWORD, browser = aBrowser()) =>
  createWebAuth(process, browser).signIn({ email, password });

describe('signing in with a password', () => {
  it('lets a member in, in every api process, however they write their address', async () => {
    const { admin } = await aTeam(deps);
    const { setCookie } = value(await signIn(deps, ` ${admin.email.toUpperCase()} `));
    const elsewhere = await whoHas(setCookie, office.anotherProcess());
    expect(elsewhere.principal).toEqual(admin.principal);
    expect(elsewhere.sessionToken).toEqual(expect.any(String));
  });

  it('keeps the session from scripts and other sites, and from plain HTTP where people come by https', async () => {
    const { admin } = await aTeam(deps);
    const plain = value(await signIn(deps, admin.email)).setCookie[0] ?? '';
    expect(plain).toMatch(/HttpOnly/i);
    expect(plain).toMatch(/SameSite=Lax/i);
    expect(plain).not.toMatch(/Secure/i);
    const secure = value(await signIn(office.anotherProcess({ publicUrl: 'https://desk.example' }), admin.email)).setCookie[0] ?? '';
    expect(secure).toMatch(/; Secure/i);
    expect(secure).toMatch(/^__Secure-/);
  });

  it('says the same to a wrong password and to an address nobody has', async () => {
    const { admin } = await aTeam(deps);
    const wrong = await signIn(deps, admin.email, 'not the password');
    const nobody = await signIn(deps, 'nobody@nowhere.example');
    expect(codeOf(wrong)).toBe('unauthenticated');
    expect(nobody).toEqual(wrong);
  });

  it('slows down who guesses, over all processes, and lets them in again later', async () => {
    const { admin } = await aTeam(deps);
    const processes = [deps, office.anotherProcess()];
    const tries = await Promise.all(
      Array.from({ length: 11 }, (_, n) => signIn(processes[n % 2] ?? deps, admin.email, `guess number ${n}`)),
    );
    expect(tries.map(codeOf).filter((code) => code === 'rate_limited')).toHaveLength(1);
    const refused = await signIn(deps, admin.email);
    expect(codeOf(refused)).toBe('rate_limited');
    expect(refused.ok ? 0 : refused.retryAfter).toBeGreaterThan(60);
    await deps.prisma.rateLimit.updateMany({ data: { expire: Date.now() - 1 } });
    expect(codeOf(await signIn(deps, admin.email))).toBe('ok');
  });

  it('does not count against people what they typed right', async () => {
    const { admin } = await aTeam(deps);
    for (let n = 0; n < 11; n++) expect(codeOf(await signIn(deps, admin.email))).toBe('ok');
  });

  it('shows nobody who was disabled meanwhile, and lets them in no more', async () => {
    const { admin, person } = await aTeam(deps);
    const ben = await person({ name: 'Ben', role: 'operator', password: PASSWORD });
    const { setCookie } = value(await signIn(deps, ben.email));
    value(await changeOperator(deps, admin.principal, ben.id, { disabled: true }));
    expect((await whoHas(setCookie)).principal).toBeNull();
    expect(codeOf(await signIn(deps, ben.email))).toBe('forbidden');
  });

  it('ends the session on the server at sign-out', async () => {
    const { admin } = await aTeam(deps);
    const { setCookie } = value(await signIn(deps, admin.email));
    const { setCookie: after } = await createWebAuth(deps, aBrowser({ cookie: cookiesOf(setCookie) })).signOut();
    expect(after.join()).toMatch(/Max-Age=0/i);
    expect((await whoHas(setCookie, office.anotherProcess())).principal).toBeNull();
  });

  it('is nobody to a made-up or altered cookie', async () => {
    const { admin } = await aTeam(deps);
    const cookie = cookiesOf(value(await signIn(deps, admin.email)).setCookie);
    const altered = cookie.replace(/=(.)/, (_, first: string) => `=${first === 'a' ? 'b' : 'a'}`);
    expect((await whoHas([altered])).principal).toBeNull();
    expect((await whoHas(['baton.session_token=hello.world'])).principal).toBeNull();
  });

  it('opens the team that the browser chose, and no team the person is not in', async () => {
    const first = await aTeam(deps);
    const second = await aTeam(deps);
    const stranger = await aTeam(deps);
    await deps.prisma.operator.update({ where: { id: second.admin.id }, data: { userId: await userIdOf(first.admin.email) } });
    const { setCookie } = value(await signIn(deps, first.admin.email));
    const teamWith = async (chosen: string) => (await whoHas([...setCookie, `baton_team=${chosen}`])).principal?.teamId;
    expect(await teamWith(first.team.id)).toBe(first.team.id);
    expect(await teamWith(second.team.id)).toBe(second.team.id);
    expect(await teamWith(stranger.team.id)).toBe(first.team.id);
  });
});

describe('a sign-in link', () => {
  it('signs in once, and never the second', async () => {
    const { admin } = await aTeam(deps);
    const token = await issueLinkToken(deps.auth, admin.email);
    const { setCookie } = value(await createWebAuth(deps, aBrowser()).signInByLink(token));
    expect((await whoHas(setCookie)).principal).toEqual(admin.principal);
    expect(codeOf(await createWebAuth(deps, aBrowser()).signInByLink(token))).toBe('unauthenticated');
  });

  it('lets one of two in who press it at the same time in two processes', async () => {
    const { admin } = await aTeam(deps);
    const token = await issueLinkToken(deps.auth, admin.email);
    const other = office.anotherProcess();
    const both = await Promise.all([deps, other].map((process) => createWebAuth(process, aBrowser()).signInByLink(token)));
    expect(both.map(codeOf).sort()).toEqual(['ok', 'unauthenticated']);
  });

  it('is over after a quarter of an hour', async () => {
    const { admin } = await aTeam(deps);
    const token = await issueLinkToken(deps.auth, admin.email);
    const { expiresAt } = await deps.prisma.verification.findFirstOrThrow({ orderBy: { createdAt: 'desc' } });
    expect(Math.abs(expiresAt.getTime() - Date.now() - 15 * 60_000)).toBeLessThan(10_000);
    await deps.prisma.verification.updateMany({ data: { expiresAt: new Date(Date.now() - 1) } });
    expect(codeOf(await createWebAuth(deps, aBrowser()).signInByLink(token))).toBe('unauthenticated');
  });

  it('is stored so that who reads the database cannot sign in with it', async () => {
    const { admin } = await aTeam(deps);
    const token = await issueLinkToken(deps.auth, admin.email);
    expect(JSON.stringify(await deps.prisma.verification.findMany())).not.toContain(token);
  });

  it('leaves the password of the person as it was', async () => {
    const { admin } = await aTeam(deps);
    value(await createWebAuth(deps, aBrowser()).signInByLink(await issueLinkToken(deps.auth, admin.email)));
    expect(codeOf(await signIn(deps, admin.email))).toBe('ok');
  });

  it('makes no account for an address that nobody has', async () => {
    const token = await issueLinkToken(deps.auth, 'stranger@nowhere.example');
    expect(codeOf(await createWebAuth(deps, aBrowser()).signInByLink(token))).toBe('unauthenticated');
    expect(await deps.prisma.user.count({ where: { email: 'stranger@nowhere.example' } })).toBe(0);
  });

  it('is refused in words when it is nonsense', async () => {
    for (const token of ['', 'x', '\u0000', 'a'.repeat(10_000), '\ud800']) {
      expect(codeOf(await createWebAuth(deps, aBrowser()).signInByLink(token))).toBe('unauthenticated');
    }
  });
});

it('lets nobody make an account from outside', async () => {
  const body = { email: 'mallory@nowhere.example', name: 'Mallory', password: PASSWORD };
  await expect(deps.auth.api.signUpEmail({ body })).rejects.toThrow(/not enabled/i);
  expect(await deps.prisma.user.count({ where: { email: body.email } })).toBe(0);
});

async function userIdOf(email: string): Promise<string> {
  return (await deps.prisma.user.findUniqueOrThrow({ where: { email } })).id;
}

it('says that the database is away, and never that a cookie is no good, while it cannot look', async () => {
  const { admin } = await aTeam(deps);
  const { setCookie } = value(await signIn(deps, admin.email));
  const nowhere = createPrisma({ url: 'postgres://nobody:x@127.0.0.1:9/nothing' });
  const cutOff = { ...deps, prisma: nowhere, auth: createAuth({ prisma: nowhere, secret: OFFICE_SECRET, publicUrl: PUBLIC_URL }) };
  await expect(whoHas(setCookie, cutOff)).rejects.toMatchObject({ code: 'P1001' });
  expect((await whoHas(setCookie)).principal).toEqual(admin.principal);
});
