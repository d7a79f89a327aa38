import type { AuthDeps } from '#api/auth/auth-deps.ts';
import { createAgent } from '#api/agents/agents.ts';
import { createGroup } from '#api/people/groups.ts';
import { policy, policyVersions } from '#api/policies/policy.ts';
import { putPolicy } from '#api/policies/put-policy.ts';
import { effectivePolicyFor } from '#prisma/store/policies.ts';
import { DEFAULT_POLICY } from '#workflows/domain/policy.ts';
import { aTeam, anOffice, codeOf, value } from '#tests/support/team.ts';
import type { Office } from '#tests/support/team.ts';

let office: Office;
let deps: AuthDeps;

beforeAll(async () => {
  office = await anOffice();
  deps = office.deps;
});
afterAll(() => office.close());

async function aTeamWithAgent() {
  const found = await aTeam(deps);
  return { ...found, agent: value(await createAgent(deps, found.admin.principal, { name: 'Bot' })) };
}

describe('a policy', () => {
  it('begins as the defaults, and says so', async () => {
    const { admin, team } = await aTeam(deps);
    const shown = value(await policy(deps, admin.principal, 'team'));
    expect(shown).toMatchObject({ scope: 'team', version: 0, overrides: {}, effective: DEFAULT_POLICY, changedBy: null, changedAt: null });
    expect(new Set(Object.values(shown.inheritedFrom))).toEqual(new Set(['default']));
    expect(await effectivePolicyFor(deps.prisma, team.id, null)).toEqual({ policy: DEFAULT_POLICY, version: 't0.a0' });
  });

  it('takes the agent’s word over the team’s, and the team’s over the defaults', async () => {
    const { admin, team, agent } = await aTeamWithAgent();
    value(await putPolicy(deps, admin.principal, 'team', { overrides: { turnMinutes: 9, reopenWindowDays: 2 } }, 0));
    value(await putPolicy(deps, admin.principal, agent.id, { overrides: { helpDesk: true, turnMinutes: 5 } }, 1));
    const shown = value(await policy(deps, admin.principal, agent.id));
    expect(shown.overrides).toEqual({ helpDesk: true, turnMinutes: 5 });
    expect(shown.effective).toEqual({ ...DEFAULT_POLICY, helpDesk: true, turnMinutes: 5, reopenWindowDays: 2 });
    expect(shown.inheritedFrom).toMatchObject({ helpDesk: 'own', turnMinutes: 'own', reopenWindowDays: 'team', onEscalate: 'default' });
    expect(await effectivePolicyFor(deps.prisma, team.id, agent.id)).toEqual({ policy: shown.effective, version: 't1.a2' });
    expect((await effectivePolicyFor(deps.prisma, team.id, null)).policy).toMatchObject({ helpDesk: false, turnMinutes: 9 });
  });

  it('inherits again what a new version leaves out, and remembers every version with who made it', async () => {
    const { admin, person } = await aTeam(deps);
    const eve = await person({ name: 'Eve', role: 'admin' });
    value(await putPolicy(deps, admin.principal, 'team', { overrides: { turnMinutes: 9 } }, 0));
    value(await putPolicy(deps, eve.principal, 'team', { overrides: { defaultPriority: 'high' } }, 1));
    expect(value(await policy(deps, admin.principal, 'team')).effective['turnMinutes']).toBe(DEFAULT_POLICY.turnMinutes);
    const versions = value(await policyVersions(deps, admin.principal, 'team'));
    expect(versions.map((one) => [one.version, one.changedBy?.name, one.overrides])).toEqual([
      [2, 'Eve', { defaultPriority: 'high' }],
      [1, 'Ada', { turnMinutes: 9 }],
    ]);
  });

  it('can be overridden whole by an agent', async () => {
    const { admin, agent } = await aTeamWithAgent();
    value(await createGroup(deps, admin.principal, { key: 'money', name: 'Money', members: [admin.id] }));
    const everything = {
      helpDesk: true,
      handoverCases: [{ key: 'refund', when: 'they want money back', action: 'escalate' as const, priority: 'high' as const, skills: ['billing'], group: 'money' }],
      defaultPriority: 'low' as const,
      onEscalate: 'pause' as const,
      holdingMessage: 'One moment.',
      holdingEveryMinutes: 7,
      autoResumeMinutes: 30,
      afterResolve: 'reopen' as const,
      reopenWindowDays: 1.5,
      csat: 'ask' as const,
      autoCloseLadder: [{ day: 1, action: 'remind' as const }, { day: 2, action: 'resolve' as const }],
      reminderMessage: 'Still there?',
      turnMinutes: 1,
      scheduleId: null,
      outOfHoursMessage: 'Back {opening}.',
      translation: false,
    };
    const assignment = {
      mode: 'balanced' as const,
      eligibleGroup: null,
      skills: ['billing'],
      languages: ['de'],
      relaxAfterMinutes: 5,
      pickUpMinutes: 15,
      pickUpRounds: 2,
      unassignedMinutes: 60,
      escalateTo: { kind: 'operator' as const, id: admin.id },
      nextShiftFallback: false,
    };
    const shown = value(await putPolicy(deps, admin.principal, agent.id, { overrides: { ...everything, assignment } }, 1));
    expect(shown.effective).toEqual({ ...everything, assignment: { ...DEFAULT_POLICY.assignment, ...assignment } });
    const inherited = Object.entries(shown.inheritedFrom).flatMap(([key, from]) => (from === 'own' ? [] : [key]));
    expect(inherited).toEqual(['assignment.reassignReplies', 'assignment.capCounts', 'assignment.rampPerMinute', 'assignment.idleMinutes']);
  });

  it('is changed by one of two who read the same version', async () => {
    const { admin } = await aTeam(deps);
    const other = office.anotherProcess();
    for (let version = 0; version < 5; version++) {
      const both = await Promise.all([
        putPolicy(deps, admin.principal, 'team', { overrides: { turnMinutes: 10 + version } }, version),
        putPolicy(other, admin.principal, 'team', { overrides: { turnMinutes: 20 + version } }, version),
      ]);
      expect(both.map(codeOf).sort()).toEqual(['ok', 'version_conflict']);
    }
    const late = await putPolicy(deps, admin.principal, 'team', { overrides: {} }, 3);
    expect(codeOf(late)).toBe('version_conflict');
    expect(late.ok ? '' : late.detail).toContain('version 5');
    expect(codeOf(await putPolicy(deps, admin.principal, 'team', { overrides: {} }, 6))).toBe('version_conflict');
  });

  it('makes no new version of what is in force already', async () => {
    const { admin } = await aTeam(deps);
    const overrides = { turnMinutes: 3, defaultPriority: 'high' as const };
    value(await putPolicy(deps, admin.principal, 'team', { overrides }, 0));
    expect(value(await putPolicy(deps, admin.principal, 'team', { overrides: { defaultPriority: 'high', turnMinutes: 3 } }, 1)).version).toBe(1);
  });

  it.each([
    ['an unknown setting', { colour: 'red' }, 'body.overrides.colour'],
    ['a schedule that is not there', { scheduleId: 'sch_01k00000000000000000000000' }, 'body.overrides.scheduleId'],
    ['an out-of-hours reply without the opening', { outOfHoursMessage: 'Closed.' }, 'body.overrides.outOfHoursMessage'],
    ['a number out of range', { turnMinutes: -1 }, 'body.overrides.turnMinutes'],
    ['a word that is none of the choices', { onEscalate: 'shout' }, 'body.overrides.onEscalate'],
    ['an empty message', { holdingMessage: '  ' }, 'body.overrides.holdingMessage'],
    ['two cases with one key', { handoverCases: [{ key: 'a', when: 'x' }, { key: 'a', when: 'y' }] }, 'body.overrides.handoverCases'],
    ['a ladder that goes backwards', { autoCloseLadder: [{ day: 2, action: 'remind' }, { day: 1, action: 'resolve' }] }, 'body.overrides.autoCloseLadder'],
    ['a case that never escalates, to a group', { handoverCases: [{ key: 'a', when: 'x', action: 'never', group: 'money' }] }, 'body.overrides.handoverCases.0.group'],
    ['a flag that makes no ticket, with a case that needs one', { onEscalate: 'flag', handoverCases: [{ key: 'a', when: 'x', skills: ['money'] }] }, 'body.overrides.onEscalate'],
  ])('refuses %s and names the field', async (_what, overrides: object, path) => {
    const { admin } = await aTeam(deps);
    const refused = await putPolicy(deps, admin.principal, 'team', { overrides }, 0);
    expect(refused).toMatchObject({ ok: false, code: 'invalid', errors: [{ path }] });
    expect(value(await policy(deps, admin.principal, 'team')).version).toBe(0);
  });

  it('is read by the team and changed by its admins, and is nothing to other teams', async () => {
    const { admin, person, agent } = await aTeamWithAgent();
    const { admin: stranger } = await aTeam(deps);
    const ben = await person({ name: 'Ben', role: 'operator' });
    const eve = await person({ name: 'Eve', role: 'viewer' });
    expect(codeOf(await policy(deps, eve.principal, agent.id))).toBe('ok');
    expect(codeOf(await putPolicy(deps, ben.principal, 'team', { overrides: {} }, 0))).toBe('forbidden');
    for (const scope of [agent.id, 'agt_nonsense', '']) {
      expect(codeOf(await policy(deps, stranger.principal, scope))).toBe('not_found');
      expect(codeOf(await policyVersions(deps, stranger.principal, scope))).toBe('not_found');
      expect(codeOf(await putPolicy(deps, stranger.principal, scope, { overrides: {} }, 1))).toBe('not_found');
    }
    expect(codeOf(await policy(deps, admin.principal, agent.id))).toBe('ok');
  });

  it('drops a stored setting that this release does not know, and keeps the rest in force', async () => {
    const { admin, team } = await aTeam(deps);
    const body = { turnMinutes: 3, fromTheFuture: true, defaultPriority: 'unheard_of' };
    await deps.prisma.policyVersion.create({ data: { teamId: team.id, scope: 'team', version: 1, body, changedBy: { kind: 'baton' } } });
    expect(value(await policy(deps, admin.principal, 'team'))).toMatchObject({ version: 1, overrides: { turnMinutes: 3 }, changedBy: { name: 'Baton' } });
  });
});
