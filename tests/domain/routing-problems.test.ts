import { expect, it } from '@jest/globals';
import { DEFAULT_ROUTING_POLICY, type RoutingPolicy } from '#workflows/domain/routing-policy.ts';
import { routingProblems, type RoutingTeam } from '#workflows/domain/routing-problems.ts';

const somebody = (id: string, more: Partial<RoutingTeam['operators'][number]> = {}) => ({ id, groups: [], skills: [], languages: [], cap: null, ...more });
const team: RoutingTeam = {
  operators: [somebody('ann', { groups: ['billing'], cap: 0, skills: ['refunds'] }), somebody('bob', { groups: ['billing', 'sales'], cap: 0 }), somebody('cem')],
  groups: ['billing', 'sales', 'empty'],
  shifts: [],
};
const told = (policy: Partial<RoutingPolicy>, more: Partial<RoutingTeam> = {}) =>
  routingProblems({ ...DEFAULT_ROUTING_POLICY, mode: 'balanced', ...policy }, { ...team, ...more }).map(({ path, message }) => `${path}: ${message}`);

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

it('refuses a skill or language that nobody has where nothing ever relaxes it (P20)', () => {
  const criteria = { skills: ['refunds', 'hardware'], languages: ['fr'] };
  expect(told({ ...criteria, relaxAfterMinutes: null })).toEqual([
    'skills.1: nobody who could receive tickets has hardware, and relaxAfterMinutes is never',
    'languages.0: nobody who could receive tickets has fr, and relaxAfterMinutes is never',
  ]);
  expect(told(criteria)).toEqual([]);
});
