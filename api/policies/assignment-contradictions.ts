import type { PolicyOverrides } from '#workflows/contract/settings.ts';
import type { FieldError } from '#workflows/domain/errors.ts';
import { AGENT_ROUTING_KEYS, effectiveRoutingPolicy } from '#workflows/domain/routing-policy.ts';
import { routingProblems } from '#workflows/domain/routing-problems.ts';
import type { Problem, RoutingTeam } from '#workflows/domain/routing-problems.ts';
import { canonical } from './canonical.ts';

/** What of a scope's settings says who gets a ticket. */
export type Routing = Pick<PolicyOverrides, 'assignment' | 'handoverCases'>;
type Assignment = NonNullable<PolicyOverrides['assignment']>;

const OVERRIDES = 'body.overrides';
const AT = `${OVERRIDES}.assignment`;
const AGENT_KEYS: readonly string[] = AGENT_ROUTING_KEYS;

/** What an agent may not set of assignment (P18), each at its field. */
export function teamsAlone(assignment: Assignment): FieldError[] {
  return Object.keys(assignment)
    .filter((key) => !AGENT_KEYS.includes(key))
    .map((key) => ({ path: `${AT}.${key}`, message: `${key} is the team's alone: set it in the team's policy` }));
}

/** What contradicts in the policy in force where `own` is set over the team's. */
export function problemsIn({ own = {}, team }: { own?: Routing; team: Routing }, people: RoutingTeam): readonly Problem[] {
  return routingProblems(effectiveRoutingPolicy(team.assignment ?? {}, own.assignment), people, own.handoverCases ?? team.handoverCases);
}

interface Edit {
  readonly before: Routing;
  readonly after: Routing;
}

/** What an edit of an agent's policy is refused for. */
export function inAgent({ before, after, team }: Edit & { team: Routing }, people: RoutingTeam): FieldError[] {
  const known = problemsIn({ own: before, team }, people);
  return problemsIn({ own: after, team }, people)
    .filter((problem) => isOfEdit(problem, { before, after }) || !isAmong(known, problem))
    .map((problem) => at(after, problem));
}

/**
 * What an edit of the team's policy is refused for, and what it brings upon agents that override parts; what was wrong
 * with an agent before is its own page's matter, and keeps nobody from editing the team's.
 */
export function inTeam({ before, after, agents }: Edit & { agents: readonly { readonly name: string; readonly own: Routing }[] }, people: RoutingTeam): FieldError[] {
  const old = problemsIn({ team: before }, people);
  const teams = problemsIn({ team: after }, people);
  const brought = agents.flatMap(({ name, own }) => {
    const known = [...teams, ...problemsIn({ own, team: before }, people)];
    return problemsIn({ own, team: after }, people)
      .filter((problem) => !isAmong(known, problem))
      .map(({ message, ...problem }) => at(sets(own, problem.path) ? {} : after, { ...problem, message: `${name} inherits this, where ${message}` }));
  });
  return [...teams.filter((problem) => isOfEdit(problem, { before, after }) || !isAmong(old, problem)).map((problem) => at(after, problem)), ...brought];
}

/** Somebody's leaving may have made the other half contradict the team: that must not keep this one from being edited. */
function isOfEdit({ path }: Problem, { before, after }: Edit): boolean {
  const half = isOfCase(path) ? 'handoverCases' : 'assignment';
  return canonical(before[half] ?? null) !== canonical(after[half] ?? null);
}

function isAmong(known: readonly Problem[], { path, message }: Problem): boolean {
  return known.some((one) => one.path === path && one.message === message);
}

/** At its field where this scope sets it, else at the whole, which it contradicts with what it inherits. */
function at(set: Routing, { path, message }: Pick<Problem, 'path' | 'message'>): FieldError {
  if (!sets(set, path)) return { path: AT, message: `${message} (${fieldOf(path)})` };
  return { path: `${isOfCase(path) ? OVERRIDES : AT}.${path}`, message };
}

function sets({ assignment = {}, handoverCases }: Routing, path: string): boolean {
  return isOfCase(path) ? handoverCases !== undefined : Object.hasOwn(assignment, fieldOf(path));
}

function isOfCase(path: string): boolean {
  return fieldOf(path) === 'handoverCases';
}

function fieldOf(path: string): string {
  return path.split('.')[0] ?? path;
}
