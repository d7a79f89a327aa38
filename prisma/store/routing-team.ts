import { languagesOf } from '#workflows/domain/language.ts';
import type { RoutingTeam } from '#workflows/domain/routing-problems.ts';
import type { Db } from '../client.ts';
import { listGroups } from './groups.ts';
import { timeIn } from './people-time.ts';
import type { Shifts } from './people-time.ts';

/** What somebody is about to change of the team: of one person, or who is in a group. */
export interface TeamEdit {
  readonly person?: { readonly id: string; readonly cap?: number | null; readonly skills?: string[]; readonly languages?: string[]; readonly shifts?: Shifts };
  readonly group?: { readonly key: string; readonly members: readonly string[] };
}

/**
 * The team as an assignment policy is checked against it: the enabled people who work tickets, the groups, who has
 * shifts; with an edit, as it will be.
 */
export async function routingTeam(db: Db, teamId: string, { person, group }: TeamEdit = {}): Promise<RoutingTeam> {
  const stored = await db.operator.findMany({
    where: { teamId, disabledAt: null, role: { in: ['admin', 'operator'] } },
    select: { id: true, cap: true, skills: true, languages: true, locale: true, shifts: true, timeOff: true },
    orderBy: { id: 'asc' },
  });
  const people = stored.map((one) => (one.id === person?.id ? { ...one, ...person } : one));
  const groups = (await listGroups(db, teamId)).map((one) => (one.key === group?.key ? { ...one, members: [...group.members] } : one));
  return {
    operators: people.map(({ id, cap, skills, ...rest }) => ({ id, cap, skills, languages: languagesOf(rest), groups: groups.filter(({ members }) => members.includes(id)).map(({ key }) => key) })),
    groups: groups.map(({ key }) => key),
    shifts: people.flatMap((one) => timeIn(one).shifts.map(() => ({ operatorId: one.id }))),
  };
}
