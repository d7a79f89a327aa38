import { businessHours } from '#workflows/contract/schedule.ts';
import type { ScheduleInput, ScheduleView } from '#workflows/contract/schedules.ts';
import type { Actor } from '#workflows/domain/actor.ts';
import type { Db } from '../client.ts';
import type { Schedule as Row } from '../generated/client.ts';
import { actorNames, parseActor } from './actor-names.ts';
import type { NameActor } from './actor-names.ts';
import { newId } from './new-id.ts';

/** The team's schedules, the default first. */
export async function listSchedules(db: Db, teamId: string): Promise<ScheduleView[]> {
  const rows = await db.schedule.findMany({ where: { teamId }, orderBy: [{ isDefault: 'desc' }, { name: 'asc' }] });
  const nameOf = await actorNames(db, teamId, rows.map((row) => parseActor(row.changedBy)));
  return rows.map((row) => toView(row, nameOf));
}

/** A schedule of this team, or null: another team's id is nothing. */
export async function findSchedule(db: Db, teamId: string, id: string): Promise<ScheduleView | null> {
  const row = await db.schedule.findFirst({ where: { id, teamId } });
  return row === null ? null : named(db, row);
}

export async function countSchedules(db: Db, teamId: string): Promise<number> {
  return db.schedule.count({ where: { teamId } });
}

interface Change extends ScheduleInput {
  readonly teamId: string;
  readonly by: Actor;
  readonly at: Date;
}

/** Adds a schedule; a unique violation says that the team has one of this name. The team's first is its default. */
export async function insertSchedule(db: Db, { teamId, name, schedule, isDefault, by, at }: Change): Promise<ScheduleView> {
  const becomesDefault = isDefault === true || (await countSchedules(db, teamId)) === 0;
  if (becomesDefault) await endDefault(db, { teamId, by, at });
  const row = await db.schedule.create({
    data: { id: newId('schedule'), teamId, name, isDefault: becomesDefault, body: schedule, changedBy: by, createdAt: at, changedAt: at },
  });
  return named(db, row);
}

/** Replaces a schedule by its next version; null where the team has no such schedule in that version. */
export async function updateSchedule(db: Db, change: Change & { readonly id: string; readonly version: number }): Promise<ScheduleView | null> {
  const { teamId, id, version, name, schedule, isDefault, by, at } = change;
  const before = await db.schedule.findFirst({ where: { id, teamId, version } });
  if (before === null) return null;
  if (isDefault === true && !before.isDefault) await endDefault(db, { teamId, by, at });
  const row = await db.schedule.update({
    where: { id },
    data: { name, body: schedule, version: version + 1, isDefault: isDefault ?? before.isDefault, changedBy: by, changedAt: at },
  });
  return named(db, row);
}

/** Makes a schedule of this team its default, in the place of the one that is. */
export async function makeDefault(db: Db, { teamId, id, by, at }: { teamId: string; id: string; by: Actor; at: Date }): Promise<void> {
  await endDefault(db, { teamId, by, at });
  await db.schedule.updateMany({ where: { id, teamId }, data: { isDefault: true, version: { increment: 1 }, changedBy: by, changedAt: at } });
}

/** Removes a schedule of this team; one that is not there is fine. */
export async function removeSchedule(db: Db, teamId: string, id: string): Promise<void> {
  await db.schedule.deleteMany({ where: { id, teamId } });
}

// Its version counts on: what is read of it, and its ETag with it, is another now.
async function endDefault(db: Db, { teamId, by, at }: { teamId: string; by: Actor; at: Date }): Promise<void> {
  await db.schedule.updateMany({ where: { teamId, isDefault: true }, data: { isDefault: false, version: { increment: 1 }, changedBy: by, changedAt: at } });
}

async function named(db: Db, row: Row): Promise<ScheduleView> {
  return toView(row, await actorNames(db, row.teamId, [parseActor(row.changedBy)]));
}

/** Throws on a stored body that is no schedule: deadlines must not follow a guess. */
function toView(row: Row, nameOf: NameActor): ScheduleView {
  const { id, name, version, isDefault, changedAt } = row;
  return { id, name, version, isDefault, schedule: businessHours.parse(row.body), changedBy: nameOf(parseActor(row.changedBy)), changedAt: changedAt.toISOString() };
}
