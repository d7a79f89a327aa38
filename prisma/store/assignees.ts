import type { Db } from '../client.ts';

/** Those of these ids that name no enabled member of the team; with `whoWork`, viewers count as none. */
export async function strangersAmong(db: Db, teamId: string, ids: readonly string[], { whoWork }: { whoWork: boolean }): Promise<string[]> {
  if (ids.length === 0) return [];
  const found = await db.operator.findMany({
    where: { teamId, id: { in: [...ids] }, disabledAt: null, ...(whoWork ? { role: { not: 'viewer' } } : {}) },
    select: { id: true },
  });
  return ids.filter((id) => !found.some((one) => one.id === id));
}

/** The name of an operator of the team as it is now. */
export async function operatorName(db: Db, teamId: string, operatorId: string): Promise<string | null> {
  const row = await db.operator.findFirst({ where: { id: operatorId, teamId }, select: { name: true } });
  return row?.name ?? null;
}
