import type { Db } from '../client.ts';
import type { Group } from '../generated/client.ts';

export interface GroupRow {
  readonly key: string;
  readonly name: string;
  readonly members: string[];
}

/** The team's groups by name. */
export async function listGroups(db: Db, teamId: string): Promise<GroupRow[]> {
  const rows = await db.group.findMany({ where: { teamId }, orderBy: [{ name: 'asc' }, { key: 'asc' }] });
  return rows.map(toRow);
}

/** A group of this team, or null. */
export async function findGroup(db: Db, teamId: string, key: string): Promise<GroupRow | null> {
  const row = await db.group.findUnique({ where: { teamId_key: { teamId, key } } });
  return row === null ? null : toRow(row);
}

/** Adds a group; a unique violation says that its key is taken. */
export async function insertGroup(db: Db, teamId: string, group: GroupRow): Promise<GroupRow> {
  return toRow(await db.group.create({ data: { teamId, ...group } }));
}

/** Changes what is given; the caller has found the group. */
export async function updateGroup(db: Db, teamId: string, key: string, change: { name?: string | undefined; members?: string[] | undefined }): Promise<GroupRow> {
  return toRow(await db.group.update({ where: { teamId_key: { teamId, key } }, data: change }));
}

export async function removeGroup(db: Db, teamId: string, key: string): Promise<void> {
  await db.group.deleteMany({ where: { teamId, key } });
}

/** Which of these ids are the team's operators. */
export async function knownOperators(db: Db, teamId: string, ids: readonly string[]): Promise<Set<string>> {
  const rows = await db.operator.findMany({ where: { teamId, id: { in: [...ids] } }, select: { id: true } });
  return new Set(rows.map(({ id }) => id));
}

function toRow({ key, name, members }: Group): GroupRow {
  return { key, name, members };
}
