import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client, Connection, WithStartWorkflowOperation } from '@temporalio/client';
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';

export interface Bare {
  /** One bare Update of the workflow of that lane. */
  update(lane: number): Promise<void>;
  /** One bare birth: a new workflow, and the answer to its first Update. Returns its id. */
  birth(): Promise<string>;
  /** One bare signal, until the workflow has taken it. */
  signal(workflowId: string): Promise<void>;
  /** One bare timer; by how many milliseconds its end came too late. */
  timer(at: number): Promise<number>;
  /** Kills its worker with -9, and starts another at once: what a bare Update costs where that happens. */
  kill(): void;
  stop(): Promise<void>;
}

/** Bare workflows on the same server, run by a worker process of their own. */
export async function startBare(address: string, lanes: number): Promise<Bare> {
  const taskQueue = `bare-${randomUUID()}`;
  const folder = await mkdtemp(join(tmpdir(), 'baton-bare-'));
  const bundlePath = join(folder, 'workflows.js');
  // Ahead of time, as Baton's are: a worker that is started again bundles nothing.
  const { code } = await bundleWorkflowCode({ workflowsPath: fileURLToPath(new URL('./workflow.ts', import.meta.url)), logger: new DefaultLogger('ERROR') });
  await writeFile(bundlePath, code);
  const startWorker = () =>
    spawn(process.execPath, [new URL('./worker.mjs', import.meta.url).pathname, address, taskQueue, bundlePath], {
      // It ends when this pipe does, however this process ends.
      stdio: ['pipe', 'ignore', 'inherit'],
    });
  let worker = startWorker();
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
    async birth() {
      const workflowId = `bare:${randomUUID()}`;
      const startWorkflowOperation = new WithStartWorkflowOperation('bare', { taskQueue, workflowId, workflowIdConflictPolicy: 'FAIL' });
      await client.workflow.executeUpdateWithStart('bare', { args: [1], startWorkflowOperation });
      return workflowId;
    },
    async signal(workflowId) {
      const handle = client.workflow.getHandle(workflowId);
      await handle.signal('end');
      // It ends in the task that takes the signal.
      await handle.result();
    },
    async timer(at) {
      await client.workflow.execute('bareTimer', { taskQueue, workflowId: `bare:${randomUUID()}`, args: [at] });
      return Date.now() - at;
    },
    kill() {
      worker.kill('SIGKILL');
      worker = startWorker();
    },
    async stop() {
      await Promise.all(handles.map((handle) => handle.terminate()));
      await connection.close();
      // It has nothing to lose, and would wait for polls that nobody answers.
      worker.kill('SIGKILL');
      await rm(folder, { recursive: true, force: true });
    },
  };
}
