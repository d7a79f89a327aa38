import type { z } from 'zod';
import { findSchedule, updateSchedule } from '#prisma/store/schedules.ts';
import { importHolidays as importHolidaysInput } from '#workflows/contract/schedules.ts';
import type { ImportedHolidaysView } from '#workflows/contract/schedules.ts';
import { addedHolidays } from '#workflows/domain/added-holidays.ts';
import { ok } from '#workflows/domain/errors.ts';
import type { Result } from '#workflows/domain/errors.ts';
import { MAX_HOLIDAYS } from '#workflows/domain/schedule.ts';
import type { Holiday } from '#workflows/domain/schedule.ts';
import { isZoneName } from '#workflows/domain/schedule-problems.ts';
import { parseInput } from '../parse-input.ts';
import { actorOf } from '../principal.ts';
import type { Principal } from '../principal.ts';
import { refuseUnlessAdmin } from '../require-role.ts';
import { holidaysFromIcal } from '../time/holidays-from-ical.ts';
import { refuseIcal } from '../time/refuse-ical.ts';
import { refuseClosed } from './refuse-closed.ts';
import { lockedWrite, NO_SUCH_SCHEDULE } from './schedules.ts';
import type { ScheduleDeps } from './schedules.ts';

/**
 * Adds the holidays of a calendar file to a schedule and stores its next version; a date that the schedule knows stays
 * as it is, and a file that adds nothing makes no version. Refuses as `holidaysFromIcal` does. Admins only.
 */
export async function importHolidays(
  deps: ScheduleDeps,
  principal: Principal,
  id: string,
  input: z.input<typeof importHolidaysInput>,
): Promise<Result<ImportedHolidaysView>> {
  const refused = refuseUnlessAdmin(principal);
  if (refused) return refused;
  const parsed = parseInput(importHolidaysInput, input);
  if (!parsed.ok) return parsed;
  const { teamId } = principal;
  const read = await findSchedule(deps.prisma, teamId, id);
  if (read === null) return NO_SUCH_SCHEDULE;
  // Outside the lock: a large file takes a while.
  const found = holidaysFromIcal(parsed.value.ical, { zone: read.schedule.zone, now: deps.now() });
  if (!found.ok) return found;
  return lockedWrite(deps, principal, async (tx) => {
    const before = await findSchedule(tx, teamId, id);
    if (before === null) return NO_SUCH_SCHEDULE;
    const added = addedHolidays(before.schedule.holidays, found.value);
    const counts = { added: added.length, kept: found.value.length - added.length };
    if (added.length === 0) return ok({ schedule: before, ...counts });
    const holidays = [...before.schedule.holidays, ...added].map(storable).toSorted((a, b) => (a.date < b.date ? -1 : 1));
    if (holidays.length > MAX_HOLIDAYS) return refuseIcal(`makes ${holidays.length} holidays with those of the schedule: ${MAX_HOLIDAYS} are the most`);
    const schedule = { ...before.schedule, holidays };
    if (refuseClosed(schedule, deps.now())) return refuseIcal('closes every day of the schedule, so a deadline would never come');
    const after = await updateSchedule(tx, { teamId, id, version: before.version, name: before.name, schedule, by: actorOf(principal), at: new Date(deps.now()) });
    return after === null ? NO_SUCH_SCHEDULE : ok({ schedule: after, ...counts });
  });
}

/** What the file would say of a schedule in this zone; nothing is stored. Admins only. */
export async function readHolidays({ now }: Pick<ScheduleDeps, 'now'>, principal: Principal, { ical, zone }: { ical: string; zone: string }): Promise<Result<readonly Holiday[]>> {
  const refused = refuseUnlessAdmin(principal);
  if (refused) return refused;
  if (!isZoneName(zone)) return refuseIcal('needs the schedule’s time zone first: its times are moved into it');
  return holidaysFromIcal(ical, { zone, now: now() });
}

type StoredInterval = [string, string];

function storable({ open, closed, ...holiday }: Holiday) {
  const copies = (intervals: readonly (readonly [string, string])[]) => intervals.map(([start, end]): StoredInterval => [start, end]);
  return { ...holiday, ...(open && { open: copies(open) }), ...(closed && { closed: copies(closed) }) };
}
