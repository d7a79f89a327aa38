import { languagesOf } from '#workflows/domain/language.ts';
import type { RoutingTeam } from '#workflows/domain/routing-problems.ts';
import type { Db } from '../client.ts';
import { listGroups } from './groups.ts';
import { timeIn } from './people-time.ts';

/** The team as an assignment policy is checked against it: the enabled people who work tickets, the groups, who has shifts. */
export async function routingTeam(db: Db, teamId: string): Promise<RoutingTeam> {
  const people = await db.operator.findMany({
    where: { teamId, disabledAt: null, role: { in: ['admin', 'operator'] } },
    select: { id: true, cap: true, skills: true, languages: true, locale: true, shifts: true, timeOff: true },
    orderBy: { id: 'asc' },
  });
  const groups = await listGroups(db, teamId);
  return {
    operators: people.map(({ id, cap, skills, ...person }) => ({ id, cap, skills, languages: languagesOf(person), groups: groups.filter(({ members }) => members.includes(id)).map(({ key }) => key) })),
    groups: groups.map(({ key }) => key),
    shifts: people.flatMap((person) => timeIn(person).shifts.map(() => ({ operatorId: person.id }))),
  };
}
