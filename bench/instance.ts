import { execFile, spawn } from 'node:child_process';
import { readFile, rm } from 'node:fs/promises';
import { mkdtempSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';

const ROOT = join(import.meta.dirname, '..');
const READY_WITHIN_MS = 180_000;

/** A whole Baton as `npm start` makes it, in a folder of its own. */
export interface Instance {
  readonly baseUrl: string;
  readonly data: string;
  readonly pid: number;
  readonly databaseUrl: string;
  readonly temporalAddress: string;
  /** Runs the `baton` command and returns what it printed. */
  baton(...args: string[]): Promise<string>;
  stop(): Promise<void>;
}

const environment = z.object({ DATABASE_URL: z.string(), TEMPORAL_ADDRESS: z.string() });
const ASK_ENVIRONMENT = `import { environmentOf, readInstance } from './scripts/launcher/instance.mjs';
const data = process.argv[1];
process.stdout.write(JSON.stringify(environmentOf({ data, ports: readInstance(data).ports })));`;

export async function startInstance({ empty = true, env = {} }: { empty?: boolean; env?: Readonly<Record<string, string>> } = {}): Promise<Instance> {
  const data = mkdtempSync(join(tmpdir(), 'baton-bench-'));
  const port = await freePort();
  const args = ['scripts/start.mjs', '--port', String(port), '--data', data, '--no-open', ...(empty ? ['--empty'] : [])];
  const launcher = spawn(process.execPath, args, { cwd: ROOT, stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, LOG_LEVEL: 'warn', RATE_LIMIT: '1000000', RATE_LIMIT_VISITORS: '1000000', ...env } });
  const baseUrl = `http://127.0.0.1:${port}`;
  await untilReady(baseUrl, launcher);
  if (!empty) await untilDemo(data);
  const asked = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', ASK_ENVIRONMENT, data], { cwd: ROOT });
  const { DATABASE_URL: databaseUrl, TEMPORAL_ADDRESS: temporalAddress } = environment.parse(JSON.parse(asked.stdout));
  return {
    baseUrl,
    data,
    pid: launcher.pid ?? 0,
    databaseUrl,
    temporalAddress,
    async baton(...command) {
      const { stdout } = await promisify(execFile)(process.execPath, ['scripts/baton.mjs', '--data', data, ...command], { cwd: ROOT });
      return stdout.trim();
    },
    async stop() {
      launcher.kill('SIGTERM');
      await new Promise((done) => launcher.once('exit', done));
      await rm(data, { recursive: true, force: true });
    },
  };
}

async function untilReady(baseUrl: string, launcher: ReturnType<typeof spawn>): Promise<void> {
  const until = performance.now() + READY_WITHIN_MS;
  while (performance.now() < until) {
    if (launcher.exitCode !== null) throw new Error('npm start ended');
    const isReady = await fetch(`${baseUrl}/readyz`).then(
      (answer) => answer.status === 200,
      () => false,
    );
    if (isReady) return;
    await pause(250);
  }
  throw new Error('npm start did not become ready');
}

async function untilDemo(data: string): Promise<void> {
  const until = performance.now() + READY_WITHIN_MS;
  while (performance.now() < until) {
    const text = await readFile(join(data, 'instance.json'), 'utf8');
    if (/"demo": ?"loaded"/.test(text)) return;
    await pause(500);
  }
  throw new Error('the demo was not loaded');
}

export function pause(ms: number): Promise<void> {
  return new Promise((done) => setTimeout(done, ms));
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => (address !== null && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port'))));
    });
  });
}
