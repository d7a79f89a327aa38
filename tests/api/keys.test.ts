import { scryptSync } from 'node:crypto';
import { principalFromRequest } from '#api/auth/principal-from-request.ts';
import type { AuthDeps } from '#api/auth/auth-deps.ts';
import { createAgent } from '#api/agents/agents.ts';
import { createKey, keys, revokeKey } from '#api/keys/keys.ts';
import { MINUTE_MS } from '#workflows/domain/instant.ts';
import { aTeam, anOffice, codeOf, value } from '#tests/support/team.ts';
import type { Office } from '#tests/support/team.ts';

let office: Office;
let deps: AuthDeps;

beforeAll(async () => {
  office = await anOffice();
  deps = office.deps;
});
afterAll(() => office.close());

const presenting = (key: string, process = deps) => principalFromRequest(process, new Headers({ authorization: `Bearer ${key}` }));
const lastUse = async (id: string) => (await deps.prisma.apiKey.findUniqueOrThrow({ where: { id } })).lastUsedAt?.getTime() ?? null;

describe('an API key', () => {
  it('opens its team with its role and is shown once', async () => {
    const { admin, team } = await aTeam(deps);
    const made = value(await createKey(deps, admin.principal, { name: 'CI', role: 'operator' }));
    expect(made.key).toMatch(/^bat_o_[0-9A-Za-z]{43}$/);
    expect(value(await presenting(made.key)).principal).toEqual({ kind: 'key', teamId: team.id, keyId: made.id, role: 'operator' });
    const [listed] = value(await keys(deps, admin.principal));
    expect(listed).toMatchObject({ id: made.id, name: 'CI', prefix: made.key.slice(0, 12) });
    expect(JSON.stringify([listed, await deps.prisma.apiKey.findMany()])).not.toContain(made.key);
  });

  it('speaks for one agent of its own team when its role is agent', async () => {
    const { admin, team } = await aTeam(deps);
    const { admin: stranger } = await aTeam(deps);
    const bot = value(await createAgent(deps, admin.principal, { name: 'Bot' }));
    const made = value(await createKey(deps, admin.principal, { name: 'Bot', role: 'agent', agentId: bot.id }));
    expect(value(await presenting(made.key)).principal).toEqual({ kind: 'agent', teamId: team.id, keyId: made.id, agentId: bot.id });
    const stolen = await createKey(deps, stranger.principal, { name: 'Bot', role: 'agent', agentId: bot.id });
    expect(stolen).toMatchObject({ code: 'invalid', errors: [{ path: 'body.agentId' }] });
    expect(await createKey(deps, admin.principal, { name: 'Bot', role: 'agent' })).toMatchObject({ errors: [{ path: 'body.agentId' }] });
    expect(await createKey(deps, admin.principal, { name: 'Bot', role: 'viewer', agentId: bot.id })).toMatchObject({ errors: [{ path: 'body.agentId' }] });
  });

  it('is refused at once where it was revoked, and within seconds by every other process', async () => {
    const { admin } = await aTeam(deps);
    const other = office.anotherProcess();
    const made = value(await createKey(deps, admin.principal, { name: 'CI', role: 'admin' }));
    expect([codeOf(await presenting(made.key)), codeOf(await presenting(made.key, other))]).toEqual(['ok', 'ok']);
    value(await revokeKey(deps, admin.principal, made.id));
    expect(codeOf(await presenting(made.key))).toBe('unauthenticated');
    office.passes(5_000);
    expect(codeOf(await presenting(made.key, other))).toBe('unauthenticated');
    expect(codeOf(await revokeKey(deps, admin.principal, made.id))).toBe('ok');
  });

  it('is refused when it is unknown, misspelt or not sent as a Bearer key, whatever cookie comes with it', async () => {
    const { admin } = await aTeam(deps);
    const { key } = value(await createKey(deps, admin.principal, { name: 'CI', role: 'admin' }));
    for (const authorization of [`Bearer ${key.slice(0, -1)}`, `Bearer ${key}x`, `Basic ${key}`, key, 'Bearer', 'Bearer x', `Bearer bat_a_${'A'.repeat(43)}`]) {
      expect(codeOf(await principalFromRequest(deps, new Headers({ authorization, cookie: 'baton_team=x' })))).toBe('unauthenticated');
    }
  });

  it('works from the moment it was made, even where somebody tried it before', async () => {
    const { admin } = await aTeam(deps);
    const made = value(await createKey(deps, admin.principal, { name: 'CI', role: 'admin' }));
    await deps.prisma.apiKey.update({ where: { id: made.id }, data: { revokedAt: new Date() } });
    expect(codeOf(await presenting(made.key))).toBe('unauthenticated');
    await deps.prisma.apiKey.update({ where: { id: made.id }, data: { revokedAt: null } });
    expect(codeOf(await presenting(made.key))).toBe('ok');
  });

  it('shows when it was last used, to the minute', async () => {
    const { admin } = await aTeam(deps);
    const process = office.anotherProcess();
    const made = value(await createKey(deps, admin.principal, { name: 'CI', role: 'viewer' }));
    expect(await lastUse(made.id)).toBeNull();
    const use = async () => {
      value(await presenting(made.key, process));
      await process.keyring.settled();
      return lastUse(made.id);
    };
    const first = await use();
    expect(first).toEqual(expect.any(Number));
    office.passes(MINUTE_MS / 2);
    expect(await use()).toBe(first);
    office.passes(MINUTE_MS / 2);
    expect(await use()).toBeGreaterThanOrEqual((first ?? 0) + MINUTE_MS);
  });

  it('is checked with each request, and so in a small part of the time that a password takes', async () => {
    const { admin } = await aTeam(deps);
    const { key } = value(await createKey(deps, admin.principal, { name: 'CI', role: 'viewer' }));
    value(await presenting(key));
    // Both in the same seconds of the same machine, however full it is.
    let [checking, hashing] = [0, 0];
    for (let n = 0; n < 10; n += 1) {
      const began = performance.now();
      for (let m = 0; m < 10; m += 1) await presenting(key);
      const checked = performance.now();
      scryptSync('a password', 'salt', 64);
      checking += (checked - began) / 10;
      hashing += performance.now() - checked;
    }
    expect(checking / hashing).toBeLessThan(0.2);
  });

  it('is made, seen and revoked by admins of its team only', async () => {
    const { admin, person } = await aTeam(deps);
    const { admin: stranger } = await aTeam(deps);
    const ben = await person({ name: 'Ben', role: 'operator' });
    const made = value(await createKey(deps, admin.principal, { name: 'CI', role: 'viewer' }));
    expect(codeOf(await createKey(deps, ben.principal, { name: 'CI', role: 'admin' }))).toBe('forbidden');
    expect(codeOf(await keys(deps, ben.principal))).toBe('forbidden');
    expect(codeOf(await revokeKey(deps, ben.principal, made.id))).toBe('forbidden');
    expect(codeOf(await revokeKey(deps, stranger.principal, made.id))).toBe('not_found');
    expect(value(await keys(deps, stranger.principal))).toEqual([]);
    expect(codeOf(await presenting(made.key))).toBe('ok');
  });
});
