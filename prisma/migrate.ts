import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { MigrationList } from '@prisma/schema-engine-wasm';
import pg from 'pg';
import { PROJECT_ROOT } from './project-root.ts';
import { openSchemaEngine } from './schema-engine.ts';

const migrationsFolder = join(PROJECT_ROOT, 'prisma', 'migrations');
const filters = { externalTables: [], externalEnums: [] };

function migrationNames(): string[] {
  if (!existsSync(migrationsFolder)) return [];
  return readdirSync(migrationsFolder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
}

const scriptOf = (name: string) => readFileSync(join(migrationsFolder, name, 'migration.sql'), 'utf8');

function migrationList(): MigrationList {
  const lockPath = join(migrationsFolder, 'migration_lock.toml');
  return {
    baseDir: migrationsFolder,
    lockfile: { path: 'migration_lock.toml', content: existsSync(lockPath) ? readFileSync(lockPath, 'utf8') : null },
    shadowDbInitScript: '',
    migrationDirectories: migrationNames().map((name) => ({
      path: name,
      migrationFile: { path: 'migration.sql', content: { tag: 'ok', value: scriptOf(name) } },
    })),
  };
}

function schema(): { path: string; content: string } {
  const path = join(PROJECT_ROOT, 'prisma', 'schema.prisma');
  return { path, content: readFileSync(path, 'utf8') };
}

/** True when every migration of the folder is applied with the text it has there: then the engine need not be loaded. */
async function isUpToDate(databaseUrl: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const table = await client.query<{ name: string | null }>(`SELECT to_regclass('_prisma_migrations')::text AS name`);
    if (!table.rows[0]?.name) return migrationNames().length === 0;
    const applied = await client.query<{ key: string }>(
      `SELECT migration_name || ' ' || checksum AS key FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL`,
    );
    const known = new Set(applied.rows.map((row) => row.key));
    return migrationNames().every((name) =>
      known.has(`${name} ${createHash('sha256').update(scriptOf(name)).digest('hex')}`),
    );
  } finally {
    await client.end();
  }
}

/** Applies what is missing, in order, and returns the names; a changed or failed migration throws with its name. */
export async function applyMigrations(databaseUrl: string): Promise<string[]> {
  if (await isUpToDate(databaseUrl)) return [];
  const opened = await openSchemaEngine({ databaseUrl, schema: schema() });
  try {
    const { appliedMigrationNames } = await opened.engine.applyMigrations({ migrationsList: migrationList(), filters });
    return appliedMigrationNames;
  } finally {
    await opened.close();
  }
}

/** The SQL from the migrations to the schema, empty when they agree; the database only lends room for a shadow of it. */
export async function pendingSql(databaseUrl: string): Promise<string> {
  const opened = await openSchemaEngine({ databaseUrl, schema: schema() });
  try {
    const result = await opened.engine.diff({
      from: migrationNames().length === 0 ? { tag: 'empty' } : { tag: 'migrations', ...migrationList() },
      to: { tag: 'schemaDatamodel', files: [schema()] },
      script: true,
      exitCode: true,
      filters,
    });
    return result.exitCode === 2 ? (result.stdout ?? '') : '';
  } finally {
    await opened.close();
  }
}

function writeMigration(name: string, sql: string): string {
  const number = String(migrationNames().length + 1).padStart(4, '0');
  const folder = join(migrationsFolder, `${number}_${name}`);
  mkdirSync(folder, { recursive: true });
  const lock = join(migrationsFolder, 'migration_lock.toml');
  if (!existsSync(lock)) writeFileSync(lock, 'provider = "postgresql"\n');
  writeFileSync(join(folder, 'migration.sql'), sql);
  return join(folder, 'migration.sql');
}

const usage = `node --import tsx prisma/migrate.ts COMMAND
  apply       apply the migrations to DATABASE_URL
  diff NAME   write prisma/migrations/<n>_NAME/migration.sql for what schema.prisma says and the migrations do not
  check       fail when schema.prisma and the migrations disagree
diff and check use a throwaway PostgreSQL when DATABASE_URL is not set.`;

/** Runs this command again with a PostgreSQL that lives as long as it. */
function againWithPostgres(args: string[]): number {
  const script = join(PROJECT_ROOT, 'scripts', 'with-postgres.mjs');
  const self = [process.execPath, ...process.execArgv, fileURLToPath(import.meta.url), ...args];
  return spawnSync(process.execPath, [script, ...self], { stdio: 'inherit', cwd: PROJECT_ROOT }).status ?? 1;
}

async function run(args: string[]): Promise<number> {
  const [command, name] = args;
  const databaseUrl = process.env['DATABASE_URL'];
  if (command === 'apply' && databaseUrl) {
    const applied = await applyMigrations(databaseUrl);
    console.log(applied.length > 0 ? `applied ${applied.join(', ')}` : 'nothing to apply');
    return 0;
  }
  if ((command === 'diff' && name && /^[a-z0-9_]+$/.test(name)) || command === 'check') {
    if (!databaseUrl) return againWithPostgres(args);
    const sql = await pendingSql(databaseUrl);
    if (command === 'check') {
      console.log(sql === '' ? 'schema.prisma and the migrations agree' : `schema.prisma asks for more than the migrations do:\n${sql}`);
      return sql === '' ? 0 : 1;
    }
    console.log(sql === '' ? 'nothing differs' : `wrote ${writeMigration(name ?? '', sql)}`);
    return 0;
  }
  console.error(usage);
  return 2;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  // Not by itself: the engine leaves a timer behind, of the ten seconds for which it would have waited for its lock.
  process.exit(await run(process.argv.slice(2)));
}
