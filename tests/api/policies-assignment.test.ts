import type { AuthDeps } from '#api/auth/auth-deps.ts';
import { createAgent } from '#api/agents/agents.ts';
import { changeGroup, createGroup, deleteGroup } from '#api/people/groups.ts';
import { changeOperator } from '#api/people/operators.ts';
import { operatorRouting, putOperatorRouting, putShifts, shifts } from '#api/people/people-time.ts';
import { policy } from '#api/policies/policy.ts';
import { putPolicy } from '#api/policies/put-policy.ts';
import type { PolicyOverrides } from '#workflows/contract/settings.ts';
import type { Result } from '#workflows/domain/errors.ts';
import { aTeam, anOffice, codeOf, value } from '#tests/support/team.ts';
import type { Office } from '#tests/support/team.ts';

let office: Office;
let deps: AuthDeps;

beforeAll(async () => {
  office = await anOffice();
  deps = office.deps;
});
afterAll(() => office.close());

type Assignment = NonNullable<PolicyOverrides['assignment']>;

/** Ada, admin, and Ben, operator; an agent; groups billing (Ben) and empty (nobody). */
async function aDesk() {
  const { team, admin, person } = await aTeam(deps);
  const ada = admin.principal;
  const ben = await person({ name: 'Ben', role: 'operator' });
  const bot = value(await createAgent(deps, ada, { name: 'Robin' }));
  value(await createGroup(deps, ada, { key: 'billing', name: 'Billing', members: [ben.id] }));
  value(await createGroup(deps, ada, { key: 'empty', name: 'Empty' }));
  const put = async (scope: string, assignment: Assignment, more: PolicyOverrides = {}) => {
    const { version } = value(await policy(deps, ada, scope));
    return putPolicy(deps, ada, scope, { overrides: { ...more, assignment } }, version);
  };
  const cap = async (operatorId: string, to: number | null) => {
    const { version } = value(await operatorRouting(deps, ada, operatorId));
    value(await putOperatorRouting(deps, ada, operatorId, { cap: to, skills: ['refunds'], languages: ['de'] }, version));
  };
  const row = () => deps.prisma.team.findUniqueOrThrow({ where: { id: team.id } });
  return { team, ada, adaId: admin.id, ben, bot, put, cap, row };
}

function told(result: Awaited<ReturnType<typeof putPolicy>>): string[] {
  return result.ok ? [] : (result.errors ?? []).map(({ path, message }) => `${path}: ${message}`);
}

function fieldsOf(result: Result<unknown>): string[] {
  return result.ok ? [] : [...new Set((result.errors ?? []).map(({ path }) => path))];
}

