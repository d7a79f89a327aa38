import { createActivities } from '#activities/index.ts';
import type { ActivityDeps } from '#activities/activity-deps.ts';
import { AGENT_LIMITS } from '#activities/agents/limits.ts';
import { createLocalMailer } from '#activities/email/local-mailer.ts';
import type { Mailer } from '#activities/email/mailer.ts';
import type { Llm } from '#activities/llm/llm.ts';
import { createPrisma, type PrismaClient } from '#prisma/client.ts';
import { createCsatTokens } from '#store/csat-tokens.ts';
import type { Failpoint } from '#store/failpoint.ts';
import { createFileStore } from '#store/file-store.ts';
import { createLocalMailbox, type LocalMailbox } from '#store/local-mailbox.ts';
import { createSecretBox } from '#store/secrets.ts';
import { connectTemporal } from '#switchboard/connection.ts';
import { createAgentWorker } from '../../worker/create-agent-worker.ts';
import { createWebhookWorker } from '../../worker/create-webhook-worker.ts';
import { createWorker } from '../../worker/create-worker.ts';
import { NativeConnection } from '@temporalio/worker';
import { pino } from 'pino';
import { installRuntime } from '../../worker/runtime.ts';
import { startWakes } from '../../worker/wakes.ts';
import { aWorkflowBundle } from './workflow-bundle.ts';
import { aDatabase, aFolder, aTaskQueue, temporalAddress, type TestDatabase } from './stack.ts';

export interface TestDesk {
  readonly deps: ActivityDeps;
  readonly prisma: PrismaClient;
  readonly mailbox: LocalMailbox;
  readonly folder: string;
  readonly databaseUrl: string;
  readonly database: TestDatabase;
  close(): Promise<void>;
}

export interface DeskWishes {
  readonly mailer?: Mailer;
  readonly answerWithinMs?: number;
  readonly now?: () => number;
  /** How many workflows the worker keeps in memory. */
  readonly remembers?: number;
  /** Throws where a process is to be interrupted. */
  readonly failpoint?: Failpoint;
  /** How long a webhook's receiver may take. */
  readonly webhookMs?: number;
  readonly llm?: Llm | null;
  /** No worker hears what PostgreSQL tells, such as that somebody wrote: the sweeper finds it. */
  readonly isDeaf?: boolean;
  /** No worker asks models or agents, as while their queue is full. */
  readonly hasNoAgents?: boolean;
}

/**
 * A whole desk without its HTTP: a database of its own, a task queue of its own, and the real worker on it. `now` is the
 * clock of its activities; workflows have their own (skip-time.ts).
 */
export async function aDesk({ mailer, answerWithinMs, now = () => Date.now(), remembers, failpoint, webhookMs = 15_000, llm = null, isDeaf = false, hasNoAgents = false }: DeskWishes = {}): Promise<TestDesk> {
  const [database, folder] = await Promise.all([aDatabase(), aFolder()]);
  // As many as an api and a worker have together.
  const prisma = createPrisma({ url: database.url, max: 40 });
  const taskQueue = aTaskQueue();
  const client = connectTemporal({ address: temporalAddress(), namespace: 'default' });
  const mailbox = createLocalMailbox(`${folder}/mailbox`);
  const deps: ActivityDeps = {
    prisma,
    client,
    taskQueue,
    mailer: mailer ?? createLocalMailer(mailbox, () => new Date(now()).toISOString()),
    files: createFileStore(`${folder}/files`),
    mailDomain: 'baton.test',
    plusAddressKey: Buffer.alloc(32, 7),
    csatTokens: createCsatTokens('a secret for tests that is long enough'),
    publicUrl: 'http://localhost:4000',
    llm,
    agents: { ...AGENT_LIMITS, webhookMs },
    secretBox: createSecretBox('a secret for tests that is long enough'),
    webhooks: { allowPrivate: true, deadlineMs: webhookMs },
    ...(failpoint !== undefined && { failpoint }),
    now,
    answerWithinMs: answerWithinMs ?? 20_000,
  };
  try {
    installRuntime(pino({ level: 'fatal' }));
  } catch {
    // A second desk of the same test file: the runtime is there.
  }
  const connection = await NativeConnection.connect({ address: temporalAddress() });
  const activities = createActivities(deps);
  const workers = await Promise.all([
    createWorker({ connection, namespace: 'default', taskQueue, bundle: await aWorkflowBundle(), activities, ...(remembers !== undefined && { remembers }) }),
    createWebhookWorker({ connection, namespace: 'default', taskQueue, activities }),
    ...(hasNoAgents ? [] : [createAgentWorker({ connection, namespace: 'default', taskQueue, activities })]),
  ]);
  const running = workers.map((worker) => worker.run());
  const wakes = isDeaf ? null : startWakes(deps, { databaseUrl: database.url, log: pino({ level: 'fatal' }) });
  return {
    deps,
    prisma,
    mailbox,
    folder,
    databaseUrl: database.url,
    database,
    async close() {
      for (const worker of workers) worker.shutdown();
      await Promise.all(running);
      await wakes?.stop();
      await connection.close();
      await client.connection.close();
      await prisma.$disconnect();
      await database.drop();
    },
  };
}
