import { countedHours, schedulesInUse } from '#workflows/domain/hours-in-use.ts';
import { effectivePolicy } from '#workflows/domain/policy.ts';
import type { NamedSchedules } from '#workflows/domain/hours-in-use.ts';
import type { Db } from '../client.ts';
import { TEAM_SCOPE, newestOfAll } from './policies.ts';
import { hoursFor, slaPoliciesOf } from './sla-policies.ts';

/** The hours that a team's SLA clocks count by, as a text that is another as soon as any deadline could be. */
export async function hoursInUse(db: Db, teamId: string): Promise<string> {
  const { policies } = await slaPoliciesOf(db, teamId);
  if (policies.length === 0) return '';
  const hours: string[] = [];
  for (const id of schedulesInUse(policies, await namedSchedules(db, teamId))) {
    hours.push(countedHours((await hoursFor(db, teamId, id)).schedule));
  }
  return hours.join('\n');
}

/** The schedules that the settings of a team and its agents name. */
export async function namedSchedules(db: Db, teamId: string): Promise<NamedSchedules> {
  const stored = await newestOfAll(db, teamId);
  const team = stored.find(({ scope }) => scope === TEAM_SCOPE)?.overrides ?? {};
  const ofAgents = stored.filter(({ scope }) => scope !== TEAM_SCOPE).map(({ scope, overrides }) => [scope, effectivePolicy(team, overrides).scheduleId] as const);
  return new Map<string | null, string | null>([[null, effectivePolicy(team, {}).scheduleId], ...ofAgents]);
}
