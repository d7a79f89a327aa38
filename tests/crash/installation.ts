import type { Client } from '@temporalio/client';
import { type AuthDeps, createAuthDeps } from '#api/auth/auth-deps.ts';
import { createPool, createPrisma, type PrismaClient } from '#prisma/client.ts';
import { connectTemporal } from '#switchboard/connection.ts';
import type { SwitchboardDeps } from '#switchboard/tickets.ts';
import { aDatabase, aFolder, aPort, aTaskQueue, temporalAddress } from '#tests/support/stack.ts';
import { workflowBundleEnv } from '#tests/support/workflow-bundle.ts';
import { type DeskUnderTest, startDesk } from './desk-under-test.ts';
import { aMailServer, type MailServer } from './mail-server.ts';

export const MAIL_DOMAIN = 'baton.test';
const SECRET = 'a secret for crashes that is long enough';

/** Worker and api as processes that can be killed, on a database and a task queue of their own, and the means to look at them. */
export interface Installation {
  readonly desk: DeskUnderTest;
  readonly prisma: PrismaClient;
  readonly client: Client;
  readonly deps: AuthDeps;
  readonly switchboard: SwitchboardDeps;
  readonly mailServer: MailServer;
  readonly smtpPort: number;
  logs(): string;
  close(): Promise<void>;
}

export async function startInstallation(): Promise<Installation> {
  const [database, folder, httpPort, smtpPort, mailServer, bundle] = await Promise.all([aDatabase(), aFolder(), aPort(), aPort(), aMailServer(), workflowBundleEnv()]);
  const taskQueue = aTaskQueue();
  const pool = createPool({ url: database.url, max: 8 });
  const prisma = createPrisma({ pool });
  const client = connectTemporal({ address: temporalAddress(), namespace: 'default' });
  const publicUrl = `http://127.0.0.1:${httpPort}`;
  const env = {
    DATABASE_URL: database.url,
    TEMPORAL_ADDRESS: temporalAddress(),
    TEMPORAL_NAMESPACE: 'default',
    BATON_TASK_QUEUE: taskQueue,
    BATON_DATA: folder,
    BATON_SECRET: SECRET,
    PUBLIC_URL: publicUrl,
    SMTP_OUT_URL: mailServer.url,
    MAIL_DOMAIN,
    LOG_LEVEL: 'info',
    ...bundle,
    RATE_LIMIT: '100000',
  };
  const desk = await startDesk({ env, folder, httpPort, smtpPort, isWorkerReady: (pid) => hasPoller(client, taskQueue, pid) });
  return {
    desk,
    prisma,
    client,
    deps: createAuthDeps({ prisma, pool, secret: SECRET, publicUrl, now: () => Date.now() }),
    switchboard: { client, prisma, taskQueue },
    mailServer,
    smtpPort,
    logs: () => `--- worker\n${desk.logOf('worker')}\n--- api\n${desk.logOf('api')}`,
    async close() {
      await desk.stop();
      await mailServer.stop();
      await client.connection.close();
      await prisma.$disconnect();
      await pool.end();
      await database.drop();
    },
  };
}

async function hasPoller(client: Client, taskQueue: string, pid: number): Promise<boolean> {
  const { pollers } = await client.workflowService.describeTaskQueue({ namespace: 'default', taskQueue: { name: taskQueue }, taskQueueType: 1 });
  return (pollers ?? []).some(({ identity }) => identity?.startsWith(`${pid}@`) === true);
}
