import { randomBytes, randomInt } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import pg from 'pg';

export interface TestDatabase {
  readonly url: string;
  /** Nobody can connect, and whoever was connected no longer is, until it comes back. */
  goesAway(): Promise<void>;
  comesBack(): Promise<void>;
  drop(): Promise<void>;
}

function fromSetup(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: this test belongs to the Jest project "stack", whose global setup starts the servers`);
  return value;
}

async function administer(work: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = new pg.Client({ connectionString: fromSetup('BATON_TEST_POSTGRES') });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}

/** A migrated, empty database of the caller's own; `drop` ends whatever is still connected to it. */
export async function aDatabase(): Promise<TestDatabase> {
  const name = `test_${randomBytes(6).toString('hex')}`;
  const template = fromSetup('BATON_TEST_TEMPLATE');
  await administer((client) => client.query(`CREATE DATABASE ${name} TEMPLATE ${template} STRATEGY FILE_COPY`));
  const url = new URL(fromSetup('BATON_TEST_POSTGRES'));
  url.pathname = `/${name}`;
  return {
    url: url.href,
    goesAway: () => administer(async (client) => {
      await client.query(`ALTER DATABASE ${name} ALLOW_CONNECTIONS false`);
      await client.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${name}'`);
    }),
    comesBack: () => administer((client) => client.query(`ALTER DATABASE ${name} ALLOW_CONNECTIONS true`)),
    drop: () => administer((client) => client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)),
  };
}

/** `host:port` of the run's Temporal server; its namespace is `default`, and it may skip time per workflow. */
export function temporalAddress(): string {
  return fromSetup('BATON_TEST_TEMPORAL');
}

/** A task queue of the caller's own, so that no other test's worker takes its workflows. */
export function aTaskQueue(): string {
  return `test-${randomBytes(6).toString('hex')}`;
}

/** An empty folder that goes away with the run: a data folder for an api or a worker under test. */
export async function aFolder(): Promise<string> {
  const folder = join(fromSetup('BATON_TEST_HOME'), `folder-${randomBytes(6).toString('hex')}`);
  await mkdir(folder, { recursive: true });
  return folder;
}

/**
 * A TCP port that was free a moment ago, from below the range that systems take for outgoing connections: whoever
 * restarts a server on it finds it free.
 */
export async function aPort(): Promise<number> {
  for (;;) {
    const port = randomInt(15_000, 32_000);
    if (await isFree(port)) return port;
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host: '127.0.0.1' }, () => server.close(() => resolve(true)));
  });
}
