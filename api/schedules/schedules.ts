import type { z } from 'zod';
import { isUniqueViolation } from '#prisma/client.ts';
import type { Db } from '#prisma/client.ts';
import { countSchedules, findSchedule, insertSchedule, listSchedules, updateSchedule } from '#prisma/store/schedules.ts';
import { lockTeam } from '#prisma/store/team-lock.ts';
import { refusalOfEdit } from '#switchboard/follow-edit.ts';
import type { SwitchboardDeps } from '#switchboard/tickets.ts';
import { scheduleInput } from '#workflows/contract/schedules.ts';
import type { ScheduleView } from '#workflows/contract/schedules.ts';
import { ok, refuse, refuseField } from '#workflows/domain/errors.ts';
import type { Result } from '#workflows/domain/errors.ts';
import { parseInput } from '../parse-input.ts';
import { versionConflict } from '../version-conflict.ts';
import { actorOf } from '../principal.ts';
import type { Principal } from '../principal.ts';
import { refuseUnlessAdmin, refuseUnlessReader } from '../require-role.ts';
import type { SettingsDeps } from '../settings-deps.ts';
import { followed } from './followed.ts';
import { refuseClosed } from './refuse-closed.ts';

/** Without a switchboard nobody is told: open tickets then follow at their next event. */
export type ScheduleDeps = Pick<SettingsDeps, 'prisma' | 'now'> & Partial<Pick<SwitchboardDeps, 'client' | 'taskQueue'>>;

const MAX_SCHEDULES = 100;

/** The team's business hours (P30), its default first. */
export async function schedules({ prisma }: ScheduleDeps, principal: Principal): Promise<Result<ScheduleView[]>> {
  const refused = refuseUnlessReader(principal);
  return refused ?? ok(await listSchedules(prisma, principal.teamId));
}

export async function schedule({ prisma }: ScheduleDeps, principal: Principal, id: string): Promise<Result<ScheduleView>> {
  const refused = refuseUnlessReader(principal);
  if (refused) return refused;
  const found = await findSchedule(prisma, principal.teamId, id);
  return found === null ? NO_SUCH_SCHEDULE : ok(found);
}

/** Makes a schedule; the team's first becomes its default. `exists` where the team has one of this name. Admins only. */
export async function createSchedule(deps: ScheduleDeps, principal: Principal, input: z.input<typeof scheduleInput>): Promise<Result<ScheduleView>> {
  const refused = refuseUnlessAdmin(principal);
  if (refused) return refused;
  const parsed = parseSchedule(deps, input);
  if (!parsed.ok) return parsed;
  const { teamId } = principal;
  const change = { ...parsed.value, teamId, by: actorOf(principal), at: new Date(deps.now()) };
  return lockedWrite(deps, principal, async (tx) => {
    if ((await countSchedules(tx, teamId)) >= MAX_SCHEDULES) return refuseField('body.name', `a team has at most ${MAX_SCHEDULES} schedules: change or delete one`);
    return ok(await insertSchedule(tx, change));
  });
}

/**
 * Replaces a schedule; admins only. `ifVersion` is the version that was read: any other refuses with
 * `version_conflict`. The default stays one until another becomes it.
 */
export async function putSchedule(
  deps: ScheduleDeps,
  principal: Principal,
  id: string,
  input: z.input<typeof scheduleInput>,
  ifVersion: number,
): Promise<Result<ScheduleView>> {
  const refused = refuseUnlessAdmin(principal);
  if (refused) return refused;
  const parsed = parseSchedule(deps, input);
  if (!parsed.ok) return parsed;
  const { teamId } = principal;
  const change = { ...parsed.value, teamId, id, version: ifVersion, by: actorOf(principal), at: new Date(deps.now()) };
  return lockedWrite(deps, principal, async (tx) => {
    const before = await findSchedule(tx, teamId, id);
    if (before === null) return NO_SUCH_SCHEDULE;
    if (before.version !== ifVersion) return versionConflict(before.version, 'this schedule');
    if (before.isDefault && change.isDefault === false) {
      return refuseField('body.isDefault', 'a team with schedules has a default one: make another schedule the default instead');
    }
    const after = await updateSchedule(tx, change);
    return after === null ? NO_SUCH_SCHEDULE : ok(after);
  });
}

function parseSchedule({ now }: Pick<ScheduleDeps, 'now'>, input: z.input<typeof scheduleInput>): Result<z.output<typeof scheduleInput>> {
  const parsed = parseInput(scheduleInput, input);
  return parsed.ok ? (refuseClosed(parsed.value.schedule, now()) ?? parsed) : parsed;
}

export const NO_SUCH_SCHEDULE = refuse('not_found', 'The team has no such schedule.');

/**
 * Changes schedules one after the other, so that one of them is the default at every moment, and while no policy begins
 * to name one; a name that is taken is refused. Clocks of open tickets follow hours that they count by (P34). `last` is what
 * a change that was made ends with, once nobody waits for Temporal: the team's row, which every ticket needs.
 */
export async function lockedWrite<T>({ prisma, client, taskQueue }: ScheduleDeps, principal: Principal, change: (tx: Db) => Promise<Result<T>>, last?: (tx: Db) => Promise<unknown>): Promise<Result<T>> {
  const { teamId } = principal;
  try {
    return await prisma.$transaction(async (tx) => {
      await lockTeam(tx, teamId, 'schedules');
      await lockTeam(tx, teamId, 'policies');
      const result = await followed(tx, { client, taskQueue, teamId, by: actorOf(principal) }, () => change(tx));
      if (result.ok) await last?.(tx);
      return result;
    });
  } catch (error) {
    if (!isUniqueViolation(error)) return refusalOfEdit(error);
    return { ...refuseField('body.name', 'another schedule of the team has this name'), code: 'exists' };
  }
}
