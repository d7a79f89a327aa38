import { strangersAmong } from '#prisma/store/assignees.ts';
import { insertPolicyVersion, newestOfAll, SLA_SCOPE } from '#prisma/store/policies.ts';
import type { PolicyRow } from '#prisma/store/policies.ts';
import { insertSlaPolicies, slaPoliciesOf } from '#prisma/store/sla-policies.ts';
import { lockTeam } from '#prisma/store/team-lock.ts';
import { type FollowDeps, startFollowing } from '#switchboard/follow-edit.ts';
import type { Db } from '#prisma/client.ts';
import type { PolicyOverrides } from '#workflows/contract/settings.ts';
import { slaPolicyList } from '#workflows/contract/sla.ts';
import type { Actor } from '#workflows/domain/actor.ts';
import { ok, refuse, refuseField } from '#workflows/domain/errors.ts';
import type { Result } from '#workflows/domain/errors.ts';
import { tellingInstead, tellsPerson } from '#workflows/domain/sla-notices.ts';
import { tellsOperator, usesOfOperator } from '../policies/uses-in-policies.ts';

interface Leaving extends FollowDeps {
  readonly teamId: string;
  readonly id: string;
  readonly name: string;
  /** Who is told instead; null: what the policy has without its own, and of clocks the admins; undefined: nobody was named. */
  readonly replaceBy: string | null | undefined;
  readonly by: Actor;
}

/**
 * Takes somebody out of the policies whose escalations tell them (P24), and out of the SLA policies whose warnings and
 * breaches do (P33), as new versions that open tickets follow. Refused with `in_use`, which says what names them, where
 * nothing takes their place. Inside the transaction in which they leave.
 */
export async function leavePolicies(tx: Db, { teamId, id, name, replaceBy, by, ...deps }: Leaving): Promise<Result<void>> {
  // No policy may begin to name them meanwhile.
  await lockTeam(tx, teamId, 'policies');
  if (replaceBy === id) return refuseField('body.replaceBy', 'must be somebody else than the one who goes');
  const [stranger] = await strangersAmong(tx, teamId, typeof replaceBy === 'string' ? [replaceBy] : [], { whoWork: true });
  if (stranger !== undefined) return refuseField('body.replaceBy', 'must be an enabled operator or admin of the team, or null for the default');
  const naming = await policiesTelling(tx, teamId, id);
  const sla = await slaPoliciesOf(tx, teamId);
  const clocks = sla.policies.filter((policy) => tellsPerson(policy, id)).map((policy) => `the SLA policy “${policy.name}”`);
  if (naming.length + clocks.length > 0 && replaceBy === undefined) return inUse(name, [...(await usesOfOperator(tx, teamId, id)), ...clocks]);
  const rewritten: PolicyRow[] = [];
  for (const { scope, version, overrides } of naming) {
    rewritten.push(await insertPolicyVersion(tx, { teamId, scope, version: version + 1, overrides: telling(overrides, replaceBy ?? null), changedBy: by }));
  }
  // All of them are committed together, and whoever follows one tells every ticket whatever is the newest.
  const [first] = rewritten;
  if (first !== undefined) await startFollowing(deps, { teamId, scope: first.scope, version: first.version });
  if (clocks.length > 0) {
    const version = sla.version + 1;
    const policies = slaPolicyList.parse(sla.policies.map((policy) => tellingInstead(policy, id, replaceBy ?? 'admins')));
    await insertSlaPolicies(tx, { teamId, version, policies, changedBy: by });
    await startFollowing(deps, { teamId, scope: SLA_SCOPE, version });
  }
  return ok(undefined);
}

async function policiesTelling(db: Db, teamId: string, operatorId: string): Promise<PolicyRow[]> {
  return (await newestOfAll(db, teamId)).filter(({ overrides }) => tellsOperator(overrides, operatorId));
}

function telling({ assignment: { escalateTo: _gone, ...rest } = {}, ...overrides }: PolicyOverrides, operatorId: string | null): PolicyOverrides {
  const assignment = operatorId === null ? rest : { ...rest, escalateTo: { kind: 'operator' as const, id: operatorId } };
  return Object.keys(assignment).length === 0 ? overrides : { ...overrides, assignment };
}

function inUse(name: string, uses: readonly string[]) {
  const message = 'must name who is told instead, or be null for the default';
  return refuse('in_use', `${name} is named by ${uses.join(' and ')}. Say who is told instead.`, { errors: [{ path: 'body.replaceBy', message }] });
}
