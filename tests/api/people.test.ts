import { createWebAuth } from '#api/auth/web-auth.ts';
import { principalFromRequest } from '#api/auth/principal-from-request.ts';
import type { AuthDeps } from '#api/auth/auth-deps.ts';
import { invitations, invite } from '#api/people/invite.ts';
import { changeOperator, me, operators } from '#api/people/operators.ts';
import type { Principal } from '#api/principal.ts';
import { changeTeam, createTeam, team as readTeam } from '#api/team/team.ts';
import { DAY_MS } from '#workflows/domain/instant.ts';
import { PUBLIC_URL, aTeam, anOffice, codeOf, value } from '#tests/support/team.ts';
import type { Office } from '#tests/support/team.ts';

const PASSWORD = 'correct horse battery';
let office: Office;
let deps: AuthDeps;

beforeAll(async () => {
  office = await anOffice();
  deps = office.deps;
});
afterAll(() => office.close());

let addresses = 0;
const visitor = (cookie?: string, process = deps) =>
  createWebAuth(process, { headers: new Headers(cookie === undefined ? {} : { cookie }), from: `198.51.100.${++addresses}` });
const cookiesOf = (setCookie: readonly string[]) => setCookie.map((one) => one.split(';')[0]).join('; ');
const tokenOf = (link: string) => link.slice(`${PUBLIC_URL}/invitations/`.length);
const whoIs = async (setCookie: readonly string[]) => value(await principalFromRequest(deps, new Headers({ cookie: cookiesOf(setCookie) }))).principal;
const invited = async (by: Principal, email: string, name = 'Mia') =>
  tokenOf(value(await invite(deps, by, { email, name, role: 'operator' })).link);

describe('an invitation', () => {
  it('makes who accepts it a signed-in member with the role they were invited to', async () => {
    const { admin, team } = await aTeam(deps, { name: 'Teapots' });
    const token = await invited(admin.principal, 'MIA@teapots.example');
    expect(await visitor().invitation(token)).toEqual({ ok: true, value: { email: 'mia@teapots.example', name: 'Mia', teamName: 'Teapots' } });
    const { setCookie } = value(await visitor().acceptInvitation({ token, name: 'Mia Berg', password: PASSWORD }));
    expect(await whoIs(setCookie)).toMatchObject({ kind: 'operator', teamId: team.id, name: 'Mia Berg', role: 'operator' });
    expect(codeOf(await visitor().signIn({ email: 'mia@teapots.example', password: PASSWORD }))).toBe('ok');
    expect(value(await invitations(deps, admin.principal))).toEqual([]);
  });

  it('is used by one of two who accept it at the same time', async () => {
    const { admin } = await aTeam(deps);
    const token = await invited(admin.principal, 'twice@teapots.example');
    const both = await Promise.all(
      [deps, office.anotherProcess()].map((process) => visitor(undefined, process).acceptInvitation({ token, name: 'Mia', password: PASSWORD })),
    );
    expect(both.filter((one) => one.ok)).toHaveLength(1);
    expect(codeOf(await visitor().acceptInvitation({ token, name: 'Mia', password: PASSWORD }))).toBe('not_found');
    expect(await deps.prisma.operator.count({ where: { email: 'twice@teapots.example' } })).toBe(1);
  });

  it('is over after seven days, and after a newer one for the same address', async () => {
    const { admin } = await aTeam(deps);
    const first = await invited(admin.principal, 'late@teapots.example');
    const second = await invited(admin.principal, 'late@teapots.example');
    expect(codeOf(await visitor().invitation(first))).toBe('not_found');
    expect(codeOf(await visitor().invitation(second))).toBe('ok');
    office.passes(7 * DAY_MS + 1_000);
    expect(codeOf(await visitor().invitation(second))).toBe('not_found');
    expect(codeOf(await visitor().acceptInvitation({ token: second, name: 'Mia', password: PASSWORD }))).toBe('not_found');
  });

  it('lets an existing person join by their own password, and nobody become them without it', async () => {
    const { admin: here, team } = await aTeam(deps);
    const { person } = await aTeam(deps);
    const mia = await person({ name: 'Mia', role: 'operator', password: PASSWORD });
    const token = await invited(here.principal, mia.email);
    expect(codeOf(await visitor().acceptInvitation({ token, name: 'Mia', password: 'chosen by the inviter' }))).toBe('unauthenticated');
    expect(codeOf(await visitor().signIn({ email: mia.email, password: PASSWORD }))).toBe('ok');
    const { setCookie } = value(await visitor().acceptInvitation({ token, name: 'Mia', password: PASSWORD }));
    expect(await whoIs(setCookie)).toMatchObject({ teamId: team.id, name: 'Mia' });
  });

  it('needs no password from who is signed in as that person', async () => {
    const { admin: here, team } = await aTeam(deps);
    const { person } = await aTeam(deps);
    const mia = await person({ name: 'Mia', role: 'operator', password: PASSWORD });
    const session = value(await visitor().signIn({ email: mia.email, password: PASSWORD })).setCookie;
    const token = await invited(here.principal, mia.email);
    const { setCookie } = value(await visitor(cookiesOf(session)).acceptInvitation({ token, name: 'Mia', password: '' }));
    expect(await whoIs([...session, ...setCookie])).toMatchObject({ teamId: team.id });
  });

  it('is not burned by a password that is too short', async () => {
    const { admin } = await aTeam(deps);
    const token = await invited(admin.principal, 'short@teapots.example');
    const refused = await visitor().acceptInvitation({ token, name: 'Mia', password: 'short' });
    expect(refused).toMatchObject({ code: 'invalid', errors: [{ path: 'body.password', message: 'must have at least 10 characters' }] });
    expect(codeOf(await visitor().acceptInvitation({ token, name: 'Mia', password: PASSWORD }))).toBe('ok');
  });

  it('is not made for somebody who is a member, nor by somebody who is no admin', async () => {
    const { admin, person } = await aTeam(deps);
    const ben = await person({ name: 'Ben', role: 'operator' });
    expect(codeOf(await invite(deps, admin.principal, { email: ben.email, name: 'Ben', role: 'viewer' }))).toBe('exists');
    expect(codeOf(await invite(deps, ben.principal, { email: 'x@y.example', name: 'X', role: 'admin' }))).toBe('forbidden');
  });

  it('names the field that is wrong', async () => {
    const { admin } = await aTeam(deps);
    const input: object = { email: 'nonsense', name: 'Mia', role: 'operator', colour: 'red' };
    const refused = await invite(deps, admin.principal, { email: 'x', name: 'x', role: 'viewer', ...input });
    expect(refused.ok ? [] : refused.errors).toEqual([
      { path: 'body.email', message: 'must be an e-mail address like mia@example.com' },
      { path: 'body.colour', message: 'unknown field' },
    ]);
  });

  it('keeps its token out of the database', async () => {
    const { admin } = await aTeam(deps);
    const token = await invited(admin.principal, 'hidden@teapots.example');
    expect(JSON.stringify(await deps.prisma.invitation.findMany())).not.toContain(token);
  });
});

