import type { PolicyOverrides } from '#workflows/contract/settings.ts';
import type { FieldError } from '#workflows/domain/errors.ts';
import { AGENT_ROUTING_KEYS, effectiveRoutingPolicy } from '#workflows/domain/routing-policy.ts';
import { routingProblems } from '#workflows/domain/routing-problems.ts';
import type { Problem, RoutingTeam } from '#workflows/domain/routing-problems.ts';

type Assignment = NonNullable<PolicyOverrides['assignment']>;

const AT = 'body.overrides.assignment';
const AGENT_KEYS: readonly string[] = AGENT_ROUTING_KEYS;

/** What an agent may not set of assignment (P18), each at its field. */
export function teamsAlone(assignment: Assignment): FieldError[] {
  return Object.keys(assignment)
    .filter((key) => !AGENT_KEYS.includes(key))
    .map((key) => ({ path: `${AT}.${key}`, message: `${key} is the team's alone: set it in the team's policy` }));
}

/** What contradicts in the policy in force for an agent that sets `own` over the team's. */
export function inAgent({ own, team }: { own: Assignment; team: Assignment }, people: RoutingTeam): FieldError[] {
  return routingProblems(effectiveRoutingPolicy(team, own), people).map((problem) => at(own, problem));
}

interface TeamEdit {
  readonly before: Assignment;
  readonly after: Assignment;
  readonly agents: readonly { readonly name: string; readonly own: Assignment }[];
}

/**
 * What contradicts in the team's policy in force, and what an edit of it brings upon agents that override parts; what
 * was wrong with an agent before is its own page's matter, and keeps nobody from editing the team's.
 */
export function inTeam({ before, after, agents }: TeamEdit, people: RoutingTeam): FieldError[] {
  const teams = routingProblems(effectiveRoutingPolicy(after), people);
  const brought = agents.flatMap(({ name, own }) => {
    const known = [...teams, ...routingProblems(effectiveRoutingPolicy(before, own), people)];
    return routingProblems(effectiveRoutingPolicy(after, own), people)
      .filter((problem) => !known.some(({ path, message }) => path === problem.path && message === problem.message))
      .map(({ path, message }) => at(Object.hasOwn(own, fieldOf(path)) ? {} : after, { path, message: `${name} inherits this, where ${message}` }));
  });
  return [...teams.map((problem) => at(after, problem)), ...brought];
}

/** At its field where this scope sets it, else at the whole, which it contradicts with what it inherits. */
function at(set: Assignment, { path, message }: Problem): FieldError {
  return Object.hasOwn(set, fieldOf(path)) ? { path: `${AT}.${path}`, message } : { path: AT, message: `${message} (${fieldOf(path)})` };
}

function fieldOf(path: string): string {
  return path.split('.')[0] ?? path;
}
