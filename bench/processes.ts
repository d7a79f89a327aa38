import { readdir, readFile } from 'node:fs/promises';

/** The process of an instance that runs a program: the one below its launcher. */
export async function processOf(launcher: number, program: 'api' | 'worker'): Promise<number> {
  for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
    const [command, status] = await Promise.all(['cmdline', 'status'].map((name) => readFile(`/proc/${pid}/${name}`, 'utf8').catch(() => '')));
    if (command?.includes(`${program}/main.js`) && new RegExp(`^PPid:\\s+${launcher}$`, 'm').test(status ?? '')) return Number(pid);
  }
  throw new Error(`the ${program} was not found`);
}
