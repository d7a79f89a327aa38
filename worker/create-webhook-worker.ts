import { type NativeConnection, Worker } from '@temporalio/worker';
import type { Activities } from '#activities/index.ts';
import { webhookTaskQueue } from '#workflows/contract/workflow-ids.ts';
import { beating } from './beating.ts';

interface WebhookWorkerParts {
  readonly connection: NativeConnection;
  readonly namespace: string;
  /** The installation's; webhooks have one beside it. */
  readonly taskQueue: string;
  readonly activities: Pick<Activities, 'sendWebhooks'>;
}

/** What posts to receivers, which may take 15 s each: beside the worker of the tickets, and never in its way. */
export function createWebhookWorker({ connection, namespace, taskQueue, activities: { sendWebhooks } }: WebhookWorkerParts): Promise<Worker> {
  return Worker.create({
    connection,
    namespace,
    taskQueue: webhookTaskQueue(taskQueue),
    activities: { sendWebhooks },
    interceptors: { activity: [beating] },
    maxConcurrentActivityTaskExecutions: 50,
    // A try that is cut off is tried again under the same id.
    shutdownGraceTime: '10 s',
  });
}
