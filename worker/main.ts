import { join } from 'node:path';
import { NativeConnection } from '@temporalio/worker';
import { loadClientConnectConfig } from '@temporalio/envconfig';
import { pino } from 'pino';
import { createActivities } from '#activities/index.ts';
import type { ActivityDeps } from '#activities/activity-deps.ts';
import { createLocalMailer } from '#activities/email/local-mailer.ts';
import { createSmtpMailer } from '#activities/email/smtp-sender.ts';
import { AGENT_LIMITS } from '#activities/agents/limits.ts';
import { createLlm } from '#activities/llm/llm.ts';
import { WEBHOOK_DEADLINE_MS } from '#activities/webhooks/post-webhook.ts';
import { createPrisma } from '#prisma/client.ts';
import { createCsatTokens } from '#store/csat-tokens.ts';
import { failpointFrom } from '#store/failpoint.ts';
import { createFileStore } from '#store/file-store.ts';
import { deriveKey, loadInstallationSecret } from '#store/installation-secret.ts';
import { createLocalMailbox } from '#store/local-mailbox.ts';
import { createSecretBox } from '#store/secrets.ts';
import { connectTemporal } from '#switchboard/connection.ts';
import { releaseDeadWorkers } from '#switchboard/release-dead-workers.ts';
import { bundleWorkflows } from './bundle.ts';
import { createAgentWorker } from './create-agent-worker.ts';
import { createWebhookWorker } from './create-webhook-worker.ts';
import { createWorker } from './create-worker.ts';
import { workerEnv, type WorkerEnv } from './env.ts';
import { installRuntime } from './runtime.ts';
import { ensureSearchAttributes } from './search-attributes.ts';
import { startWakes } from './wakes.ts';

/** Runs the ticket workflows and the outside world behind them, until it is told to stop. */
async function main(env: WorkerEnv): Promise<void> {
  const log = pino({ level: env.LOG_LEVEL, base: { process: 'worker' } });
  installRuntime(log);
  const prisma = createPrisma({ url: env.DATABASE_URL, max: 20 });
  const { address, connection, namespace } = await connect(env);
  const failpoint = failpointFrom(env.BATON_TEST === '1' ? env.BATON_FAILPOINT : undefined, () => process.kill(process.pid, 'SIGKILL'));
  const secret = await loadInstallationSecret({ given: env.BATON_SECRET, dataFolder: env.BATON_DATA });
  const now = () => Date.now();
  const client = connectTemporal({ ...(address === undefined ? {} : { address }), namespace });
  const deps: ActivityDeps = {
    prisma,
    client,
    taskQueue: env.BATON_TASK_QUEUE,
    ...(failpoint !== undefined && { failpoint }),
    mailer:
      env.SMTP_OUT_URL === undefined
        ? createLocalMailer(createLocalMailbox(join(env.BATON_DATA, 'mailbox')), () => new Date(now()).toISOString())
        : createSmtpMailer(env.SMTP_OUT_URL, { tryMs: env.BATON_SMTP_TRY_MS }),
    files: createFileStore(join(env.BATON_DATA, 'files')),
    mailDomain: env.MAIL_DOMAIN,
    plusAddressKey: deriveKey(secret, 'plus-address'),
    csatTokens: createCsatTokens(secret),
    publicUrl: env.PUBLIC_URL.replace(/\/+$/, ''),
    llm: env.LLM_BASE_URL === undefined ? null : createLlm({ baseUrl: env.LLM_BASE_URL, apiKey: env.LLM_API_KEY, model: env.LLM_MODEL }),
    secretBox: createSecretBox(secret),
    agents: AGENT_LIMITS,
    webhooks: { allowPrivate: env.WEBHOOK_ALLOW_PRIVATE === '1', deadlineMs: WEBHOOK_DEADLINE_MS },
    now,
  };
  const bundle = env.BATON_WORKFLOW_BUNDLE === undefined ? await bundleWorkflows() : { codePath: env.BATON_WORKFLOW_BUNDLE };
  const activities = createActivities(deps);
  const making = Promise.all([
    createWorker({ connection, namespace, taskQueue: env.BATON_TASK_QUEUE, bundle, activities, ...(failpoint !== undefined && { failpoint }) }),
    createWebhookWorker({ connection, namespace, taskQueue: env.BATON_TASK_QUEUE, activities }),
    createAgentWorker({ connection, namespace, taskQueue: env.BATON_TASK_QUEUE, activities }),
  ]);
  // Before any of them asks for work: a queue of our own in a history would be taken for a dead one's.
  const [workers] = await Promise.all([making, ensureSearchAttributes(client, namespace), releaseDeadWorkers({ prisma, client, log })]);
  const wakes = startWakes(deps, { databaseUrl: env.DATABASE_URL, log });
  log.info({ taskQueue: env.BATON_TASK_QUEUE }, 'worker is running');
  await Promise.all(workers.map((worker) => worker.run()));
  await wakes.stop();
  await connection.close();
  await prisma.$disconnect();
}

async function connect(env: WorkerEnv) {
  const config = loadClientConnectConfig();
  const address = env.TEMPORAL_ADDRESS ?? config.connectionOptions.address;
  const connection = await NativeConnection.connect({ ...config.connectionOptions, ...(address === undefined ? {} : { address }) });
  return { address, connection, namespace: env.TEMPORAL_NAMESPACE ?? config.namespace ?? 'default' };
}

await main(workerEnv.parse(process.env));
