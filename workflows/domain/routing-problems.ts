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
  /** The field, as it is spelt in the policy. */
  readonly path: string;
  readonly message: string;
}

/** What a policy in force contradicts, in itself or with the team as it is: refused with the field and the reason (P19, P21, P24). */
export function routingProblems(policy: RoutingPolicy, team: RoutingTeam): readonly Problem[] {
  return [...unknownNames(policy, team), ...noCandidates(policy, team), ...noShifts(policy, team), ...neverFits(policy, team)];
}

function unknownNames({ eligibleGroup, escalateTo }: RoutingPolicy, { groups, operators }: RoutingTeam): readonly Problem[] {
  const problems: Problem[] = [];
  if (eligibleGroup !== null && !groups.includes(eligibleGroup)) problems.push({ path: 'eligibleGroup', message: `there is no group ${eligibleGroup}` });
  if (escalateTo.kind === 'group' && !groups.includes(escalateTo.key)) problems.push({ path: 'escalateTo.key', message: `there is no group ${escalateTo.key}` });
  if (escalateTo.kind === 'operator' && !operators.some(({ id }) => id === escalateTo.id)) {
    problems.push({ path: 'escalateTo.id', message: `there is no operator ${escalateTo.id}` });
  }
  return problems;
}

function noCandidates(policy: RoutingPolicy, team: RoutingTeam): readonly Problem[] {
  if (policy.mode === 'manual') return [];
  const members = eligible(policy, team);
  const where = policy.eligibleGroup === null ? 'the team' : `group ${policy.eligibleGroup}`;
  if (members === null) return [];
  if (members.length === 0) return [{ path: 'eligibleGroup', message: `${policy.mode} needs somebody to assign to, and ${where} has no operators` }];
  if (members.some(({ cap }) => cap !== 0)) return [];
  return [{ path: 'mode', message: `${policy.mode} would assign to nobody: everybody of ${where} has a cap of 0` }];
}

function noShifts(policy: RoutingPolicy, team: RoutingTeam): readonly Problem[] {
  const members = eligible(policy, team);
  if (policy.mode === 'manual' || !policy.nextShiftFallback || members === null) return [];
  const planned = new Set(team.shifts.map(({ operatorId }) => operatorId));
  if (members.some(({ id, cap }) => cap !== 0 && planned.has(id))) return [];
  return [{ path: 'nextShiftFallback', message: 'nobody who could receive tickets has shifts, so there is no next shift to assign to' }];
}

/** Without relaxation a criterion that nobody meets keeps every ticket waiting for ever. */
function neverFits(policy: RoutingPolicy, team: RoutingTeam): readonly Problem[] {
  const members = eligible(policy, team);
  if (policy.mode === 'manual' || policy.relaxAfterMinutes !== null || members === null || members.length === 0) return [];
  return (['skills', 'languages'] as const).flatMap((path) =>
    policy[path].flatMap((one, index) =>
      members.some((operator) => operator[path].includes(one))
        ? []
        : [{ path: `${path}.${index}`, message: `nobody who could receive tickets has ${one}, and relaxAfterMinutes is never` }],
    ),
  );
}

/** Null where the group does not exist: that is the problem, and is told once. */
function eligible({ eligibleGroup }: RoutingPolicy, { operators, groups }: RoutingTeam): RoutingTeam['operators'] | null {
  if (eligibleGroup === null) return operators;
  return groups.includes(eligibleGroup) ? operators.filter((one) => one.groups.includes(eligibleGroup)) : null;
}
