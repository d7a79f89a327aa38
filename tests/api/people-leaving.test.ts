import type { AuthDeps } from '#api/auth/auth-deps.ts';
import { createAgent } from '#api/agents/agents.ts';
import { changeOperator, operators } from '#api/people/operators.ts';
import { policy, policyVersions } from '#api/policies/policy.ts';
import { putPolicy } from '#api/policies/put-policy.ts';
import { putSla } from '#api/sla/put-sla.ts';
import { sla } from '#api/sla/sla.ts';
import type { slaPolicyInput } from '#workflows/contract/sla.ts';
import type { z } from 'zod';
import type { PolicyOverrides } from '#workflows/contract/settings.ts';
import { aTeam, anOffice, codeOf, value } from '#tests/support/team.ts';
import type { Office } from '#tests/support/team.ts';

type SlaPolicyWish = z.input<typeof slaPolicyInput>;

let office: Office;
let deps: AuthDeps;

beforeAll(async () => {
  office = await anOffice();
  deps = office.deps;
});
afterAll(() => office.close());

/** Ada, admin; Ben, whom the default policy and Robin’s tell of escalations; Eve, who works tickets; Val, who reads. An agent is born with version 1. */
async function aDesk() {
  const { admin, person } = await aTeam(deps);
  const ada = admin.principal;
  const [ben, eve, val] = [await person({ name: 'Ben', role: 'operator' }), await person({ name: 'Eve', role: 'operator' }), await person({ name: 'Val', role: 'viewer' })];
  const [robin, wren] = [value(await createAgent(deps, ada, { name: 'Robin' })), value(await createAgent(deps, ada, { name: 'Wren' }))];
  const put = async (scope: string, overrides: PolicyOverrides) => putPolicy(deps, ada, scope, { overrides }, value(await policy(deps, ada, scope)).version);
  const own = async (scope: string) => {
    const { version, overrides } = value(await policy(deps, ada, scope));
    return { version, overrides };
  };
  const isOut = async (id: string) => value(await operators(deps, ada)).find((one) => one.id === id)?.isDisabled;
  const toBen = { kind: 'operator', id: ben.id } as const;
  value(await put('team', { turnMinutes: 3, assignment: { unassignedMinutes: 30, escalateTo: toBen } }));
  value(await put(robin.id, { assignment: { escalateTo: toBen } }));
  value(await put(wren.id, { assignment: { pickUpMinutes: 5 } }));
  return { ada, ben, eve, val, robin, wren, put, own, isOut, toBen };
}

describe('somebody whom late clocks tell (P33)', () => {
  const late = (name: string, to: string[]): SlaPolicyWish => ({ name, targets: { firstReply: { ms: 3_600_000 } }, onWarning: [{ action: 'notify', to: ['assignee'] }], onBreach: [{ action: 'raise_priority' }, { action: 'notify', to }] });

  /** Eve is told by name when tickets of “Fast” are late; “Slow” tells the admins. */
  async function aWatch() {
    const desk = await aDesk();
    value(await putSla(deps, desk.ada, { policies: [late('Fast', [desk.eve.id, 'assignee']), late('Slow', ['admins'])] }, 0));
    const told = async () => {
      const { version, policies } = value(await sla(deps, desk.ada));
      return [version, ...policies.map(({ onBreach }) => onBreach.flatMap((one) => (one.action === 'notify' ? one.to : [])))];
    };
    return { ...desk, told };
  }

  it('does not leave as long as nobody takes their place: the refusal says which SLA policies name them', async () => {
    const { ada, eve, told, isOut } = await aWatch();
    expect(await changeOperator(deps, ada, eve.id, { disabled: true })).toMatchObject({
      code: 'in_use',
      detail: 'Eve is named by the SLA policy “Fast”. Say who is told instead.',
      errors: [{ path: 'body.replaceBy' }],
    });
    expect([await isOut(eve.id), await told()]).toEqual([false, [1, [eve.id, 'assignee'], ['admins']]]);
  });

  it('leaves their place to a colleague, or to the admins, in a new version that open tickets follow', async () => {
    const { ada, ben, eve, told } = await aWatch();
    value(await changeOperator(deps, ada, eve.id, { role: 'viewer', replaceBy: ben.id }));
    expect(await told()).toEqual([2, [ben.id, 'assignee'], ['admins']]);
    value(await changeOperator(deps, ada, ben.id, { disabled: true, replaceBy: null }));
    expect(await told()).toEqual([3, ['admins', 'assignee'], ['admins']]);
  });
});

