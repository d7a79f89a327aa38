import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';

const HAS_PROC = existsSync('/proc/self/stat');

export const sleep = (ms) => new Promise((done) => setTimeout(done, ms));

function ps(args) {
  return spawnSync('ps', args, { encoding: 'utf8' }).stdout ?? '';
}

/** The command line of a process, or an empty string when there is none (a zombie has none either). */
export function commandLine(pid) {
  if (!HAS_PROC) return ps(['-ww', '-o', 'args=', '-p', String(pid)]).trim();
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
  } catch {
    return '';
  }
}

export const isAlive = (pid) => commandLine(pid) !== '';

/** What tells a process from a later one that got the same pid: the instant at which it began. */
export function birthOf(pid) {
  if (!HAS_PROC) return ps(['-o', 'lstart=', '-p', String(pid)]).trim();
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\) /s, '').split(' ');
    return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()}:${fields[19]}`;
  } catch {
    return '';
  }
}

export const recordOf = (pid) => ({ pid, birth: birthOf(pid) });

/** Is the recorded process, and not another one with its number, still there? */
export const stillRuns = (record) =>
  Boolean(record?.pid) && isAlive(record.pid) && birthOf(record.pid) === record.birth;

/** Every process whose command line holds all the given texts. */
export function findProcesses(texts) {
  const pids = HAS_PROC
    ? readdirSync('/proc').filter((name) => /^\d+$/.test(name)).map(Number)
    : ps(['-axo', 'pid=']).split('\n').map(Number).filter(Boolean);
  return pids.filter((pid) => {
    if (pid === process.pid) return false;
    const line = commandLine(pid);
    return texts.every((text) => line.includes(text));
  });
}

export async function waitUntil(condition, withinMs) {
  const until = Date.now() + withinMs;
  while (Date.now() < until) {
    if (await condition()) return true;
    await sleep(25);
  }
  return false;
}

function signal(pid, name) {
  try {
    process.kill(pid, name);
  } catch {
    // Gone already, which is what was wanted.
  }
}

/** Ends a process by the given signals in turn, each with its time in ms; true once it is gone. */
export async function endProcess(record, signals = [['SIGTERM', 10_000], ['SIGKILL', 5_000]]) {
  for (const [name, withinMs] of signals) {
    if (!stillRuns(record)) return true;
    signal(record.pid, name);
    if (await waitUntil(() => !stillRuns(record), withinMs)) return true;
  }
  return !stillRuns(record);
}
