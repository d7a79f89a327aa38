import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Db } from './client.ts';
import { PROJECT_ROOT } from './project-root.ts';

/** The migrations of this release that the database does not have yet; empty when it is ready. Throws when it does not answer. */
export async function pendingMigrations(db: Db): Promise<string[]> {
  const entries = await readdir(join(PROJECT_ROOT, 'prisma', 'migrations'), { withFileTypes: true });
  const names = entries.flatMap((entry) => (entry.isDirectory() ? [entry.name] : [])).sort();
  const [table] = await db.$queryRaw<{ name: string | null }[]>`SELECT to_regclass('_prisma_migrations')::text AS name`;
  if (table?.name == null) return names;
  const applied = await db.$queryRaw<{ name: string }[]>`
    SELECT migration_name AS name FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL`;
  const known = new Set(applied.map((row) => row.name));
  return names.filter((name) => !known.has(name));
}
