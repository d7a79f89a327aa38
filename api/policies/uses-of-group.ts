import { listAgents } from '#prisma/store/agents.ts';
import { TEAM_SCOPE, newestOf } from '#prisma/store/policies.ts';
import type { Db } from '#prisma/client.ts';
import type { PolicyOverrides } from '#workflows/contract/settings.ts';

/** What names a group in the policies in force, in words: each handover case, who receives tickets, whom an escalation tells. */
export async function usesOfGroup(db: Db, teamId: string, key: string): Promise<string[]> {
  const agents = await listAgents(db, teamId);
  const policies = await newestOf(db, teamId, [TEAM_SCOPE, ...agents.map(({ id }) => id)]);
  return policies.flatMap(({ scope, overrides }) => {
    const whose = scope === TEAM_SCOPE ? 'the default policy' : `${agents.find(({ id }) => id === scope)?.name ?? scope}’s policy`;
    return usesIn(overrides, key).map((use) => `${use} of ${whose}`);
  });
}

function usesIn({ handoverCases = [], assignment = {} }: PolicyOverrides, key: string): string[] {
  const { eligibleGroup, escalateTo } = assignment;
  return [
    ...handoverCases.filter(({ group }) => group === key).map((one) => `the handover case “${one.key}”`),
    ...(eligibleGroup === key ? ['the eligible group'] : []),
    ...(escalateTo?.kind === 'group' && escalateTo.key === key ? ['the escalation'] : []),
  ];
}
