import { listAgents } from '#prisma/store/agents.ts';
import { TEAM_SCOPE, newestAssignment, newestOfAll } from '#prisma/store/policies.ts';
import { routingTeam } from '#prisma/store/routing-team.ts';
import type { TeamEdit } from '#prisma/store/routing-team.ts';
import type { Db } from '#prisma/client.ts';
import type { FieldError } from '#workflows/domain/errors.ts';
import { effectiveRoutingPolicy } from '#workflows/domain/routing-policy.ts';
import type { Problem, RoutingTeam } from '#workflows/domain/routing-problems.ts';
import { inAgent, inTeam, problemsIn, teamsAlone } from './assignment-contradictions.ts';
import type { Routing } from './assignment-contradictions.ts';
import { canonical } from './canonical.ts';

/** What is wrong with what a scope is about to set of assignment and handover cases, with the team as it is. */
export async function checkAssignment(db: Db, { teamId, scope, before, after }: { teamId: string; scope: string; before: Routing; after: Routing }): Promise<FieldError[]> {
  if (isSame(before.assignment ?? {}, after.assignment ?? {}) && isSame(before.handoverCases, after.handoverCases)) return [];
  const forbidden = scope === TEAM_SCOPE ? [] : teamsAlone(after.assignment ?? {});
  if (forbidden.length > 0) return forbidden;
  const people = await routingTeam(db, teamId);
  const { team, agents } = await inForce(db, teamId);
  return scope === TEAM_SCOPE ? inTeam({ before: team, after, agents }, people) : inAgent({ before, after, team }, people);
}

/**
 * What an edit of people leaves without anybody that had somebody before (P19, P20, P21), in the words of the policy in
 * force that needs them. No policy may change meanwhile: the caller's transaction has locked them.
 */
export async function broughtByPeople(db: Db, teamId: string, edit: TeamEdit): Promise<string[]> {
  const [before, after] = [await routingTeam(db, teamId), await routingTeam(db, teamId, edit)];
  const { team, agents } = await inForce(db, teamId);
  const policies = [{ whose: 'the default policy', own: {} }, ...agents.map(({ name, own }) => ({ whose: `${name}’s policy`, own }))];
  const brought = policies.map(({ whose, own }) => ({ whose, messages: brings({ own, team }, { before, after }) }));
  const teams = brought[0]?.messages ?? [];
  return brought.flatMap(({ whose, messages }, index) => messages.filter((one) => index === 0 || !teams.includes(one)).map((message) => `${whose}: ${message}`));
}

function brings(policy: { own: Routing; team: Routing }, { before, after }: { before: RoutingTeam; after: RoutingTeam }): string[] {
  const known = new Set(problemsIn(policy, before).map(kindOf));
  return problemsIn(policy, after).filter((problem) => !known.has(kindOf(problem))).map(({ message }) => message);
}

/** Whoever puts somebody unfit into an empty group changes the reason and not the trouble. */
function kindOf({ path, why }: Problem): string {
  const place = path.startsWith('handoverCases.') ? (path.split('.')[1] ?? '') : '';
  return `${place} ${why === 'never_fits' ? 'no_candidates' : why}`;
}

/** What each scope sets; an agent that sets nothing of it has the team's policy, and so its problems. */
async function inForce(db: Db, teamId: string): Promise<{ team: Routing; agents: { name: string; own: Routing }[] }> {
  const set = await newestOfAll(db, teamId);
  const names = new Map((await listAgents(db, teamId)).map(({ id, name }) => [id, name]));
  const agents = set.flatMap(({ scope, overrides: { assignment, handoverCases } }) => {
    const name = names.get(scope);
    if (name === undefined || (assignment === undefined && handoverCases === undefined)) return [];
    return [{ name, own: { assignment, handoverCases } }];
  });
  return { team: set.find(({ scope }) => scope === TEAM_SCOPE)?.overrides ?? {}, agents };
}

function isSame(one: unknown, other: unknown): boolean {
  return canonical(one ?? null) === canonical(other ?? null);
}

/** Whether any policy of the team assigns by itself. */
export async function assignsAutomatically(db: Db, teamId: string): Promise<boolean> {
  const { team, agents } = await newestAssignment(db, teamId);
  return [{}, ...agents.map(({ assignment }) => assignment)].some((own) => effectiveRoutingPolicy(team, own).mode !== 'manual');
}
