import { createAgent } from '#api/agents/agents.ts';
import { changeGroup, createGroup, deleteGroup, groups } from '#api/people/groups.ts';
import { operatorRouting, peopleTime, putOperatorRouting, putShifts, putTimeOff, shifts, timeOff } from '#api/people/people-time.ts';
import { putPolicy } from '#api/policies/put-policy.ts';
import type { AuthDeps } from '#api/auth/auth-deps.ts';
import { aTeam, anOffice, codeOf, value } from '#tests/support/team.ts';
import type { Office } from '#tests/support/team.ts';

let office: Office;
let deps: AuthDeps;
beforeAll(async () => {
  office = await anOffice();
  deps = office.deps;
});
afterAll(() => office.close());

async function aTeamWithBen() {
  const { admin, person, team } = await aTeam(deps);
  const ben = await person({ name: 'Ben', role: 'operator' });
  const eve = await person({ name: 'Eve', role: 'viewer' });
  return { team, ada: admin.principal, ben: ben.principal, id: ben.id, eve: eve.principal };
}

const MONDAY = { weekday: 'mon', start: '09:00', end: '17:00', zone: 'Europe/Berlin' } as const;
const LEAVE = { from: '2026-12-24', to: '2026-12-27', note: 'Family' };

describe('shifts', () => {
  it('are planned by admins and read by everybody', async () => {
    const { ada, ben, id, eve } = await aTeamWithBen();
    const { version } = value(await shifts(deps, ada, id));
    expect(codeOf(await putShifts(deps, ben, id, { shifts: [MONDAY] }, version))).toBe('forbidden');
    const put = value(await putShifts(deps, ada, id, { shifts: [MONDAY, { ...MONDAY, weekday: 'fri', start: '22:00', end: '06:00' }] }, version));
    expect(value(await shifts(deps, eve, id))).toEqual(put);
    expect(put.shifts).toHaveLength(2);
    expect(value(await shifts(deps, ben, 'me'))).toEqual(put);
  });

  it('are changed by one of two who read the same', async () => {
    const { ada, id } = await aTeamWithBen();
    const { version } = value(await shifts(deps, ada, id));
    const both = await Promise.all([
      putShifts(deps, ada, id, { shifts: [MONDAY] }, version),
      putShifts(office.anotherProcess(), ada, id, { shifts: [{ ...MONDAY, weekday: 'tue' }] }, version),
    ]);
    expect(both.map(codeOf).sort()).toEqual(['ok', 'version_conflict']);
  });

  it.each([
    ['a zone that does not exist', { ...MONDAY, zone: 'Europe/Bärlin' }, 'body.shifts.1.zone'],
    ['25:00', { ...MONDAY, start: '25:00' }, 'body.shifts.1.start'],
    ['an overlap', { ...MONDAY, start: '16:00', end: '20:00' }, 'body.shifts.1.start'],
  ])('with %s are refused by the field', async (_what, wrong, path) => {
    const { ada, id } = await aTeamWithBen();
    const { version } = value(await shifts(deps, ada, id));
    expect(await putShifts(deps, ada, id, { shifts: [MONDAY, wrong] }, version)).toMatchObject({ ok: false, code: 'invalid', errors: [{ path }] });
    expect(value(await shifts(deps, ada, id)).shifts).toEqual([]);
  });
});

describe('time off', () => {
  it('is one’s own to enter, admins enter everybody’s, and its note is for both alone', async () => {
    const { ada, ben, id, eve } = await aTeamWithBen();
    const first = value(await putTimeOff(deps, ben, 'me', { timeOff: [LEAVE] }, value(await timeOff(deps, ben, 'me')).version));
    expect(first.timeOff).toEqual([LEAVE]);
    expect(value(await timeOff(deps, eve, id)).timeOff).toEqual([{ from: LEAVE.from, to: LEAVE.to }]);
    expect(JSON.stringify(value(await peopleTime(deps, eve)))).not.toContain('Family');
    expect(JSON.stringify(value(await peopleTime(deps, ada)))).toContain('Family');
    expect(codeOf(await putTimeOff(deps, eve, id, { timeOff: [] }, first.version))).toBe('forbidden');
    expect(codeOf(await putTimeOff(deps, ada, id, { timeOff: [] }, first.version))).toBe('ok');
  });

  it('says which shifts it takes, and shifts say which time off takes them: it wins, and nobody is surprised (P27)', async () => {
    const { ada, ben, id } = await aTeamWithBen();
    const put = (weekday: 'mon' | 'thu', version: number) => putShifts(deps, ada, id, { shifts: [{ ...MONDAY, weekday }] }, version);
    expect(value(await put('thu', value(await shifts(deps, ada, id)).version)).swallowed).toEqual([]);
    const taken = [{ from: '2026-12-24', to: '2026-12-27', count: 1, shifts: [{ date: '2026-12-24', start: '09:00', end: '17:00', zone: 'Europe/Berlin', isWhole: true }] }];
    const off = value(await putTimeOff(deps, ben, 'me', { timeOff: [LEAVE] }, value(await timeOff(deps, ben, 'me')).version));
    expect(off.swallowed).toEqual(taken);
    // What was read is what is sent back.
    expect(value(await putTimeOff(deps, ben, 'me', { timeOff: off.timeOff }, off.version)).swallowed).toEqual(taken);
    const read = value(await shifts(deps, ada, id));
    expect(read.swallowed).toEqual(taken);
    expect(value(await put('mon', read.version)).swallowed).toEqual([]);
  });

  it('that overlaps itself or ends before it begins is refused by the field', async () => {
    const { ben, id } = await aTeamWithBen();
    const { version } = value(await timeOff(deps, ben, id));
    expect(await putTimeOff(deps, ben, id, { timeOff: [LEAVE, { from: '2026-12-27', to: '2026-12-30' }] }, version)).toMatchObject({ errors: [{ path: 'body.timeOff.1.from' }] });
    expect(await putTimeOff(deps, ben, id, { timeOff: [{ from: '2026-12-27', to: '2026-12-24' }] }, version)).toMatchObject({ errors: [{ path: 'body.timeOff.0.to' }] });
  });
});

