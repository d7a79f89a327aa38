import { listAgents } from '#prisma/store/agents.ts';
import { TEAM_SCOPE, newestOfAll } from '#prisma/store/policies.ts';
import type { Db } from '#prisma/client.ts';
import type { PolicyOverrides } from '#workflows/contract/settings.ts';

/** What names a group in the policies in force, in words: each handover case, who receives tickets, whom an escalation tells. */
export function usesOfGroup(db: Db, teamId: string, key: string): Promise<string[]> {
  return usesInPolicies(db, teamId, ({ handoverCases = [], assignment: { eligibleGroup, escalateTo } = {} }) => [
    ...handoverCases.filter(({ group }) => group === key).map((one) => `the handover case “${one.key}”`),
    ...(eligibleGroup === key ? ['the eligible group'] : []),
    ...(escalateTo?.kind === 'group' && escalateTo.key === key ? ['the escalation'] : []),
  ]);
}

/** What names a person in the policies in force, in words. */
export function usesOfOperator(db: Db, teamId: string, id: string): Promise<string[]> {
  return usesInPolicies(db, teamId, (overrides) => (tellsOperator(overrides, id) ? ['the escalation'] : []));
}

/** Whether an escalation tells this person, by this layer's own setting (P24). */
export function tellsOperator({ assignment: { escalateTo } = {} }: PolicyOverrides, id: string): boolean {
  return escalateTo?.kind === 'operator' && escalateTo.id === id;
}

/** What names a schedule in the policies in force, in words. */
export function usesOfSchedule(db: Db, teamId: string, id: string): Promise<string[]> {
  return usesInPolicies(db, teamId, ({ scheduleId }) => (scheduleId === id ? ['the business hours'] : []));
}

async function usesInPolicies(db: Db, teamId: string, usesIn: (overrides: PolicyOverrides) => readonly string[]): Promise<string[]> {
  const names = new Map((await listAgents(db, teamId)).map(({ id, name }) => [id, name]));
  const isTeam = ({ scope }: { scope: string }) => Number(scope === TEAM_SCOPE);
  const teamFirst = (await newestOfAll(db, teamId)).sort((a, b) => isTeam(b) - isTeam(a));
  return teamFirst.flatMap(({ scope, overrides }) => {
    const whose = scope === TEAM_SCOPE ? 'the default policy' : `${names.get(scope) ?? scope}’s policy`;
    return usesIn(overrides).map((use) => `${use} of ${whose}`);
  });
}
