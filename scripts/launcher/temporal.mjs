import { mkdirSync } from 'node:fs';
import { connect } from 'node:net';
import { dirname } from 'node:path';
import { spawn } from 'node:child_process';
import { lastLines, startChild } from './child.mjs';
import { endProcess, findProcesses, recordOf, waitUntil } from './processes.mjs';
import { SEARCH_ATTRIBUTES } from './search-attributes.mjs';

const READY_WITHIN_MS = 60_000;
const DYNAMIC_CONFIG = {
  // A task's answer brings the activity it ordered along to the same worker, without a way through the queue.
  'system.enableActivityEagerExecution': 'true',
  // Timers fire up to a second late in case a cluster's machines disagree about the time; this server is one machine.
  'history.timerProcessorMaxTimeShift': '"10ms"',
};
const STOP_SIGNALS = [['SIGINT', 10_000], ['SIGKILL', 5_000]];

const answers = (port) =>
  new Promise((done) => {
    const socket = connect({ port, host: '127.0.0.1' });
    socket.once('connect', () => socket.destroy() && done(true));
    socket.once('error', () => done(false));
  });

/** The port is open before the namespace is there; a client that comes in between is refused. */
const hasNamespace = (binary, port) =>
  new Promise((done) => {
    const ask = spawn(binary, ['operator', 'namespace', 'describe', '-n', 'default', '--address', `127.0.0.1:${port}`], { stdio: 'ignore' });
    ask.once('error', () => done(false));
    ask.once('exit', (code) => done(code === 0));
  });

/** Ends a server that a killed launcher left on this database file: two on one file would corrupt it. */
export async function clearTemporalRemains(file) {
  for (const pid of findProcesses(['start-dev', `--db-filename ${file}`])) {
    await endProcess(recordOf(pid), STOP_SIGNALS);
  }
}

/** Starts Temporal's development server, in memory when no file is given; resolves when its namespace answers. */
export async function startTemporal({ binary, port, file, logFile, dynamicConfig = {}, synchronous = 'FULL' }) {
  const args = ['server', 'start-dev', '--headless', '--ip', '127.0.0.1', '--port', String(port), '--log-level', 'warn'];
  if (file) {
    mkdirSync(dirname(file), { recursive: true });
    await clearTemporalRemains(file);
    args.push('--db-filename', file);
  }
  args.push('--sqlite-pragma', 'journal_mode=WAL', '--sqlite-pragma', `synchronous=${synchronous}`);
  for (const [name, value] of Object.entries({ ...DYNAMIC_CONFIG, ...dynamicConfig })) args.push('--dynamic-config-value', `${name}=${value}`);
  for (const [name, type] of Object.entries(SEARCH_ATTRIBUTES)) args.push('--search-attribute', `${name}=${type}`);
  const child = startChild({
    name: 'Temporal', command: binary, args, cwd: '/', logFile,
    env: { PATH: process.env.PATH, HOME: process.env.HOME ?? '/' },
    signals: STOP_SIGNALS, guardSignal: 'TERM', guardPauseSeconds: 4,
  });
  let ended;
  void child.exited.then((how) => (ended = how));
  const ready = await waitUntil(
    async () => ended !== undefined || ((await answers(port)) && (await hasNamespace(binary, port))),
    READY_WITHIN_MS,
  );
  if (!ready || ended !== undefined) {
    await child.stop();
    throw new Error(`Temporal ${ended ?? 'did not become ready'}:\n${lastLines(logFile)}`);
  }
  return child;
}