describe('cap, skills and languages', () => {
  it('are an admin’s to set, as a whole', async () => {
    const { ada, ben, id } = await aTeamWithBen();
    const { version, cap } = value(await operatorRouting(deps, ben, id));
    expect(cap).toBeNull();
    const to = { cap: 5, skills: ['billing'], languages: ['de', 'pt-BR'] };
    expect(codeOf(await putOperatorRouting(deps, ben, id, to, version))).toBe('forbidden');
    const put = value(await putOperatorRouting(deps, ada, id, to, version));
    expect(put).toMatchObject(to);
    expect(await putOperatorRouting(deps, ada, id, { ...to, cap: -1 }, put.version)).toMatchObject({ code: 'invalid', errors: [{ path: 'body.cap' }] });
    expect(value(await operatorRouting(deps, ada, id))).toEqual(put);
  });
});

describe('a group', () => {
  it('has members of the team alone', async () => {
    const { ada, ben, id } = await aTeamWithBen();
    const stranger = await aTeamWithBen();
    expect(codeOf(await createGroup(deps, ben, { key: 'billing', name: 'Billing' }))).toBe('forbidden');
    expect(await createGroup(deps, ada, { key: 'billing', name: 'Billing', members: [id, stranger.id] })).toMatchObject({ code: 'invalid', errors: [{ path: 'body.members.1' }] });
    value(await createGroup(deps, ada, { key: 'billing', name: 'Billing', members: [id] }));
    expect(codeOf(await createGroup(deps, ada, { key: 'billing', name: 'Money' }))).toBe('exists');
    expect(value(await changeGroup(deps, ada, 'billing', { name: 'Money' }))).toEqual({ key: 'billing', name: 'Money', members: [id] });
    expect(await changeGroup(deps, ada, 'billing', { members: [stranger.id] })).toMatchObject({ code: 'invalid', errors: [{ path: 'body.members.0' }] });
    expect(value(await groups(deps, stranger.ada))).toEqual([]);
    expect(codeOf(await deleteGroup(deps, stranger.ada, 'billing'))).toBe('not_found');
  });

  it('that a handover case or an assignment policy names says so instead of going', async () => {
    const { ada } = await aTeamWithBen();
    value(await createGroup(deps, ada, { key: 'money', name: 'Money' }));
    const bot = value(await createAgent(deps, ada, { name: 'Robin' }));
    value(await putPolicy(deps, ada, bot.id, { overrides: { helpDesk: true, handoverCases: [{ key: 'refund', when: 'they want money back', group: 'money' }] } }, 1));
    const refused = await deleteGroup(deps, ada, 'money');
    expect(refused).toMatchObject({ ok: false, code: 'in_use', detail: expect.stringContaining('“refund” of Robin’s policy') });
    value(await putPolicy(deps, ada, bot.id, { overrides: { helpDesk: true } }, 2));
    value(await putPolicy(deps, ada, 'team', { overrides: { assignment: { eligibleGroup: 'money', escalateTo: { kind: 'group', key: 'money' } } } }, 0));
    expect(await deleteGroup(deps, ada, 'money')).toMatchObject({ code: 'in_use', detail: expect.stringContaining('the eligible group of the default policy and the escalation of the default policy') });
    value(await putPolicy(deps, ada, 'team', { overrides: {} }, 1));
    expect(codeOf(await deleteGroup(deps, ada, 'money'))).toBe('ok');
    expect(codeOf(await deleteGroup(deps, ada, 'money'))).toBe('not_found');
  });
});
