import { describe, expect, it } from '@jest/globals';
import { DEFAULT_ROUTING_POLICY, type RoutingPolicy } from '#workflows/domain/routing-policy.ts';
import { type RoutedCase, routingProblems, type RoutingTeam } from '#workflows/domain/routing-problems.ts';

const somebody = (id: string, more: Partial<RoutingTeam['operators'][number]> = {}) => ({ id, groups: [], skills: [], languages: [], cap: null, ...more });
const team: RoutingTeam = {
  operators: [somebody('ann', { groups: ['billing'], cap: 0, skills: ['refunds'] }), somebody('bob', { groups: ['billing', 'sales'], cap: 0 }), somebody('cem')],
  groups: ['billing', 'sales', 'empty'],
  shifts: [],
};
const told = (policy: Partial<RoutingPolicy>, more: Partial<RoutingTeam> = {}, cases: readonly RoutedCase[] = []) =>
  routingProblems({ ...DEFAULT_ROUTING_POLICY, mode: 'balanced', ...policy }, { ...team, ...more }, cases).map(({ path, message }) => `${path}: ${message}`);

it('finds nothing wrong with the defaults, nor with a mode that has somebody to assign to', () => {
  expect(routingProblems(DEFAULT_ROUTING_POLICY, { operators: [], groups: [], shifts: [] })).toEqual([]);
  expect(told({})).toEqual([]);
});

it('refuses an automatic mode whose candidates all have a cap of 0, and lets manual be (P19)', () => {
  expect(told({ eligibleGroup: 'billing' })).toEqual(['mode: balanced would assign to nobody: everybody of group billing has a cap of 0']);
  expect(told({ mode: 'manual', eligibleGroup: 'billing' })).toEqual([]);
});

it('refuses an automatic mode in a group without anybody', () => {
  expect(told({ mode: 'round_robin', eligibleGroup: 'empty' })).toEqual(['eligibleGroup: round_robin needs somebody to assign to, and group empty has no operators']);
});

it('refuses the next-shift fallback where nobody who could receive has shifts (P21)', () => {
  const reason = 'nextShiftFallback: nobody who could receive tickets has shifts, so there is no next shift to assign to';
  expect(told({ nextShiftFallback: true })).toEqual([reason]);
  expect(told({ nextShiftFallback: true }, { shifts: [{ operatorId: 'ann' }] })).toEqual([reason]);
  expect(told({ nextShiftFallback: true }, { shifts: [{ operatorId: 'cem' }] })).toEqual([]);
});

it('refuses groups and operators that do not exist, each by its field, in manual mode too', () => {
  expect(told({ mode: 'manual', eligibleGroup: 'nope', escalateTo: { kind: 'operator', id: 'zed' } })).toEqual(['eligibleGroup: there is no group nope', 'escalateTo.id: there is no operator zed']);
  expect(told({ escalateTo: { kind: 'group', key: 'nope' } })).toEqual(['escalateTo.key: there is no group nope']);
});

describe('what is insisted on for ever (P20)', () => {
  const never = { relaxAfterMinutes: null };
  const people = [somebody('ann', { skills: ['refunds'], languages: ['de-AT'], groups: ['billing'] }), somebody('bob', { skills: ['hardware'], languages: ['fr'] }), somebody('cem', { skills: ['legal'], cap: 0 })];
  const reason = (what: string) => `nobody who could receive tickets has ${what}, and relaxAfterMinutes is never`;

  it('is refused where nobody has it, and not where it is relaxed one day', () => {
    const criteria = { skills: ['refunds', 'gardening'], languages: ['es'] };
    expect(told({ ...criteria, ...never }, { operators: people })).toEqual([`skills.1: ${reason('gardening')}`, `languages.0: ${reason('es')}`]);
    expect(told(criteria, { operators: people })).toEqual([]);
  });

  it('is met by whoever speaks the language, however its tag is written', () => {
    expect(told({ languages: ['de'], ...never }, { operators: people })).toEqual([]);
    expect(told({ languages: ['fr-CA'], ...never }, { operators: people })).toEqual([]);
  });

  it('is met by nobody whose cap is 0', () => {
    expect(told({ skills: ['legal'], ...never }, { operators: people })).toEqual([`skills.0: ${reason('legal')}`]);
  });

  it('must be met by one person, and not by several together', () => {
    expect(told({ skills: ['refunds'], languages: ['fr'], ...never }, { operators: people })).toEqual([`skills: ${reason('all of refunds, fr')}`]);
    expect(told({ languages: ['de', 'fr'], ...never }, { operators: people })).toEqual([`languages: ${reason('all of de, fr')}`]);
    expect(told({ skills: ['refunds'], languages: ['de'], ...never }, { operators: people })).toEqual([]);
  });

  it('holds for each handover case with its own skills and group (P58)', () => {
    const routed = (more: Partial<RoutedCase>): RoutedCase => ({ action: 'escalate', skills: [], group: null, ...more });
    const inCases = (policy: Partial<RoutingPolicy>, ...cases: RoutedCase[]) => told(policy, { operators: people }, cases);
    expect(inCases(never, routed({ skills: ['refunds'] }), routed({ skills: ['refunds', 'gardening'] }))).toEqual([`handoverCases.1.skills.1: ${reason('gardening')}`]);
    expect(inCases(never, routed({ skills: ['hardware'], group: 'billing' }))).toEqual([`handoverCases.0.skills.0: ${reason('hardware')}`]);
    expect(inCases({ ...never, languages: ['fr'] }, routed({ skills: ['refunds'] }))).toEqual([`handoverCases.0.skills: ${reason('all of refunds, fr')}`]);
    expect(inCases({}, routed({ skills: ['gardening'] }))).toEqual([]);
    expect(inCases(never, routed({ action: 'never', skills: ['gardening'] }))).toEqual([]);
  });
});

it('refuses a handover case whose group does not exist, or has nobody who may receive (P19, P58)', () => {
  const inGroup = (group: string): RoutedCase => ({ action: 'escalate', skills: [], group });
  expect(told({ mode: 'manual' }, {}, [inGroup('billing'), inGroup('nope')])).toEqual(['handoverCases.1.group: there is no group nope']);
  expect(told({}, {}, [inGroup('billing')])).toEqual(['handoverCases.0.group: balanced would assign to nobody: group billing has no operators, or all of them a cap of 0']);
});
