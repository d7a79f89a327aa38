import { spawn, type ChildProcess } from 'node:child_process';
import { createKeyring } from '#api/keys/keyring.ts';
import { createPrisma } from '#prisma/client.ts';
import { createSecretBox } from '#store/secrets.ts';
import { connectTemporal } from '#switchboard/connection.ts';
import type { TicketWorld } from '#tests/api/ticket-world.ts';
import { limitsOf } from './no-limits.ts';
import { programArgs } from './program-args.ts';
import { aDatabase, aFolder, aTaskQueue, temporalAddress } from './stack.ts';
import { workflowBundleEnv } from './workflow-bundle.ts';

const SECRET = 'a secret for tests that is long enough';

/** A database and a task queue whose worker is a process that can be killed. */
export async function aKillableWorker({ modelUrl }: { modelUrl?: string } = {}) {
  const [database, folder, bundle, program] = await Promise.all([aDatabase(), aFolder(), workflowBundleEnv(), programArgs('worker')]);
  const taskQueue = aTaskQueue();
  const prisma = createPrisma({ url: database.url, max: 8 });
  const client = connectTemporal({ address: temporalAddress(), namespace: 'default' });
  const now = () => Date.now();
  const deps: TicketWorld['deps'] = {
    prisma, client, taskQueue, now, publicUrl: 'http://localhost:4000', answerWithinMs: 30_000, llmModel: 'scripted', limits: limitsOf(prisma),
    keyring: createKeyring({ prisma, now }), secretBox: createSecretBox(SECRET), webhooks: { allowPrivate: true },
  };
  const running: ChildProcess[] = [];
  const start = (failpoint?: string) => {
    const env = {
      NODE_ENV: 'test' as const, DATABASE_URL: database.url, TEMPORAL_ADDRESS: temporalAddress(), TEMPORAL_NAMESPACE: 'default', BATON_TASK_QUEUE: taskQueue,
      BATON_DATA: folder, BATON_SECRET: SECRET, LOG_LEVEL: 'error', ...bundle,
      ...(modelUrl !== undefined && { LLM_BASE_URL: modelUrl, LLM_MODEL: 'scripted' }),
      ...(failpoint !== undefined && { BATON_TEST: '1', BATON_FAILPOINT: failpoint }),
    };
    const child = spawn(process.execPath, program, { env, stdio: 'ignore' });
    running.push(child);
    return { pid: child.pid, kill: () => child.kill('SIGKILL'), ended: new Promise<void>((resolve) => void child.once('exit', () => resolve())) };
  };
  const killAll = async () => {
    await Promise.all(running.splice(0).map((child) => {
      if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
      child.kill('SIGKILL');
      return new Promise<void>((resolve) => void child.once('exit', () => resolve()));
    }));
  };
  return {
    deps,
    start,
    killAll,
    async close() {
      await killAll();
      await client.connection.close();
      await prisma.$disconnect();
      await database.drop();
    },
  };
}
