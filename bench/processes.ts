import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

const instanceFile = z.object({ children: z.array(z.object({ name: z.string(), pid: z.number() })) });

/** The process that serves as a program of the instance with this data folder, as its launcher wrote it down. */
export async function processOf(data: string, program: 'api' | 'worker'): Promise<number> {
  const { children } = instanceFile.parse(JSON.parse(await readFile(join(data, 'instance.json'), 'utf8')));
  const found = children.find(({ name }) => name === program);
  if (found === undefined) throw new Error(`the ${program} was not found`);
  return found.pid;
}
