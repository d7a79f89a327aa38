import { spawn, type ChildProcess } from 'node:child_process';
import { createWriteStream, existsSync, readFileSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { programArgs } from '#tests/support/program-args.ts';
import { waitFor } from '#tests/support/wait-for.ts';
import type { Pair, ProcessName } from './pairs.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** The processes of one installation, started as they are in life, each with a failpoint that can be armed. */
export interface DeskUnderTest {
  readonly httpUrl: string;
  readonly smtpPort: number;
  /** Deaths so far, by process: each but the armed ones is a failure. */
  deaths(name: ProcessName): number;
  /** The process dies at the nth hit from now on. */
  arm(pair: Pair, nth: number): void;
  /** The armed place was reached, and the process is gone. */
  isHit(pair: Pair): boolean;
  disarm(pair: Pair): void;
  /** Ends a process with -9 whatever it does just now; it is started again at once. */
  kill(name: ProcessName): Promise<void>;
  /** Resolves when both processes are running again. */
  ready(): Promise<void>;
  logOf(name: ProcessName): string;
  stop(): Promise<void>;
}

export interface DeskSettings {
  readonly env: Readonly<Record<string, string>>;
  readonly folder: string;
  readonly httpPort: number;
  readonly smtpPort: number;
  /** Asks whether a fresh worker takes work. */
  readonly isWorkerReady: (pid: number) => Promise<boolean>;
}

interface Running {
  child: ChildProcess;
  deaths: number;
  isReady: Promise<void>;
}

/** Starts worker and api; a process that dies is started again at once, without a failpoint. */
export async function startDesk({ env, folder, httpPort, smtpPort, isWorkerReady }: DeskSettings): Promise<DeskUnderTest> {
  const httpUrl = `http://127.0.0.1:${httpPort}`;
  const armFile = (name: ProcessName) => join(folder, `failpoint-${name}`);
  const logFile = (name: ProcessName) => join(folder, `${name}.log`);
  const argsOf = { worker: await programArgs('worker'), api: await programArgs('api') };
  let isStopping = false;

  function launch(name: ProcessName): ChildProcess {
    const log = createWriteStream(logFile(name), { flags: 'a' });
    const child = spawn(process.execPath, argsOf[name], {
      cwd: ROOT,
      env: { ...process.env, ...env, BATON_TEST: '1', BATON_FAILPOINT: `@${armFile(name)}`, PORT: String(httpPort), SMTP_IN_PORT: String(smtpPort) },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child.stdout.pipe(log, { end: false });
    child.stderr.pipe(log, { end: false });
    return child;
  }

  const isUp = (name: ProcessName, child: ChildProcess) => async () => {
    if (child.exitCode !== null) throw new Error(`${name} ended with code ${child.exitCode}:\n${tail(logFile(name))}`);
    if (name === 'worker') return isWorkerReady(child.pid ?? 0);
    return fetch(`${httpUrl}/readyz`).then(({ ok }) => ok, () => false);
  };

  function keep(name: ProcessName, deaths: number): Running {
    const child = launch(name);
    const isReady = waitFor(isUp(name, child), `${name} is ready`, { withinMs: 180_000, everyMs: 100 }).then(
      () => undefined,
      (error: unknown) => {
        throw new Error(`${name} does not become ready:\n${tail(logFile(name))}`, { cause: error });
      },
    );
    isReady.catch(() => undefined);
    child.once('exit', () => {
      if (!isStopping) running[name] = keep(name, deaths + 1);
    });
    return { child, deaths, isReady };
  }

  const running: Record<ProcessName, Running> = { worker: keep('worker', 0), api: keep('api', 0) };
  const desk: DeskUnderTest = {
    httpUrl,
    smtpPort,
    deaths: (name) => running[name].deaths,
    arm: ({ process: name, failpoint }, nth) => writeFileSync(armFile(name), `${failpoint}:${nth}`),
    isHit: ({ process: name }) => !existsSync(armFile(name)),
    disarm({ process: name }) {
      if (existsSync(armFile(name))) unlinkSync(armFile(name));
    },
    kill: (name) => ended(running[name].child),
    async ready() {
      // A process may die while the other is waited for.
      for (let deaths = -1; deaths !== running.worker.deaths + running.api.deaths; ) {
        deaths = running.worker.deaths + running.api.deaths;
        await Promise.all([running.worker.isReady, running.api.isReady]);
      }
    },
    logOf: (name) => tail(logFile(name), 60),
    async stop() {
      isStopping = true;
      await Promise.all(Object.values(running).map(({ child }) => ended(child)));
    },
  };
  await desk.ready();
  return desk;
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  await new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.kill('SIGKILL');
  });
}

function tail(file: string, lines = 20): string {
  return existsSync(file) ? readFileSync(file, 'utf8').trimEnd().split('\n').slice(-lines).join('\n') : '';
}