describe('assignment as policy', () => {
  it('says of each setting whether it is the agent’s, the team’s or the default (P18)', async () => {
    const { bot, put, ada } = await aDesk();
    value(await put('team', { mode: 'balanced', pickUpMinutes: 30, capCounts: 'new_and_on_you' }));
    const shown = value(await put(bot.id, { mode: 'round_robin' }));
    expect(shown.effective['assignment']).toMatchObject({ mode: 'round_robin', pickUpMinutes: 30, capCounts: 'new_and_on_you', pickUpRounds: 3 });
    expect(shown.inheritedFrom).toMatchObject({ 'assignment.mode': 'own', 'assignment.pickUpMinutes': 'team', 'assignment.pickUpRounds': 'default' });
    expect(value(await put(bot.id, {})).effective['assignment']).toMatchObject({ mode: 'balanced' });
    expect(value(await policy(deps, ada, 'team')).version).toBe(1);
  });

  it.each<[string, Assignment]>([
    ['capCounts', { capCounts: 'active' }],
    ['rampPerMinute', { rampPerMinute: 2 }],
    ['reassignReplies', { reassignReplies: [] }],
  ])('refuses %s to an agent: caps and absences are people’s, and the team’s alone', async (key, assignment) => {
    const { bot, put, ada } = await aDesk();
    expect(told(await put(bot.id, { mode: 'manual', ...assignment }))).toEqual([`body.overrides.assignment.${key}: ${key} is the team's alone: set it in the team's policy`]);
    expect(value(await policy(deps, ada, bot.id)).version).toBe(1);
    expect(codeOf(await put('team', assignment))).toBe('ok');
  });

  it.each<[string, Assignment, string]>([
    ['a group that does not exist', { eligibleGroup: 'gone' }, 'eligibleGroup: there is no group gone'],
    ['a stranger to escalate to', { escalateTo: { kind: 'operator', id: 'opr_00000000000000000000' } }, 'escalateTo.id: there is no operator opr_00000000000000000000'],
    ['a group without anybody to assign to', { mode: 'balanced', eligibleGroup: 'empty' }, 'eligibleGroup: balanced needs somebody to assign to, and group empty has no operators'],
    ['a next shift that nobody has', { mode: 'balanced', nextShiftFallback: true }, 'nextShiftFallback: nobody who could receive tickets has shifts, so there is no next shift to assign to'],
    ['a skill that nobody has, for ever', { mode: 'balanced', skills: ['refunds'], relaxAfterMinutes: null }, 'skills.0: nobody who could receive tickets has refunds, and relaxAfterMinutes is never'],
    ['no minutes to pick up in', { pickUpMinutes: 0 }, 'pickUpMinutes: must be 1 or more minutes, or null for never'],
  ])('refuses %s at its field, and changes nothing', async (_what, assignment, problem) => {
    const { put, ada, bot, row } = await aDesk();
    for (const scope of ['team', bot.id]) {
      const { version } = value(await policy(deps, ada, scope));
      const refused = await put(scope, assignment);
      expect([codeOf(refused), told(refused)]).toEqual(['invalid', [`body.overrides.assignment.${problem}`]]);
      expect(value(await policy(deps, ada, scope)).version).toBe(version);
    }
    expect((await row()).routes).toBe(false);
  });

  it('refuses a mode that would assign to nobody, because everybody has a cap of 0 (P19)', async () => {
    const { put, cap, adaId, ben } = await aDesk();
    await cap(adaId, 0);
    await cap(ben.id, 0);
    expect(told(await put('team', { mode: 'balanced' }))).toEqual(['body.overrides.assignment.mode: balanced would assign to nobody: everybody of the team has a cap of 0']);
    await cap(ben.id, 1);
    expect(codeOf(await put('team', { mode: 'balanced' }))).toBe('ok');
  });

  it('refuses what leaves a policy in force without anybody, at the field that does: a cap, a skill, shifts, members (P19, P20, P21)', async () => {
    const { put, ada, adaId, ben, bot } = await aDesk();
    const routing = async (cap: number | null, skills: string[]) => {
      const { version } = value(await operatorRouting(deps, ada, ben.id));
      return putOperatorRouting(deps, ada, ben.id, { cap, skills, languages: ['de'] }, version);
    };
    const works = async (list: Parameters<typeof putShifts>[3]['shifts']) => putShifts(deps, ada, ben.id, { shifts: list }, value(await shifts(deps, ada, ben.id)).version);
    value(await routing(5, ['refunds']));
    value(await works([{ weekday: 'mon', start: '09:00', end: '17:00', zone: 'UTC' }]));
    value(await put(bot.id, { mode: 'balanced', eligibleGroup: 'billing', skills: ['refunds'], languages: ['de-AT'], relaxAfterMinutes: null, nextShiftFallback: true }));
    expect(fieldsOf(await routing(0, ['refunds']))).toEqual(['body.cap']);
    expect(fieldsOf(await routing(5, []))).toEqual(['body.skills']);
    expect(fieldsOf(await works([]))).toEqual(['body.shifts']);
    const emptied = await changeGroup(deps, ada, 'billing', { members: [] });
    expect(fieldsOf(emptied)).toContain('body.members');
    expect(emptied).toMatchObject({ detail: expect.stringContaining('Robin’s policy: balanced needs somebody to assign to, and group billing has no operators') });
    // Nothing of it happened; with somebody else there it may; and who leaves may leave.
    expect(value(await operatorRouting(deps, ada, ben.id))).toMatchObject({ cap: 5, skills: ['refunds'] });
    expect(codeOf(await routing(1, ['refunds', 'more']))).toBe('ok');
    value(await put(bot.id, { mode: 'balanced', eligibleGroup: 'billing' }));
    value(await changeGroup(deps, ada, 'billing', { members: [ben.id, adaId] }));
    expect(codeOf(await routing(0, []))).toBe('ok');
    value(await changeGroup(deps, ada, 'billing', { members: [adaId] }));
    expect(codeOf(await changeOperator(deps, ada, ben.id, { disabled: true }))).toBe('ok');
  });

  it('lets what is broken already be mended step by step', async () => {
    const { put, cap, ada, adaId, ben } = await aDesk();
    value(await put('team', { mode: 'balanced', eligibleGroup: 'billing' }));
    value(await changeOperator(deps, ada, ben.id, { disabled: true }));
    await cap(adaId, 0);
    value(await changeGroup(deps, ada, 'billing', { members: [adaId] }));
    await cap(adaId, 3);
  });

  it('never leaves a mode without anybody, though two people’s caps are set at the same moment (P19)', async () => {
    const { put, ada, adaId, ben } = await aDesk();
    value(await put('team', { mode: 'balanced' }));
    const versions = [value(await operatorRouting(deps, ada, adaId)).version, value(await operatorRouting(deps, ada, ben.id)).version];
    const zeros = await Promise.all([adaId, ben.id].map((id, index) => putOperatorRouting(deps, ada, id, { cap: 0, skills: [], languages: [] }, versions[index] ?? 0)));
    expect(zeros.map(codeOf).sort()).toEqual(['invalid', 'ok']);
  });

  it('refuses a handover case that names a group that does not exist, or criteria that nobody will ever meet (P58)', async () => {
    const { put, bot, ada } = await aDesk();
    const refund = { key: 'refund', when: 'they want money back', action: 'escalate' as const, priority: 'normal' as const, skills: [], group: null };
    for (const scope of ['team', bot.id]) {
      expect(told(await put(scope, {}, { handoverCases: [refund, { ...refund, key: 'other', group: 'gone' }] }))).toEqual(['body.overrides.handoverCases.1.group: there is no group gone']);
    }
    value(await put('team', { mode: 'balanced', relaxAfterMinutes: null }));
    expect(told(await put(bot.id, {}, { handoverCases: [{ ...refund, skills: ['law'] }] }))).toEqual([
      'body.overrides.handoverCases.0.skills.0: nobody who could receive tickets has law, and relaxAfterMinutes is never',
    ]);
    value(await put('team', { mode: 'balanced' }));
    value(await put(bot.id, {}, { handoverCases: [{ ...refund, skills: ['law'], group: 'billing' }] }));
    expect(told(await put('team', { mode: 'balanced', relaxAfterMinutes: null }))).toEqual([
      'body.overrides.assignment: Robin inherits this, where nobody who could receive tickets has law, and relaxAfterMinutes is never (handoverCases)',
    ]);
    expect(await deleteGroup(deps, ada, 'billing')).toMatchObject({ code: 'in_use', detail: expect.stringContaining('“refund” of Robin’s policy') });
  });

  it('lets other settings be edited though a case has named a group that is gone since before that was refused', async () => {
    const { ada, team, put } = await aDesk();
    const handoverCases: NonNullable<PolicyOverrides['handoverCases']> = [{ key: 'refund', when: 'they want money back', action: 'escalate', priority: 'normal', skills: [], group: 'gone' }];
    await deps.prisma.policyVersion.create({ data: { teamId: team.id, scope: 'team', version: 1, body: { handoverCases }, changedBy: { kind: 'baton' } } });
    expect(codeOf(await put('team', { mode: 'balanced' }, { handoverCases, turnMinutes: 3 }))).toBe('ok');
    expect(value(await policy(deps, ada, 'team')).version).toBe(2);
  });

  it('refuses a change of the team’s that an agent could not live with, and names the agent', async () => {
    const { put, bot, ada, ben } = await aDesk();
    value(await put(bot.id, { mode: 'balanced', eligibleGroup: 'billing' }));
    const fallback = { nextShiftFallback: true };
    expect(told(await put('team', fallback))).toEqual([
      'body.overrides.assignment.nextShiftFallback: Robin inherits this, where nobody who could receive tickets has shifts, so there is no next shift to assign to',
    ]);
    const { version } = value(await shifts(deps, ada, ben.id));
    value(await putShifts(deps, ada, ben.id, { shifts: [{ weekday: 'mon', start: '09:00', end: '17:00', zone: 'UTC' }] }, version));
    expect(codeOf(await put('team', fallback))).toBe('ok');
    // The field is Robin's own here: what contradicts it is the team's as a whole.
    value(await put(bot.id, { eligibleGroup: 'empty' }));
    expect(told(await put('team', { mode: 'round_robin' }))).toEqual([
      'body.overrides.assignment: Robin inherits this, where round_robin needs somebody to assign to, and group empty has no operators (eligibleGroup)',
    ]);
  });

  it('says at the whole what an agent’s own setting contradicts in what it inherits', async () => {
    const { put, bot } = await aDesk();
    value(await put('team', { eligibleGroup: 'empty' }));
    expect(told(await put(bot.id, { mode: 'balanced' }))).toEqual(['body.overrides.assignment: balanced needs somebody to assign to, and group empty has no operators (eligibleGroup)']);
  });

  it('lets other settings be edited though somebody’s leaving left assignment without anybody', async () => {
    const { put, ada, ben } = await aDesk();
    value(await put('team', { mode: 'balanced', eligibleGroup: 'billing' }));
    value(await changeOperator(deps, ada, ben.id, { role: 'viewer' }));
    expect(codeOf(await put('team', { mode: 'balanced', eligibleGroup: 'billing' }, { turnMinutes: 3 }))).toBe('ok');
    expect(codeOf(await put('team', { mode: 'round_robin', eligibleGroup: 'billing' }, { turnMinutes: 3 }))).toBe('invalid');
  });

  it('has the router look as long as any policy of the team assigns by itself, and no longer', async () => {
    const { put, bot, row } = await aDesk();
    const flag = async () => {
      const { routes, routerDirty } = await row();
      await deps.prisma.team.updateMany({ data: { routerDirty: null } });
      return [routes, routerDirty !== null];
    };
    value(await put('team', { pickUpMinutes: 5 }));
    expect(await flag()).toEqual([false, false]);
    value(await put(bot.id, { mode: 'balanced' }));
    expect(await flag()).toEqual([true, true]);
    value(await put('team', { pickUpMinutes: 6 }));
    expect(await flag()).toEqual([true, true]);
    expect(codeOf(await put(bot.id, { mode: 'balanced' }))).toBe('ok');
    expect(await flag()).toEqual([true, false]);
    value(await put('team', { mode: 'round_robin' }));
    value(await put(bot.id, { mode: 'manual' }));
    expect(await flag()).toEqual([true, true]);
    value(await put('team', {}));
    expect((await flag())[0]).toBe(false);
  });

  it('knows whether the team routes after two admins edited two scopes at once', async () => {
    const { put, bot, row } = await aDesk();
    const modes = ['balanced', 'manual'] as const;
    for (let round = 0; round < 6; round++) {
      const [team, agent] = [modes[round % 2] ?? 'manual', modes[(round + 1) % 2] ?? 'manual'];
      await Promise.all([put('team', { mode: team }), put(bot.id, { mode: agent })].map(async (one) => value(await one)));
      expect((await row()).routes).toBe(true);
    }
    await Promise.all([put('team', { mode: 'manual' }), put(bot.id, { mode: 'manual' })]);
    expect((await row()).routes).toBe(false);
  });

  it('never names a group that is deleted at the same moment', async () => {
    const { put, ada } = await aDesk();
    for (let round = 0; round < 5; round++) {
      const key = `group-${round}`;
      value(await createGroup(deps, ada, { key, name: key }));
      const [named, deleted] = await Promise.all([put('team', { eligibleGroup: key }), deleteGroup(deps, ada, key)]);
      expect([codeOf(named), codeOf(deleted)].filter((code) => code === 'ok')).toHaveLength(1);
      value(await put('team', {}));
    }
  });

  it('has the router look again when somebody begins or stops to work tickets', async () => {
    const { put, ada, ben, row } = await aDesk();
    value(await put('team', { mode: 'balanced' }));
    for (const change of [{ role: 'viewer' as const }, { role: 'operator' as const }, { disabled: true }, { disabled: false }]) {
      await deps.prisma.team.updateMany({ data: { routerDirty: null } });
      value(await changeOperator(deps, ada, ben.id, change));
      expect((await row()).routerDirty).not.toBeNull();
    }
  });
});
