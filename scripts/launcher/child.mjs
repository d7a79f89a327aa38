import { spawn } from 'node:child_process';
import { closeSync, copyFileSync, existsSync, mkdirSync, openSync, readFileSync, statSync, truncateSync } from 'node:fs';
import { dirname } from 'node:path';
import { endProcess, recordOf } from './processes.mjs';

const LOG_KEPT_BYTES = 20_000_000;

/** Everything that was started here and has not ended: what must be gone before we are. */
const living = new Set();

/** Moves a long log aside; its writers append, so they go on in the emptied file. */
export function trimLog(path) {
  if (!existsSync(path) || statSync(path).size <= LOG_KEPT_BYTES) return;
  copyFileSync(path, `${path}.1`);
  truncateSync(path);
}

function openLog(path) {
  mkdirSync(dirname(path), { recursive: true });
  trimLog(path);
  return openSync(path, 'a');
}

/** Counts a program among those that must not outlive us. */
export function track(process, stop) {
  const entry = { stop };
  living.add(entry);
  process.once('exit', () => living.delete(entry));
  process.once('error', () => living.delete(entry));
}

/** Ends whatever still runs of what was started here. */
export async function endEveryChild() {
  await Promise.all([...living].map((entry) => entry.stop()));
}

/** The end of a log, for the person who has to find out why a child died. */
export function lastLines(path, count = 12) {
  if (!existsSync(path)) return '';
  return readFileSync(path, 'utf8').trimEnd().split('\n').slice(-count).map((line) => `    ${line}`).join('\n');
}

/**
 * Ends a program that cannot notice our own death: a shell of 1 MB that waits on a pipe whose other
 * end only we hold, so that it fires after a kill -9 too. The pause gives our Node children the
 * time to finish what they do with it.
 */
function guard(pid, signalName, pauseSeconds) {
  const script = `trap '' INT TERM HUP; read -r _ ; sleep ${pauseSeconds}; kill -s ${signalName} ${pid}`;
  const shell = spawn('/bin/sh', ['-c', script], { stdio: ['pipe', 'ignore', 'ignore'], detached: true });
  shell.on('error', () => {});
  shell.stdin.on('error', () => {});
  shell.stdin.unref?.();
  shell.unref();
  return shell;
}

/**
 * Starts a program in a process group of its own, so that Ctrl-C in the terminal reaches the
 * launcher alone and the order of stopping stays ours. Its output goes to its log.
 */
export function startChild({ name, command, args, env, cwd, logFile, uid, gid, signals, guardSignal, guardPauseSeconds = 2 }) {
  const log = openLog(logFile);
  const leashed = guardSignal === undefined;
  const child = spawn(command, args, {
    cwd, env, uid, gid, detached: true,
    stdio: [leashed ? 'pipe' : 'ignore', log, log],
  });
  closeSync(log);
  const exited = new Promise((done) => {
    child.once('error', (error) => done(`could not be started: ${error.message}`));
    child.once('exit', (code, signalName) => done(signalName ? `ended by ${signalName}` : `ended with code ${code}`));
  });
  child.stdin?.on('error', () => {});
  const watcher = child.pid && guardSignal ? guard(child.pid, guardSignal, guardPauseSeconds) : undefined;
  // Once the program is gone its number may be given to another: the guard must not outlive it.
  void exited.then(() => watcher?.kill('SIGKILL'));
  const record = child.pid ? { name, ...recordOf(child.pid) } : { name, pid: 0, birth: '' };
  const stop = async (how = signals) => {
    await endProcess(record, how);
    if (child.pid) await exited;
  };
  track(child, stop);
  return { name, pid: child.pid, record, exited, stop, logFile };
}
