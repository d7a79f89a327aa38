import { Prisma } from '../../generated/client.ts';
import type { SqlDb } from '../../transaction.ts';

export interface CountChange {
  readonly key: string;
  readonly by: number;
}

/** Adds to the rail's counters; rows are locked in the order of their keys, the same in every transaction. */
export async function countChanges(db: SqlDb, teamId: string, changes: readonly CountChange[]): Promise<void> {
  const sums = new Map<string, number>();
  for (const { key, by } of changes) sums.set(key, (sums.get(key) ?? 0) + by);
  const rows = [...sums].filter(([, by]) => by !== 0).sort(([a], [b]) => (a < b ? -1 : 1));
  if (rows.length === 0) return;
  await db.$executeRaw`
    INSERT INTO counters (team_id, key, n) VALUES ${Prisma.join(rows.map(([key, by]) => Prisma.sql`(${teamId}, ${key}, ${by}::int)`))}
    ON CONFLICT (team_id, key) DO UPDATE SET n = counters.n + excluded.n`;
}
