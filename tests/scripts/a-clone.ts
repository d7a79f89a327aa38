import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { waitFor } from '#tests/support/wait-for.ts';

const root = resolve(import.meta.dirname, '..', '..');

const instanceSchema = z.object({
  ports: z.object({ http: z.number(), smtp: z.number(), temporal: z.number(), postgres: z.number() }),
  children: z.array(z.object({ name: z.string(), pid: z.number() })),
  running: z.object({ env: z.record(z.string(), z.string()) }).optional(),
});

export type Started = {
  pid: number;
  output: () => string;
  ended: Promise<{ code: number | null; output: string; stdout: string }>;
};

/** A clone of the launcher alone, with stand-ins for api, worker and command line, in a folder only its owner may enter. */
export function aClone() {
  const home = mkdtempSync(join(tmpdir(), 'baton-clone-'));
  const has = (...parts: string[]) => join(home, ...parts);
  cpSync(join(root, 'scripts'), has('scripts'), { recursive: true });
  cpSync(join(root, 'examples'), has('examples'), { recursive: true });
  cpSync(join(root, 'tests/scripts/fixtures'), home, { recursive: true });
  mkdirSync(has('prisma'));
  mkdirSync(has('.cache'));
  for (const file of ['package.json', 'package-lock.json', '.npmrc', 'tsconfig.json', 'prisma/migrate.ts', 'prisma/project-root.ts', 'prisma/schema-engine.ts']) {
    cpSync(join(root, file), has(file));
  }
  symlinkSync(join(root, 'node_modules'), has('node_modules'));
  if (existsSync(join(root, '.cache/temporal'))) symlinkSync(join(root, '.cache/temporal'), has('.cache/temporal'));

  const run = (command: string, args: string[], env: Record<string, string> = {}): Started => {
    const inherited: Record<string, string | undefined> = Object.fromEntries(
      Object.entries(process.env).filter(([name]) => !/^(npm_|BATON_|PORT$|DATABASE_URL$|NODE_OPTIONS$|TEMPORAL_)/.test(name)),
    );
    const temporal = process.env.BATON_TEMPORAL_BIN;
    const child = spawn(command, args, {
      cwd: home,
      env: { NODE_ENV: 'test', ...inherited, ...(temporal ? { BATON_TEMPORAL_BIN: temporal } : {}), ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let stdout = '';
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => {
      stdout += chunk.toString();
      output += chunk.toString();
    });
    child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
    const ended = new Promise<{ code: number | null; output: string; stdout: string }>((done) => {
      child.once('close', (code) => done({ code, output, stdout }));
    });
    return { pid: child.pid ?? 0, output: () => output, ended };
  };

  const instance = (data: string) => instanceSchema.parse(JSON.parse(readFileSync(has(data, 'instance.json'), 'utf8')));

  return {
    home,
    instance,
    start: (args: string[], env?: Record<string, string>) =>
      run(process.execPath, [has('scripts/start.mjs'), '--no-open', ...args], env),
    npm: (args: string[], env?: Record<string, string>) => run('npm', args, env),
    /** The environment of somebody who brings the servers of this running instance as their own. */
    ownServers: (data: string) => {
      const env = instance(data).running?.env ?? {};
      return { DATABASE_URL: env['DATABASE_URL'] ?? '', TEMPORAL_ADDRESS: env['TEMPORAL_ADDRESS'] ?? '' };
    },
    asked: (data: string) => readFileSync(has(data, 'asked.txt'), 'utf8').trim().split('\n'),
    /** Every process of this clone: its folder is in the command line of each. */
    processes: () => processesNaming(home),
    remove: () => rmSync(home, { recursive: true, force: true }),
  };
}

function processesNaming(text: string): { pid: number; line: string }[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => ({ pid: Number(name), line: lineOf(name) }))
    .filter(({ line }) => line.includes(text));
}

function lineOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
  } catch {
    return '';
  }
}

/** Waits until the launcher says that all is ready; fails at once, with its words, when it ended before. */
export async function untilReady(started: Started): Promise<void> {
  const ready = waitFor(() => started.output().includes('Ctrl-C stops everything'), 'the launcher to be ready', {
    withinMs: 120_000,
  });
  const endedFirst = started.ended.then(({ output }) => {
    if (!output.includes('Ctrl-C stops everything')) throw new Error(`the launcher ended:\n${output}`);
  });
  await Promise.race([ready, endedFirst]);
}
