import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { resolve } from 'node:path';

const PROGRAM = resolve(import.meta.dirname, '../../examples/sample-agent.mjs');

export interface SampleAgent {
  readonly child: ChildProcess;
  readonly ended: Promise<number | null>;
  /** What it has logged. */
  output(): string;
}

/** The sample agent as others run it: a process with a URL and a key. Whoever starts it kills it. */
export function aSampleAgent({ url, key }: { url: string; key: string }): SampleAgent {
  const child = spawn(process.execPath, [PROGRAM], { env: { ...process.env, BATON_URL: url, BATON_KEY: key } });
  const output: string[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => output.push(chunk.toString()));
  const ended = new Promise<number | null>((told) => child.once('exit', told));
  return { child, ended, output: () => output.join('') };
}