describe('the people of a team', () => {
  it('keeps its last admin, whichever way they would go', async () => {
    const { admin, person } = await aTeam(deps);
    await person({ name: 'Ben', role: 'operator' });
    expect(codeOf(await changeOperator(deps, admin.principal, admin.id, { role: 'operator' }))).toBe('last_admin');
    expect(codeOf(await changeOperator(deps, admin.principal, admin.id, { disabled: true }))).toBe('last_admin');
    expect(codeOf(await changeOperator(deps, admin.principal, admin.id, { name: 'Ada L.' }))).toBe('ok');
  });

  it('keeps one when two admins demote each other at the same moment', async () => {
    const { admin, person } = await aTeam(deps);
    const eve = await person({ name: 'Eve', role: 'admin' });
    const other = office.anotherProcess();
    for (let round = 0; round < 5; round++) {
      const both = await Promise.all([
        changeOperator(deps, admin.principal, eve.id, { role: 'viewer' }),
        changeOperator(other, eve.principal, admin.id, { disabled: true }),
      ]);
      expect(both.map(codeOf).sort()).toEqual(['last_admin', 'ok']);
      await deps.prisma.operator.updateMany({ where: { teamId: admin.principal.teamId }, data: { role: 'admin', disabledAt: null } });
    }
  });

  it('counts a disabled admin as none', async () => {
    const { admin, person } = await aTeam(deps);
    const eve = await person({ name: 'Eve', role: 'admin' });
    value(await changeOperator(deps, admin.principal, eve.id, { disabled: true }));
    expect(codeOf(await changeOperator(deps, admin.principal, admin.id, { role: 'viewer' }))).toBe('last_admin');
  });

  it('lets everybody change their own name and signature, and nothing else of anybody', async () => {
    const { admin, person } = await aTeam(deps);
    const ben = await person({ name: 'Ben', role: 'viewer' });
    expect(value(await changeOperator(deps, ben.principal, ben.id, { name: 'Benny', signature: 'B.' }))).toMatchObject({ name: 'Benny', signature: 'B.' });
    for (const input of [{ role: 'admin' as const }, { disabled: false }]) {
      expect(codeOf(await changeOperator(deps, ben.principal, ben.id, input))).toBe('forbidden');
    }
    expect(codeOf(await changeOperator(deps, ben.principal, admin.id, { name: 'Not Ada' }))).toBe('forbidden');
  });

  it('is nobody of another team', async () => {
    const { admin } = await aTeam(deps);
    const { admin: stranger } = await aTeam(deps);
    expect(codeOf(await changeOperator(deps, admin.principal, stranger.id, { name: 'Gotcha' }))).toBe('not_found');
    expect(value(await operators(deps, admin.principal)).map((one) => one.id)).toEqual([admin.id]);
  });

  it('shows each who they are, and no key', async () => {
    const { admin, team } = await aTeam(deps);
    expect(value(await me({ ...deps, llmModel: null }, admin.principal))).toEqual({
      operatorId: admin.id, name: 'Ada', email: admin.email, role: 'admin', zone: 'UTC', locale: 'en', languages: ['en'], hasModel: false, team,
    });
    expect(codeOf(await me({ ...deps, llmModel: null }, { kind: 'key', teamId: team.id, keyId: 'key_x', role: 'admin' }))).toBe('forbidden');
  });
});

describe('a team', () => {
  it('is renamed by its admins only', async () => {
    const { admin, person } = await aTeam(deps);
    const ben = await person({ name: 'Ben', role: 'operator' });
    expect(value(await changeTeam(deps, admin.principal, { name: 'Kettles', vocabulary: 'short' }))).toMatchObject({ name: 'Kettles', vocabulary: 'short' });
    expect(value(await readTeam(deps, ben.principal))).toMatchObject({ name: 'Kettles' });
    expect(codeOf(await changeTeam(deps, ben.principal, { name: 'Bens' }))).toBe('forbidden');
  });

  it('has a slug that no other team has', async () => {
    await aTeam(deps, { slug: 'unique' });
    expect(codeOf(await createTeam(deps, { slug: 'unique', name: 'Again' }))).toBe('exists');
    expect(codeOf(await createTeam(deps, { slug: 'Not A Slug', name: 'Again' }))).toBe('invalid');
  });
});
