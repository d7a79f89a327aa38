import type { Db } from '#prisma/client.ts';
import { hoursInUse } from '#prisma/store/hours-in-use.ts';
import { SLA_SCOPE } from '#prisma/store/policies.ts';
import { renewSlaPolicies } from '#prisma/store/sla-policies.ts';
import { type FollowDeps, startFollowing } from '#switchboard/follow-edit.ts';
import type { Actor } from '#workflows/domain/actor.ts';
import type { Result } from '#workflows/domain/errors.ts';

/**
 * Makes a change in the transaction of `tx`, which holds the team's lock of policies, and has open tickets follow where
 * it changed the hours that their clocks count by (P34): a name, or a schedule that no SLA policy uses, is nothing to them.
 */
export async function followed<T>(tx: Db, { teamId, by, ...deps }: FollowDeps & { teamId: string; by: Actor }, change: () => Promise<Result<T>>): Promise<Result<T>> {
  const before = await hoursInUse(tx, teamId);
  const result = await change();
  if (!result.ok || (await hoursInUse(tx, teamId)) === before) return result;
  const version = await renewSlaPolicies(tx, teamId, by);
  if (version !== null) await startFollowing(deps, { teamId, scope: SLA_SCOPE, version });
  return result;
}