describe('somebody whom escalations tell (P24)', () => {
  it.each([{ disabled: true }, { role: 'viewer' as const }])('does not leave by %j as long as nobody takes their place: the refusal says which policies name them', async (change) => {
    const { ada, ben, robin, own, isOut } = await aDesk();
    expect(await changeOperator(deps, ada, ben.id, { name: 'Benny', ...change })).toMatchObject({
      code: 'in_use',
      detail: 'Ben is named by the escalation of the default policy and the escalation of Robin’s policy. Say who is told instead.',
      errors: [{ path: 'body.replaceBy', message: 'must name who is told instead, or be null for the default' }],
    });
    expect(await isOut(ben.id)).toBe(false);
    expect(value(await operators(deps, ada)).find(({ id }) => id === ben.id)).toMatchObject({ name: 'Ben', role: 'operator' });
    expect([(await own('team')).version, (await own(robin.id)).version]).toEqual([1, 2]);
  });

  it('leaves their place to a colleague, in new versions of the policies that named them and of no other', async () => {
    const { ada, ben, eve, robin, wren, own, isOut } = await aDesk();
    value(await changeOperator(deps, ada, ben.id, { disabled: true, replaceBy: eve.id }));
    const toEve = { kind: 'operator', id: eve.id };
    expect(await isOut(ben.id)).toBe(true);
    expect(await own('team')).toEqual({ version: 2, overrides: { turnMinutes: 3, assignment: { unassignedMinutes: 30, escalateTo: toEve } } });
    expect(await own(robin.id)).toEqual({ version: 3, overrides: { assignment: { escalateTo: toEve } } });
    expect((await own(wren.id)).version).toBe(2);
    expect(value(await policyVersions(deps, ada, robin.id))[0]).toMatchObject({ version: 3, changedBy: { name: 'Ada' } });
    // Sent again, it changes nothing.
    value(await changeOperator(deps, ada, ben.id, { disabled: true, replaceBy: eve.id }));
    expect((await own('team')).version).toBe(2);
  });

  it('leaves it to the default: the agent follows the team again, and the team tells the admins', async () => {
    const { ada, ben, robin, own } = await aDesk();
    value(await changeOperator(deps, ada, ben.id, { role: 'viewer', replaceBy: null }));
    expect(await own('team')).toEqual({ version: 2, overrides: { turnMinutes: 3, assignment: { unassignedMinutes: 30 } } });
    expect(await own(robin.id)).toEqual({ version: 3, overrides: {} });
    expect(value(await policy(deps, ada, robin.id)).effective['assignment']).toMatchObject({ escalateTo: { kind: 'admins' } });
  });

  it('is not replaced by somebody who could not be told, and nothing changes', async () => {
    const { ada, ben, val, own, isOut } = await aDesk();
    const { admin: stranger } = await aTeam(deps);
    for (const replaceBy of [val.id, ben.id, stranger.id, 'opr_00000000000000000000']) {
      expect(await changeOperator(deps, ada, ben.id, { disabled: true, replaceBy })).toMatchObject({ code: 'invalid', errors: [{ path: 'body.replaceBy' }] });
    }
    expect(await changeOperator(deps, ada, ben.id, { name: 'Benny', replaceBy: null })).toMatchObject({
      code: 'invalid',
      errors: [{ path: 'body.replaceBy', message: 'goes with disabled: true or role: viewer, and with nothing else' }],
    });
    expect([await isOut(ben.id), (await own('team')).version]).toEqual([false, 1]);
  });

  it('is replaced also where they left before policies were looked at', async () => {
    const { ada, ben, eve, own } = await aDesk();
    await deps.prisma.operator.updateMany({ where: { id: ben.id }, data: { disabledAt: new Date() } });
    expect(codeOf(await changeOperator(deps, ada, ben.id, { disabled: true }))).toBe('ok');
    value(await changeOperator(deps, ada, ben.id, { disabled: true, replaceBy: eve.id }));
    expect((await own('team')).overrides.assignment).toMatchObject({ escalateTo: { id: eve.id } });
  });

  it('leaves freely once no policy in force names them', async () => {
    const { ada, ben, robin, put } = await aDesk();
    value(await put('team', {}));
    value(await put(robin.id, {}));
    expect(codeOf(await changeOperator(deps, ada, ben.id, { disabled: true }))).toBe('ok');
  });

  it('is never named by a policy that is saved at the moment they leave', async () => {
    const { ada, eve, put } = await aDesk();
    for (let round = 0; round < 5; round++) {
      value(await put('team', {}));
      const [named, left] = await Promise.all([
        put('team', { assignment: { escalateTo: { kind: 'operator', id: eve.id } } }),
        changeOperator(deps, ada, eve.id, { disabled: true }),
      ]);
      expect([codeOf(named), codeOf(left)].filter((code) => code === 'ok')).toHaveLength(1);
      value(await put('team', {}));
      value(await changeOperator(deps, ada, eve.id, { disabled: false }));
    }
  });
});
