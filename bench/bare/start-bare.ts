import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { Client, Connection } from '@temporalio/client';

export interface Bare {
  /** One bare Update of the workflow of that lane. */
  update(lane: number): Promise<void>;
  stop(): Promise<void>;
}

/** Bare workflows on the same server, run by a worker process of their own. */
export async function startBare(address: string, lanes: number): Promise<Bare> {
  const taskQueue = `bare-${randomUUID()}`;
  const worker = spawn(process.execPath, ['--import', 'tsx', new URL('./worker.ts', import.meta.url).pathname, address, taskQueue], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const connection = await Connection.connect({ address });
  const client = new Client({ connection });
  const handles = await Promise.all(
    Array.from({ length: lanes }, () => client.workflow.start('bare', { taskQueue, workflowId: `bare:${randomUUID()}` })),
  );
  const update = async (lane: number) => {
    await handles[lane % handles.length]?.executeUpdate('bare', { args: [1] });
  };
  for (let lane = 0; lane < lanes; lane += 1) await update(lane);
  return {
    update,
    async stop() {
      await Promise.all(handles.map((handle) => handle.terminate()));
      await connection.close();
      // It has nothing to lose, and would wait for polls that nobody answers.
      worker.kill('SIGKILL');
    },
  };
}
