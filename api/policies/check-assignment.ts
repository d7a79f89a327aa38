import { listAgents } from '#prisma/store/agents.ts';
import { TEAM_SCOPE, newestAssignment } from '#prisma/store/policies.ts';
import { routingTeam } from '#prisma/store/routing-team.ts';
import type { Db } from '#prisma/client.ts';
import type { PolicyOverrides } from '#workflows/contract/settings.ts';
import type { FieldError } from '#workflows/domain/errors.ts';
import { effectiveRoutingPolicy } from '#workflows/domain/routing-policy.ts';
import { inAgent, inTeam, teamsAlone } from './assignment-contradictions.ts';

type Assignment = NonNullable<PolicyOverrides['assignment']>;

/** What is wrong with what a scope is about to set of assignment, with the team as it is. */
export async function checkAssignment(db: Db, { teamId, scope, assignment }: { teamId: string; scope: string; assignment: Assignment }): Promise<FieldError[]> {
  const forbidden = scope === TEAM_SCOPE ? [] : teamsAlone(assignment);
  if (forbidden.length > 0) return forbidden;
  const people = await routingTeam(db, teamId);
  const { team, agents } = await newestAssignment(db, teamId);
  if (scope !== TEAM_SCOPE) return inAgent({ own: assignment, team }, people);
  // An agent that sets nothing of assignment has the team's policy, and so its problems.
  const names = new Map((await listAgents(db, teamId)).map(({ id, name }) => [id, name]));
  const overriding = agents.flatMap(({ agentId, assignment: own }) => {
    const name = names.get(agentId);
    return name === undefined ? [] : [{ name, own }];
  });
  return inTeam({ before: team, after: assignment, agents: overriding }, people);
}

/** Whether any policy of the team assigns by itself. */
export async function assignsAutomatically(db: Db, teamId: string): Promise<boolean> {
  const { team, agents } = await newestAssignment(db, teamId);
  return [{}, ...agents.map(({ assignment }) => assignment)].some((own) => effectiveRoutingPolicy(team, own).mode !== 'manual');
}
