import { insertPolicyVersion, newestOfAll } from '#prisma/store/policies.ts';
import type { PolicyRow } from '#prisma/store/policies.ts';
import { makeDefault } from '#prisma/store/schedules.ts';
import { insertSlaPolicies, slaPoliciesOf } from '#prisma/store/sla-policies.ts';
import { type FollowDeps, startFollowing } from '#switchboard/follow-edit.ts';
import type { Db } from '#prisma/client.ts';
import type { ScheduleView } from '#workflows/contract/schedules.ts';
import { slaPolicyList } from '#workflows/contract/sla.ts';
import type { Actor } from '#workflows/domain/actor.ts';
import type { Instant } from '#workflows/domain/instant.ts';
import { usesOfSchedule } from '../policies/uses-in-policies.ts';

/** What counts by a schedule, in words; a team's default is in use while there is another that could be it. */
export async function usesOf(db: Db, teamId: string, { id, isDefault }: Pick<ScheduleView, 'id' | 'isDefault'>, { hasOthers }: { hasOthers: boolean }): Promise<string[]> {
  const { policies } = await slaPoliciesOf(db, teamId);
  return [
    ...(isDefault && hasOthers ? ['the team’s default'] : []),
    ...policies.filter(({ scheduleId }) => scheduleId === id).map(({ name }) => `the hours of the SLA policy “${name}”`),
    ...(await usesOfSchedule(db, teamId, id)),
  ];
}

interface Replaced extends FollowDeps {
  readonly teamId: string;
  readonly schedule: Pick<ScheduleView, 'id' | 'isDefault'>;
  readonly replaceBy: string;
  readonly by: Actor;
  readonly now: Instant;
}

/**
 * Puts another schedule in the place of one that goes, wherever it is in use: as the team's default, in its and its agents'
 * policies and in the SLA policies, these as new versions that open tickets follow (of SLA policies `followed` sees to it).
 * Under the team's lock of policies, in the transaction in which it goes.
 */
export async function replaceSchedule(tx: Db, { teamId, schedule: { id, isDefault }, replaceBy, by, now, ...deps }: Replaced): Promise<void> {
  if (isDefault) await makeDefault(tx, { teamId, id: replaceBy, by, at: new Date(now) });
  const rewritten: PolicyRow[] = [];
  for (const { scope, version, overrides } of (await newestOfAll(tx, teamId)).filter((one) => one.overrides.scheduleId === id)) {
    rewritten.push(await insertPolicyVersion(tx, { teamId, scope, version: version + 1, overrides: { ...overrides, scheduleId: replaceBy }, changedBy: by }));
  }
  // All of them are committed together, and whoever follows one tells every ticket whatever is the newest.
  const [first] = rewritten;
  if (first !== undefined) await startFollowing(deps, { teamId, scope: first.scope, version: first.version });
  const { version, policies } = await slaPoliciesOf(tx, teamId);
  if (!policies.some(({ scheduleId }) => scheduleId === id)) return;
  const replaced = policies.map((policy) => (policy.scheduleId === id ? { ...policy, scheduleId: replaceBy } : policy));
  await insertSlaPolicies(tx, { teamId, version: version + 1, policies: slaPolicyList.parse(replaced), changedBy: by });
}
