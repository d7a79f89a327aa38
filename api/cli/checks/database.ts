import { createPool, createPrisma } from '#prisma/client.ts';
import { pendingMigrations } from '#prisma/pending-migrations.ts';
import type { Check, Finding } from './finding.ts';
import { wordsOf } from './finding.ts';

/** Asks PostgreSQL, and whether it has this release's tables. */
export const checkDatabase: Check = async ({ databaseUrl }) => {
  const pool = createPool({ url: databaseUrl, max: 1 });
  const prisma = createPrisma({ pool });
  try {
    const began = performance.now();
    const { rows } = await pool.query<{ version: string }>(`SELECT current_setting('server_version') AS version`);
    const found = `PostgreSQL ${rows[0]?.version ?? '?'} at ${hostOf(databaseUrl)} answers in ${Math.round(performance.now() - began)} ms`;
    return [{ what: 'Database', state: 'fine', found }, migrations(await pendingMigrations(prisma))];
  } catch (error) {
    return [{ what: 'Database', state: 'bad', found: `${hostOf(databaseUrl)}: ${wordsOf(error)}`, advice: 'check DATABASE_URL, and that PostgreSQL runs' }];
  } finally {
    await prisma.$disconnect();
    await pool.end();
  }
};

function migrations(pending: readonly string[]): Finding {
  const what = 'Migrations';
  if (pending.length === 0) return { what, state: 'fine', found: 'all are applied' };
  return { what, state: 'bad', found: `missing: ${pending.join(', ')}`, advice: 'npm start applies them, or: node build/server/prisma/migrate.js apply' };
}

// Never the whole URL: it holds a password.
function hostOf(url: string): string {
  const { host, pathname } = new URL(url);
  return `${host}${pathname}`;
}
