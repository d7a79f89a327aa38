import { readdir, readFile } from 'node:fs/promises';
import { pause, startInstance } from './instance.ts';
import { line } from './measure.ts';

// Resident memory of everything that `npm start` started, idle, with the demo's data.
const IDLE_MS = 60_000;

interface Process {
  readonly pid: number;
  readonly parent: number;
  readonly name: string;
  readonly rssKb: number;
  /** Memory that is shared is counted once: each process's proportional share. */
  readonly pssKb: number;
}

async function processes(): Promise<Process[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const found = await Promise.all(pids.map((pid) => readProcess(pid).catch(() => null)));
  return found.filter((one) => one !== null);
}

async function readProcess(pid: string): Promise<Process> {
  const [status, rollup, command] = await Promise.all(
    ['status', 'smaps_rollup', 'cmdline'].map((name) => readFile(`/proc/${pid}/${name}`, 'utf8')),
  );
  const number = (text: string | undefined, key: string) => Number(new RegExp(`^${key}:\\s+(\\d+)`, 'm').exec(text ?? '')?.[1] ?? 0);
  return {
    pid: Number(pid),
    parent: number(status, 'PPid'),
    name: (command ?? '').replaceAll('\0', ' ').trim().slice(0, 60),
    rssKb: number(status, 'VmRSS'),
    pssKb: number(rollup, 'Pss'),
  };
}

function family(all: readonly Process[], root: number): Process[] {
  const members = new Set([root]);
  for (let before = 0; before !== members.size; ) {
    before = members.size;
    for (const one of all) if (members.has(one.parent)) members.add(one.pid);
  }
  return all.filter((one) => members.has(one.pid));
}

const instance = await startInstance({ empty: false });
try {
  await pause(IDLE_MS);
  const own = family(await processes(), instance.pid);
  for (const one of own) line(one.name, `${(one.rssKb / 1024).toFixed(0)} MB`);
  const rss = own.reduce((sum, one) => sum + one.rssKb, 0) / 1024;
  const pss = own.reduce((sum, one) => sum + one.pssKb, 0) / 1024;
  line('all together, resident (shared pages once per process)', `${rss.toFixed(0)} MB`, 'under 1024 MB');
  line('all together, proportional (shared pages once)', `${pss.toFixed(0)} MB`);
  line('ratio to a bare Node process', (rss / (await bareNodeMb())).toFixed(1));
} finally {
  await instance.stop();
}

async function bareNodeMb(): Promise<number> {
  const { spawn } = await import('node:child_process');
  const child = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 20000)']);
  await pause(2_000);
  const { rssKb } = await readProcess(String(child.pid));
  child.kill('SIGKILL');
  return rssKb / 1024;
}
