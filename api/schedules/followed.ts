import type { Db } from '#prisma/client.ts';
import { hoursInUse } from '#prisma/store/hours-in-use.ts';
import { SLA_SCOPE } from '#prisma/store/policies.ts';
import { renewSlaPolicies, slaPoliciesOf } from '#prisma/store/sla-policies.ts';
import { type FollowDeps, startFollowing } from '#switchboard/follow-edit.ts';
import type { Actor } from '#workflows/domain/actor.ts';
import type { Result } from '#workflows/domain/errors.ts';

/**
 * Makes a change in the transaction of `tx`, which holds the team's lock of policies, and has open tickets follow where
 * it changed the hours that their clocks count by (P34), or wrote SLA policies itself: a name, or a schedule that no SLA
 * policy uses, is nothing to them.
 */
export async function followed<T>(tx: Db, { teamId, by, ...deps }: FollowDeps & { teamId: string; by: Actor }, change: () => Promise<Result<T>>): Promise<Result<T>> {
  const before = { hours: await hoursInUse(tx, teamId), ...(await slaPoliciesOf(tx, teamId)) };
  const result = await change();
  if (!result.ok) return result;
  const written = (await slaPoliciesOf(tx, teamId)).version;
  if (written === before.version && (await hoursInUse(tx, teamId)) === before.hours) return result;
  const version = written === before.version ? await renewSlaPolicies(tx, teamId, by) : written;
  if (version !== null) await startFollowing(deps, { teamId, scope: SLA_SCOPE, version });
  return result;
}
