import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { createConnection } from 'node:net';
import { ask } from '#tests/support/api.ts';
import { readEvents } from '#tests/support/event-source.ts';
import { programArgs } from '#tests/support/program-args.ts';
import { aDatabase, aFolder, aPort, aTaskQueue, temporalAddress } from '#tests/support/stack.ts';
import type { TestDatabase } from '#tests/support/stack.ts';
import { aTeam } from '#tests/support/team.ts';
import { createAuthDeps } from '#api/auth/auth-deps.ts';
import { issueKey } from '#api/keys/keys.ts';
import { createPool, createPrisma } from '#prisma/client.ts';
import { waitFor } from '#tests/support/wait-for.ts';

const children: ChildProcess[] = [];
let program: readonly string[];
let database: TestDatabase;

beforeAll(async () => {
  [database, program] = await Promise.all([aDatabase(), programArgs('api')]);
});
afterAll(async () => {
  for (const child of children) child.kill('SIGKILL');
  await database.drop();
});

function start(args: readonly string[], env: Readonly<Record<string, string>>) {
  const child = spawn(process.execPath, [...program, ...args], { env: { NODE_ENV: 'test', ...env } });
  children.push(child);
  const said = { out: '', err: '' };
  child.stdout.on('data', (chunk: Buffer) => (said.out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (said.err += chunk.toString()));
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  return { child, said, ended };
}

/** A team's key, made in the database that the process will use. */
async function aKeyIn(databaseUrl: string): Promise<string> {
  const pool = createPool({ url: databaseUrl, max: 2 });
  const deps = createAuthDeps({ prisma: createPrisma({ pool }), pool, secret: 'a secret for tests that is long enough', publicUrl: 'http://localhost', now: () => Date.now() });
  const { team } = await aTeam(deps);
  const made = await issueKey(deps, team.id, { name: 'CI', role: 'admin' });
  await pool.end();
  if (!made.ok) throw new Error(made.detail);
  return made.value.key;
}

describe('the api’s process', () => {
  it('explains its settings', async () => {
    const { said, ended } = start(['--help'], {});
    expect(await ended).toBe(0);
    for (const name of ['DATABASE_URL', 'TEMPORAL_ADDRESS', 'PORT', 'RATE_LIMIT', 'SMTP_IN_PORT']) expect(said.out).toContain(name);
  });

  it('names every setting that is wrong, and does not start', async () => {
    const { said, ended } = start([], { PORT: 'many', DATABASE_URL: 'mysql://x' });
    expect(await ended).toBe(1);
    expect(said.err).toContain('PORT');
    expect(said.err).toContain('DATABASE_URL');
  });

  it('serves HTTP, the live stream and SMTP, and ends in peace when it is told to', async () => {
    const [port, smtpPort, data, key] = [await aPort(), await aPort(), await aFolder(), await aKeyIn(database.url)];
    const { child, said, ended } = start([], {
      DATABASE_URL: database.url,
      TEMPORAL_ADDRESS: temporalAddress(),
      BATON_TASK_QUEUE: aTaskQueue(),
      PORT: String(port),
      SMTP_IN_PORT: String(smtpPort),
      BATON_DATA: data,
    });
    const api = { url: `http://127.0.0.1:${port}` };
    await waitFor(async () => (await ask(api, 'GET /readyz').catch(() => null))?.status === 200, 'the api', { withinMs: 60_000 });
    expect((await ask(api, 'GET /tickets', { key })).status).toBe(200);
    const stream = await readEvents(`${api.url}/events`, { authorization: `Bearer ${key}` });
    expect(stream.status).toBe(200);
    expect(await greetingOf(smtpPort)).toMatch(/^220 /);
    child.kill('SIGTERM');
    expect(await ended).toBe(0);
    await waitFor(() => stream.isOver(), 'the end of the stream');
    expect(said.out).toContain('"msg":"stopped"');
    expect(said.err).toBe('');
    expect(said.out).not.toContain(key);
  });
});

function greetingOf(port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = createConnection(port, '127.0.0.1');
    socket.once('data', (chunk: Buffer) => {
      resolve(chunk.toString());
      socket.end('QUIT\r\n');
    });
    socket.once('error', reject);
  });
}
