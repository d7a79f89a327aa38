import type { Desk } from '#workflows/contract/desk.ts';
import type { GroupView } from '#workflows/contract/people-time-views.ts';
import { valueOf } from '../desk.server.ts';

/** What a ticket can ask for: the team's groups, and what its people can do and speak. */
export interface KnownNeeds {
  readonly groups: readonly Pick<GroupView, 'key' | 'name'>[];
  readonly skills: readonly string[];
  readonly languages: readonly string[];
}

export async function knownNeeds(desk: Desk, request: Request): Promise<KnownNeeds> {
  const [groups, people] = await Promise.all([valueOf(desk.groups(), request), valueOf(desk.peopleTime(), request)]);
  const all = (of: 'skills' | 'languages') => [...new Set(people.flatMap(({ routing }) => routing[of]))].sort();
  return { groups: groups.map(({ key, name }) => ({ key, name })), skills: all('skills'), languages: all('languages') };
}
