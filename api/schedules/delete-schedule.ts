import type { z } from 'zod';
import type { Db } from '#prisma/client.ts';
import { findSchedule, listSchedules, removeSchedule } from '#prisma/store/schedules.ts';
import { announce } from '#prisma/store/team-events.ts';
import { deleteScheduleQuery } from '#workflows/contract/schedules.ts';
import { ok, refuse, refuseField } from '#workflows/domain/errors.ts';
import type { Result } from '#workflows/domain/errors.ts';
import { parseInput } from '../parse-input.ts';
import { actorOf } from '../principal.ts';
import type { Principal } from '../principal.ts';
import { refuseUnlessAdmin } from '../require-role.ts';
import { refuseClosed } from './refuse-closed.ts';
import { replaceSchedule, usesOf } from './replace-schedule.ts';
import { lockedWrite, NO_SUCH_SCHEDULE } from './schedules.ts';
import type { ScheduleDeps } from './schedules.ts';

/**
 * Removes a schedule; admins only. One that is in use goes when `replaceBy` names the one that takes its place, which it
 * does everywhere in the same transaction; without it `in_use` says what uses it. A team's last schedule goes unless a policy names it: then it is always open.
 */
export async function deleteSchedule(deps: ScheduleDeps, principal: Principal, id: string, query: z.input<typeof deleteScheduleQuery>): Promise<Result<null>> {
  const refused = refuseUnlessAdmin(principal);
  if (refused) return refused;
  const parsed = parseInput(deleteScheduleQuery, query, 'query');
  if (!parsed.ok) return parsed;
  const { replaceBy } = parsed.value;
  const { teamId } = principal;
  const remove = async (tx: Db): Promise<Result<null>> => {
    const schedule = await findSchedule(tx, teamId, id);
    if (schedule === null) return NO_SUCH_SCHEDULE;
    const others = (await listSchedules(tx, teamId)).filter((one) => one.id !== id);
    const instead = others.find((one) => one.id === replaceBy);
    if (replaceBy !== undefined && instead === undefined) {
      return refuseField('query.replaceBy', replaceBy === id ? 'must be another schedule than the one that goes' : 'the team has no such schedule');
    }
    const hasOthers = others.length > 0;
    const uses = await usesOf(tx, teamId, schedule, { hasOthers });
    if (uses.length > 0) {
      if (instead === undefined) return inUse(schedule.name, uses, hasOthers);
      const closed = refuseClosed(instead.schedule, deps.now(), 'query.replaceBy');
      if (closed) return closed;
      await replaceSchedule(tx, { ...deps, teamId, schedule, replaceBy: instead.id, by: actorOf(principal), now: deps.now() });
    }
    await removeSchedule(tx, teamId, id);
    return ok(null);
  };
  // Other settings than schedules may be new with it.
  return lockedWrite(deps, principal, remove, (tx) => announce(tx, teamId, { events: [{ kind: 'settings' }] }));
}

function inUse(name: string, uses: readonly string[], hasOthers: boolean) {
  const what = `“${name}” is ${[uses.slice(0, -1).join(', '), ...uses.slice(-1)].filter((some) => some !== '').join(' and ')}.`;
  const help = hasOthers ? 'Say which schedule takes its place.' : 'It is the team’s only schedule: make the one that takes its place first.';
  return refuse('in_use', `${what} ${help}`, { errors: [{ path: 'query.replaceBy', message: 'must name the schedule that takes its place' }] });
}
