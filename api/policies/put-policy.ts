import type { z } from 'zod';
import type { Db } from '#prisma/client.ts';
import { TEAM_SCOPE, insertPolicyVersion, newestFor } from '#prisma/store/policies.ts';
import type { PolicyRow } from '#prisma/store/policies.ts';
import { setRoutes } from '#prisma/store/routing/router-flag.ts';
import { announce } from '#prisma/store/team-events.ts';
import { lockTeam } from '#prisma/store/team-lock.ts';
import { type FollowDeps, refusalOfEdit, startFollowing } from '#switchboard/follow-edit.ts';
import { putPolicy as putPolicyInput } from '#workflows/contract/settings.ts';
import type { PolicyOverrides } from '#workflows/contract/settings.ts';
import type { PolicyView } from '#workflows/contract/views.ts';
import { ok, refuse } from '#workflows/domain/errors.ts';
import type { Result } from '#workflows/domain/errors.ts';
import { effectivePolicy } from '#workflows/domain/policy.ts';
import { findSchedule } from '#prisma/store/schedules.ts';
import { parseInput } from '../parse-input.ts';
import { versionConflict } from '../version-conflict.ts';
import { actorOf } from '../principal.ts';
import type { Principal } from '../principal.ts';
import { refuseUnlessAdmin } from '../require-role.ts';
import type { SettingsDeps } from '../settings-deps.ts';
import { canonical } from './canonical.ts';
import { assignsAutomatically, checkAssignment } from './check-assignment.ts';
import { contradictionsIn } from './contradictions.ts';
import { namesIn, refuseUnknownScope, viewOf } from './policy.ts';

type Deps = Pick<SettingsDeps, 'prisma'> & FollowDeps;

/**
 * Replaces a scope's overrides (what is left out is inherited again) by a new version; admins only. `ifVersion` is
 * the version that was read (0: never set): any other in force refuses with `version_conflict`. The same overrides
 * again make no new version. Settings that contradict each other are refused at their fields, and so is assignment that
 * contradicts the team as it is; the team's router hears of what is new, and open tickets follow in the background.
 */
export async function putPolicy(deps: Deps, principal: Principal, scope: string, input: z.input<typeof putPolicyInput>, ifVersion: number): Promise<Result<PolicyView>> {
  const refused = refuseUnlessAdmin(principal);
  if (refused) return refused;
  const parsed = parseInput(putPolicyInput, input);
  if (!parsed.ok) return parsed;
  const { prisma } = deps;
  const { teamId } = principal;
  const unknown = await refuseUnknownScope(prisma, teamId, scope);
  if (unknown) return unknown;
  const edit = { teamId, scope, overrides: parsed.value.overrides, ifVersion };

  try {
    return await prisma.$transaction(async (tx) => {
      // Whether the team routes depends on every scope: two edits at once would each miss the other's.
      await lockTeam(tx, teamId, 'policies');
      const weighed = await weigh(tx, edit);
      if (!weighed.ok) return weighed;
      const { current, team, isNew } = weighed.value;
      const row = isNew ? await insertPolicyVersion(tx, { teamId, scope, version: ifVersion + 1, overrides: edit.overrides, changedBy: actorOf(principal) }) : current;
      const view = viewOf(row, { scope, team, nameOf: await namesIn(tx, teamId, [row]) });
      if (isNew) {
        await startFollowing(deps, { teamId, scope, version: row.version });
        await setRoutes(tx, teamId, await assignsAutomatically(tx, teamId));
        await announce(tx, teamId, { events: [{ kind: 'settings' }] });
      }
      return ok(view);
    });
  } catch (error) {
    return refusalOfEdit(error);
  }
}

interface Edit {
  readonly teamId: string;
  readonly scope: string;
  readonly overrides: PolicyOverrides;
  readonly ifVersion: number;
}

/** Whether an edit may be made, and whether it changes anything. */
async function weigh(db: Db, { teamId, scope, overrides, ifVersion }: Edit): Promise<Result<{ current: PolicyRow; team: PolicyRow; isNew: boolean }>> {
  const { team, agent } = await newestFor(db, teamId, scope === TEAM_SCOPE ? null : scope);
  const current = scope === TEAM_SCOPE ? team : agent;
  if (current.version !== ifVersion) return versionConflict(current.version);
  const errors = contradictionsIn(overrides, effectivePolicy(scope === TEAM_SCOPE ? {} : team.overrides, overrides));
  const { scheduleId } = overrides;
  if (scheduleId != null && (await findSchedule(db, teamId, scheduleId)) === null) errors.push({ path: 'body.overrides.scheduleId', message: 'the team has no such schedule' });
  errors.push(...(await checkAssignment(db, { teamId, scope, before: current.overrides, after: overrides })));
  if (errors.length > 0) return refuse('invalid', errors.map(({ message }) => message).join('; '), { errors });
  return ok({ current, team, isNew: current.version === 0 || canonical(current.overrides) !== canonical(overrides) });
}
