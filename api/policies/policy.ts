import { actorNames } from '#prisma/store/actor-names.ts';
import type { NameActor } from '#prisma/store/actor-names.ts';
import { hasAgent } from '#prisma/store/agents.ts';
import { TEAM_SCOPE, newestFor, policyHistory } from '#prisma/store/policies.ts';
import type { PolicyRow } from '#prisma/store/policies.ts';
import type { Db } from '#prisma/client.ts';
import type { PolicyOverrides } from '#workflows/contract/settings.ts';
import type { PolicyView } from '#workflows/contract/views.ts';
import { ok, refuse } from '#workflows/domain/errors.ts';
import type { Refusal, Result } from '#workflows/domain/errors.ts';
import { DEFAULT_POLICY, POLICY_KEYS, effectivePolicy } from '#workflows/domain/policy.ts';
import { isId } from '../is-id.ts';
import type { Principal } from '../principal.ts';
import { refuseUnlessReader } from '../require-role.ts';
import type { SettingsDeps } from '../settings-deps.ts';

type Deps = Pick<SettingsDeps, 'prisma'>;

/**
 * The settings of a scope (`team` or an agent's id): its overrides, what is in force, and where each value comes from.
 * An agent key may read its own agent's: that is how an external agent learns its handover cases (P58).
 */
export async function policy({ prisma }: Deps, principal: Principal, scope: string): Promise<Result<PolicyView>> {
  const refused = refuseStrangeReader(principal, scope) ?? (await refuseUnknownScope(prisma, principal.teamId, scope));
  if (refused) return refused;
  const { team, agent } = await newestFor(prisma, principal.teamId, scope === TEAM_SCOPE ? null : scope);
  const row = scope === TEAM_SCOPE ? team : agent;
  return ok(viewOf(row, { scope, team, nameOf: await namesIn(prisma, principal.teamId, [row]) }));
}

/** Every version of a scope, newest first, each as it would be over the team's settings of now. */
export async function policyVersions({ prisma }: Deps, principal: Principal, scope: string): Promise<Result<PolicyView[]>> {
  const refused = refuseUnlessReader(principal) ?? (await refuseUnknownScope(prisma, principal.teamId, scope));
  if (refused) return refused;
  const { teamId } = principal;
  const { team } = await newestFor(prisma, teamId, null);
  const rows = await policyHistory(prisma, teamId, scope);
  const nameOf = await namesIn(prisma, teamId, rows);
  return ok(rows.map((row) => viewOf(row, { scope, team, nameOf })));
}

/** Null where the team has this scope. */
export async function refuseUnknownScope(db: Db, teamId: string, scope: string): Promise<Refusal | null> {
  if (scope === TEAM_SCOPE || (isId('agent', scope) && (await hasAgent(db, teamId, scope)))) return null;
  return refuse('not_found', 'The team has no such agent; a scope is "team" or the id of an agent.');
}

/** The names of whoever made these versions. */
export async function namesIn(db: Db, teamId: string, rows: readonly PolicyRow[]): Promise<NameActor> {
  return actorNames(db, teamId, rows.flatMap((row) => (row.changedBy === null ? [] : [row.changedBy])));
}

/** A version as people see it, over the team's settings where the scope is an agent's. */
export function viewOf(row: PolicyRow, { scope, team, nameOf }: { scope: string; team: PolicyRow; nameOf: NameActor }): PolicyView {
  const base = scope === TEAM_SCOPE ? {} : team.overrides;
  return {
    scope,
    version: row.version,
    overrides: row.overrides,
    effective: { ...effectivePolicy(base, row.overrides) },
    inheritedFrom: inheritedFrom({ own: row.overrides, team: base }),
    changedBy: row.changedBy === null ? null : nameOf(row.changedBy),
    changedAt: row.changedAt === null ? null : new Date(row.changedAt).toISOString(),
  };
}

function inheritedFrom({ own, team }: { own: PolicyOverrides; team: PolicyOverrides }): PolicyView['inheritedFrom'] {
  const sources = (keys: readonly string[], mine: object, theirs: object, prefix = '') =>
    keys.map((key) => [`${prefix}${key}`, Reflect.get(mine, key) !== undefined ? 'own' : Reflect.get(theirs, key) !== undefined ? 'team' : 'default'] as const);
  return Object.fromEntries([
    ...sources(POLICY_KEYS.filter((key) => key !== 'assignment'), own, team),
    ...sources(Object.keys(DEFAULT_POLICY.assignment), own.assignment ?? {}, team.assignment ?? {}, 'assignment.'),
  ]);
}

function refuseStrangeReader(principal: Principal, scope: string): Refusal | null {
  return principal.kind === 'agent' && principal.agentId === scope ? null : refuseUnlessReader(principal);
}
