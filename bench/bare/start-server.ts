import { spawn } from 'node:child_process';
import { join } from 'node:path';

/** A bare server in a process of its own, which prints its port when it is there. */
export interface BareServer {
  readonly baseUrl: string;
  readonly pid: number;
  stop(): void;
}

export async function startServer(file: string, ...args: readonly string[]): Promise<BareServer> {
  const server = spawn(process.execPath, ['--import', 'tsx', join(import.meta.dirname, file), ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  const port = await new Promise<number>((resolve, reject) => {
    server.stdout.once('data', (chunk: Buffer) => resolve(Number(String(chunk).trim())));
    server.once('exit', (code) => reject(new Error(`${file} ended with code ${code}`)));
  });
  return { baseUrl: `http://127.0.0.1:${port}`, pid: server.pid ?? 0, stop: () => void server.kill('SIGKILL') };
}
