import type { z } from 'zod';
import { findSchedule, listSchedules, makeDefault, removeSchedule } from '#prisma/store/schedules.ts';
import { slaPoliciesOf } from '#prisma/store/sla-policies.ts';
import { deleteScheduleQuery } from '#workflows/contract/schedules.ts';
import { ok, refuse, refuseField } from '#workflows/domain/errors.ts';
import type { Result } from '#workflows/domain/errors.ts';
import { parseInput } from '../parse-input.ts';
import { usesOfSchedule } from '../policies/uses-in-policies.ts';
import { actorOf } from '../principal.ts';
import type { Principal } from '../principal.ts';
import { refuseUnlessAdmin } from '../require-role.ts';
import { lockedWrite, NO_SUCH_SCHEDULE } from './schedules.ts';
import type { ScheduleDeps } from './schedules.ts';

/**
 * Removes a schedule; admins only. The default of a team that has others is in use: it goes when `replaceBy` names the
 * one that takes its place, and is refused with `in_use`, which says what uses it, when nothing does.
 */
export async function deleteSchedule(deps: ScheduleDeps, principal: Principal, id: string, query: z.input<typeof deleteScheduleQuery>): Promise<Result<null>> {
  const refused = refuseUnlessAdmin(principal);
  if (refused) return refused;
  const parsed = parseInput(deleteScheduleQuery, query, 'query');
  if (!parsed.ok) return parsed;
  const { replaceBy } = parsed.value;
  const { teamId } = principal;
  return lockedWrite(deps, principal, async (tx) => {
    const schedule = await findSchedule(tx, teamId, id);
    if (schedule === null) return NO_SUCH_SCHEDULE;
    const others = (await listSchedules(tx, teamId)).filter((one) => one.id !== id);
    if (replaceBy !== undefined && !others.some((one) => one.id === replaceBy)) {
      return refuseField('query.replaceBy', replaceBy === id ? 'must be another schedule than the one that goes' : 'the team has no such schedule');
    }
    const { policies } = await slaPoliciesOf(tx, teamId);
    const users = policies.filter(({ scheduleId }) => scheduleId === id).map(({ name }) => name);
    if (users.length > 0) return usedBySla(schedule.name, users);
    const uses = await usesOfSchedule(tx, teamId, id);
    if (uses.length > 0) return usedByPolicies(schedule.name, uses);
    if (schedule.isDefault && others.length > 0) {
      if (replaceBy === undefined) return inUse(schedule.name);
      await makeDefault(tx, { teamId, id: replaceBy, by: actorOf(principal), at: new Date(deps.now()) });
    }
    await removeSchedule(tx, teamId, id);
    return ok(null);
  });
}

function usedBySla(name: string, users: readonly string[]) {
  return refuse('in_use', `“${name}” gives its hours to the SLA policies ${users.map((user) => `“${user}”`).join(', ')}. Choose another schedule there first.`);
}

function usedByPolicies(name: string, users: readonly string[]) {
  return refuse('in_use', `“${name}” is named by ${users.join(' and ')}. Choose another schedule there first.`);
}

function inUse(name: string) {
  const message = 'must name the schedule that takes its place';
  return refuse('in_use', `“${name}” is the team’s default schedule. Say which one takes its place: ?replaceBy= with its id.`, { errors: [{ path: 'query.replaceBy', message }] });
}
