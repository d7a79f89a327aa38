import { speaks } from './language.ts';
import type { HandoverCase } from './policy.ts';
import type { RoutingPolicy } from './routing-policy.ts';

/** What the check needs to know of a team: people who work tickets, the groups that exist, whose shifts are planned. */
export interface RoutingTeam {
  readonly operators: readonly {
    readonly id: string;
    readonly groups: readonly string[];
    readonly skills: readonly string[];
    readonly languages: readonly string[];
    readonly cap: number | null;
  }[];
  readonly groups: readonly string[];
  readonly shifts: readonly { readonly operatorId: string }[];
}

export interface Problem {
  /** The field, as it is spelt in the policy; a handover case's by its place in the list. */
  readonly path: string;
  readonly message: string;
  readonly why: 'unknown_name' | 'no_candidates' | 'no_shifts' | 'never_fits';
}

/** What a case asks of people (P58). */
export type RoutedCase = Pick<HandoverCase, 'action' | 'skills' | 'group'>;

/** What policies and their cases contradict, in themselves or with the team as it is: refused with the field and the reason (P19, P21, P24, P58). */
export function routingProblems(policy: RoutingPolicy, team: RoutingTeam, cases: readonly RoutedCase[] = []): readonly Problem[] {
  const own = [...unknownNames(policy, team), ...noCandidates(policy, team), ...noShifts(policy, team), ...neverFits(policy, team)];
  // What is wrong with every ticket is told once, and not again for each case.
  const isBroken = own.some(({ why }) => why === 'never_fits');
  return [...own, ...cases.flatMap((one, index) => inCase(one, { policy, team, isBroken }).map(({ path, ...problem }) => ({ ...problem, path: `handoverCases.${index}.${path}` })))];
}

function unknownNames({ eligibleGroup, escalateTo }: RoutingPolicy, { groups, operators }: RoutingTeam): readonly Problem[] {
  const problems: Omit<Problem, 'why'>[] = [];
  if (eligibleGroup !== null && !groups.includes(eligibleGroup)) problems.push({ path: 'eligibleGroup', message: `there is no group ${eligibleGroup}` });
  if (escalateTo.kind === 'group' && !groups.includes(escalateTo.key)) problems.push({ path: 'escalateTo.key', message: `there is no group ${escalateTo.key}` });
  if (escalateTo.kind === 'operator' && !operators.some(({ id }) => id === escalateTo.id)) {
    problems.push({ path: 'escalateTo.id', message: `there is no operator ${escalateTo.id}` });
  }
  return problems.map((problem) => ({ ...problem, why: 'unknown_name' }));
}

function noCandidates({ mode, eligibleGroup }: RoutingPolicy, team: RoutingTeam): readonly Problem[] {
  const members = membersOf(eligibleGroup, team);
  if (mode === 'manual' || members === null) return [];
  const where = eligibleGroup === null ? 'the team' : `group ${eligibleGroup}`;
  const why = 'no_candidates';
  if (members.length === 0) return [{ path: 'eligibleGroup', why, message: `${mode} needs somebody to assign to, and ${where} has no operators` }];
  if (members.some(mayReceive)) return [];
  return [{ path: 'mode', why, message: `${mode} would assign to nobody: everybody of ${where} has a cap of 0` }];
}

function noShifts({ mode, eligibleGroup, nextShiftFallback }: RoutingPolicy, team: RoutingTeam): readonly Problem[] {
  const members = membersOf(eligibleGroup, team);
  if (mode === 'manual' || !nextShiftFallback || members === null) return [];
  const planned = new Set(team.shifts.map(({ operatorId }) => operatorId));
  if (members.some((one) => mayReceive(one) && planned.has(one.id))) return [];
  return [{ path: 'nextShiftFallback', why: 'no_shifts', message: 'nobody who could receive tickets has shifts, so there is no next shift to assign to' }];
}

interface Criteria {
  readonly skills: readonly string[];
  readonly languages: readonly string[];
}

/** Without relaxation criteria that nobody meets keep every ticket waiting for ever: one of them, or all of them together. */
function neverFits(policy: RoutingPolicy, team: RoutingTeam): readonly Problem[] {
  return policy.mode === 'manual' || policy.relaxAfterMinutes !== null ? [] : nobodyMeets(policy, receivers(policy.eligibleGroup, team));
}

function nobodyMeets({ skills, languages }: Criteria, candidates: RoutingTeam['operators']): readonly Problem[] {
  const why = 'never_fits';
  if (candidates.length === 0) return [];
  const says = (what: string) => `nobody who could receive tickets has ${what}, and relaxAfterMinutes is never`;
  const single = [
    ...skills.map((one, index) => ({ path: `skills.${index}`, one, isMet: candidates.some((person) => person.skills.includes(one)) })),
    ...languages.map((one, index) => ({ path: `languages.${index}`, one, isMet: candidates.some((person) => speaks(person.languages, one)) })),
  ].filter(({ isMet }) => !isMet);
  if (single.length > 0) return single.map(({ path, one }) => ({ path, why, message: says(one) }));
  const meetsAll = candidates.some((person) => skills.every((one) => person.skills.includes(one)) && languages.every((one) => speaks(person.languages, one)));
  if (meetsAll) return [];
  return [{ path: skills.length > 0 ? 'skills' : 'languages', why, message: says(`all of ${[...skills, ...languages].join(', ')}`) }];
}

/** A case's group takes the place of the policy's, and its skills come on top. */
function inCase({ action, skills, group }: RoutedCase, { policy, team, isBroken }: { policy: RoutingPolicy; team: RoutingTeam; isBroken: boolean }): readonly Problem[] {
  if (action === 'never') return [];
  if (group !== null && !team.groups.includes(group)) return [{ path: 'group', why: 'unknown_name', message: `there is no group ${group}` }];
  const candidates = receivers(group ?? policy.eligibleGroup, team);
  if (policy.mode === 'manual') return [];
  if (group !== null && candidates.length === 0) {
    return [{ path: 'group', why: 'no_candidates', message: `${policy.mode} would assign to nobody: group ${group} has no operators, or all of them a cap of 0` }];
  }
  if (policy.relaxAfterMinutes !== null || isBroken || (group === null && skills.length === 0)) return [];
  const problems = nobodyMeets({ skills: [...skills, ...policy.skills.filter((one) => !skills.includes(one))], languages: policy.languages }, candidates);
  // What the case does not ask for itself is told at the field with which it contradicts that.
  return problems.map((problem) => (isOwn(problem, skills) ? problem : { ...problem, path: skills.length > 0 ? 'skills' : 'group' }));
}

function isOwn({ path }: Problem, skills: readonly string[]): boolean {
  const [field, index] = path.split('.');
  return field === 'skills' && index !== undefined && Number(index) < skills.length;
}

/** P19: a cap of 0 is nothing automatic. */
function mayReceive({ cap }: RoutingTeam['operators'][number]): boolean {
  return cap !== 0;
}

function receivers(group: string | null, team: RoutingTeam): RoutingTeam['operators'] {
  return (membersOf(group, team) ?? []).filter(mayReceive);
}

/** Null where the group does not exist: that is the problem, and is told once. */
function membersOf(group: string | null, { operators, groups }: RoutingTeam): RoutingTeam['operators'] | null {
  if (group === null) return operators;
  return groups.includes(group) ? operators.filter((one) => one.groups.includes(group)) : null;
}
