import type { Desk } from '#workflows/contract/desk.ts';
import { valueOf } from '../desk.server.ts';
import type { PolicyNames } from './policy-names.ts';

/** The names that the pages of a policy need. */
export async function policyNames(desk: Desk, request: Request): Promise<PolicyNames> {
  const [groups, people, schedules] = await Promise.all([valueOf(desk.groups(), request), valueOf(desk.operators(), request), valueOf(desk.schedules(), request)]);
  return {
    groups: groups.map(({ key, name }) => ({ key, name })),
    schedules: schedules.map(({ id, name }) => ({ id, name })),
    people: people.map(({ id, name, role, isDisabled }) => ({ id, name, receives: role !== 'viewer' && !isDisabled })),
  };
}
