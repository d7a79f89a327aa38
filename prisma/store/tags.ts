import type { Db } from '../client.ts';

/** The team's tags in alphabetical order. */
export async function listTags(db: Db, teamId: string): Promise<string[]> {
  const rows = await db.tag.findMany({ where: { teamId }, orderBy: { name: 'asc' } });
  return rows.map((row) => row.name);
}

/** Adds tags; those that exist stay. */
export async function insertTags(db: Db, teamId: string, names: readonly string[]): Promise<void> {
  await db.tag.createMany({ data: names.map((name) => ({ teamId, name })), skipDuplicates: true });
}

/** Takes a tag out of the list; tickets that carry it keep it. */
export async function removeTag(db: Db, teamId: string, name: string): Promise<void> {
  await db.tag.deleteMany({ where: { teamId, name } });
}
