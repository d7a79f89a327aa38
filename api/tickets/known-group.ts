import { listGroups } from '#prisma/store/groups.ts';
import type { Db } from '#prisma/client.ts';
import { refuseField } from '#workflows/domain/errors.ts';
import type { Refusal } from '#workflows/domain/errors.ts';

/** Refuses a group that the team does not have, and names those it has. Undefined and null ask for none. */
export async function refuseUnknownGroup(db: Db, teamId: string, key: string | null | undefined): Promise<Refusal | null> {
  if (key === undefined || key === null) return null;
  const keys = (await listGroups(db, teamId)).map((group) => group.key);
  if (keys.includes(key)) return null;
  return refuseField('body.group', keys.length === 0 ? `there is no group ${key}: the team has none` : `must be one of the team's groups: ${keys.slice(0, 20).join(', ')}`);
}
