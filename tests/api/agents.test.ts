import type { AuthDeps } from '#api/auth/auth-deps.ts';
import { addresses, changeAddress, createAddress, deleteAddress } from '#api/agents/addresses.ts';
import { agents, changeAgent, createAgent } from '#api/agents/agents.ts';
import { keys } from '#api/keys/keys.ts';
import { operators } from '#api/people/operators.ts';
import { policy, policyVersions } from '#api/policies/policy.ts';
import { putPolicy } from '#api/policies/put-policy.ts';
import type { Principal } from '#api/principal.ts';
import { createTag, deleteTag, tags } from '#api/team/tags.ts';
import { team as readTeam } from '#api/team/team.ts';
import { aTeam, anOffice, codeOf, value } from '#tests/support/team.ts';
import type { Office } from '#tests/support/team.ts';

let office: Office;
let deps: AuthDeps;

beforeAll(async () => {
  office = await anOffice();
  deps = office.deps;
});
afterAll(() => office.close());

describe('an agent', () => {
  it('begins with its help desk off, even where the team has it on (P57)', async () => {
    const { admin } = await aTeam(deps);
    value(await putPolicy(deps, admin.principal, 'team', { overrides: { helpDesk: true } }, 0));
    const bot = value(await createAgent(deps, admin.principal, { name: 'Bot' }));
    expect(bot).toMatchObject({ name: 'Bot', kind: 'external', helpDesk: false });
    expect(value(await agents(deps, admin.principal))).toEqual([bot]);
    value(await putPolicy(deps, admin.principal, bot.id, { overrides: { helpDesk: true } }, 1));
    expect(value(await agents(deps, admin.principal))).toMatchObject([{ id: bot.id, helpDesk: true }]);
  });

  it('is renamed by admins of its own team only', async () => {
    const { admin, person } = await aTeam(deps);
    const { admin: stranger } = await aTeam(deps);
    const ben = await person({ name: 'Ben', role: 'operator' });
    const bot = value(await createAgent(deps, admin.principal, { name: 'Bot' }));
    expect(value(await changeAgent(deps, admin.principal, bot.id, { name: 'Robin' }))).toMatchObject({ id: bot.id, name: 'Robin' });
    expect(codeOf(await changeAgent(deps, ben.principal, bot.id, { name: 'X' }))).toBe('forbidden');
    expect(codeOf(await changeAgent(deps, stranger.principal, bot.id, { name: 'X' }))).toBe('not_found');
    expect(value(await agents(deps, stranger.principal))).toEqual([]);
    expect(value(await agents(deps, ben.principal))).toMatchObject([{ name: 'Robin' }]);
  });

  it('sees nothing of the team with its key but its own policy', async () => {
    const { admin, team } = await aTeam(deps);
    const bot = value(await createAgent(deps, admin.principal, { name: 'Bot' }));
    const other = value(await createAgent(deps, admin.principal, { name: 'Other' }));
    const key: Principal = { kind: 'agent', teamId: team.id, keyId: 'key_x', agentId: bot.id };
    expect(codeOf(await policy(deps, key, bot.id))).toBe('ok');
    const refused = await Promise.all([
      policy(deps, key, other.id), policy(deps, key, 'team'), policyVersions(deps, key, bot.id), putPolicy(deps, key, bot.id, { overrides: {} }, 1),
      agents(deps, key), createAgent(deps, key, { name: 'x' }), changeAgent(deps, key, bot.id, { name: 'x' }),
      addresses(deps, key), createAddress(deps, key, { address: 'a@b.example' }), deleteAddress(deps, key, 'adr_12345678'),
      tags(deps, key), createTag(deps, key, 'x'), deleteTag(deps, key, 'x'), keys(deps, key), operators(deps, key), readTeam(deps, key),
    ]);
    expect(new Set(refused.map(codeOf))).toEqual(new Set(['forbidden']));
  });
});

describe('the addresses customers write to', () => {
  it('have one default per team, the first until another becomes it', async () => {
    const { admin } = await aTeam(deps);
    const first = value(await createAddress(deps, admin.principal, { address: 'Help@One.example' }));
    const second = value(await createAddress(deps, admin.principal, { address: 'sales@one.example' }));
    expect([first.address, first.isDefault, second.isDefault]).toEqual(['help@one.example', true, false]);
    value(await changeAddress(deps, admin.principal, second.id, { isDefault: true }));
    expect(value(await addresses(deps, admin.principal)).map((one) => [one.address, one.isDefault])).toEqual([
      ['sales@one.example', true],
      ['help@one.example', false],
    ]);
    expect(await changeAddress(deps, admin.principal, second.id, { isDefault: false })).toMatchObject({ errors: [{ path: 'body.isDefault' }] });
    expect(codeOf(await deleteAddress(deps, admin.principal, second.id))).toBe('invalid');
    expect(codeOf(await deleteAddress(deps, admin.principal, first.id))).toBe('ok');
    expect(codeOf(await deleteAddress(deps, admin.principal, second.id))).toBe('ok');
  });

  it('have one default when many are made at once', async () => {
    const { admin } = await aTeam(deps);
    const other = office.anotherProcess();
    await Promise.all(
      Array.from({ length: 8 }, (_, n) => createAddress(n % 2 ? deps : other, admin.principal, { address: `n${n}@many.example`, isDefault: true })),
    );
    const all = value(await addresses(deps, admin.principal));
    expect([all.length, all.filter((one) => one.isDefault).length]).toEqual([8, 1]);
  });

  it('keep what a change does not name', async () => {
    const { admin } = await aTeam(deps);
    const bot = value(await createAgent(deps, admin.principal, { name: 'Bot' }));
    const made = value(await createAddress(deps, admin.principal, { address: 'bot@kept.example', agentId: bot.id, signature: 'The bot' }));
    expect(value(await changeAddress(deps, admin.principal, made.id, { fromName: 'Robin' }))).toEqual({ ...made, fromName: 'Robin' });
  });

  it('belong to one team, and to agents of that team', async () => {
    const { admin } = await aTeam(deps);
    const { admin: stranger } = await aTeam(deps);
    const bot = value(await createAgent(deps, stranger.principal, { name: 'Bot' }));
    const made = value(await createAddress(deps, admin.principal, { address: 'help@mine.example' }));
    expect(await createAddress(deps, stranger.principal, { address: 'HELP@mine.example' })).toMatchObject({ code: 'exists', errors: [{ path: 'body.address' }] });
    expect(await changeAddress(deps, admin.principal, made.id, { agentId: bot.id })).toMatchObject({ code: 'invalid', errors: [{ path: 'body.agentId' }] });
    expect(codeOf(await changeAddress(deps, stranger.principal, made.id, { fromName: 'X' }))).toBe('not_found');
    expect(codeOf(await deleteAddress(deps, stranger.principal, made.id))).toBe('not_found');
    expect(value(await addresses(deps, stranger.principal))).toEqual([]);
  });
});

it('lets operators add tags, admins remove them, and keeps them to the team', async () => {
  const { admin, person } = await aTeam(deps);
  const { admin: stranger } = await aTeam(deps);
  const ben = await person({ name: 'Ben', role: 'operator' });
  const eve = await person({ name: 'Eve', role: 'viewer' });
  expect(value(await createTag(deps, ben.principal, ' Refund '))).toEqual(['refund']);
  expect(value(await createTag(deps, ben.principal, 'refund'))).toEqual(['refund']);
  expect(codeOf(await createTag(deps, eve.principal, 'x'))).toBe('forbidden');
  expect(codeOf(await deleteTag(deps, ben.principal, 'refund'))).toBe('forbidden');
  expect(await createTag(deps, admin.principal, '!')).toMatchObject({ code: 'invalid', errors: [{ path: 'body.name' }] });
  expect(value(await tags(deps, stranger.principal))).toEqual([]);
  expect(value(await deleteTag(deps, stranger.principal, 'refund'))).toEqual([]);
  expect(value(await tags(deps, eve.principal))).toEqual(['refund']);
  expect(value(await deleteTag(deps, admin.principal, 'refund'))).toEqual([]);
});
