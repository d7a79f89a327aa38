import { type NativeConnection, Worker, type WorkflowBundleOption } from '@temporalio/worker';
import type { Failpoint } from '#store/failpoint.ts';
import type { Activities } from '#activities/index.ts';
import { beating } from './beating.ts';
import { failpointSinks } from './failpoints.ts';

export interface WorkerParts {
  readonly connection: NativeConnection;
  readonly namespace: string;
  readonly taskQueue: string;
  readonly bundle: WorkflowBundleOption;
  readonly activities: Activities;
  readonly failpoint?: Failpoint;
  /** How many workflows it keeps in memory; 0: each task replays its whole history. */
  readonly remembers?: number;
}

/** The worker of an installation; tests make it of the same parts. */
export function createWorker({ connection, namespace, taskQueue, bundle, activities, failpoint, remembers = 1_000 }: WorkerParts): Promise<Worker> {
  return Worker.create({
    connection,
    namespace,
    taskQueue,
    workflowBundle: bundle,
    activities: { ...activities },
    sinks: failpointSinks(failpoint ?? (() => undefined)),
    interceptors: { activity: [beating] },
    // An evicted ticket replays its history at its next event: memory is cheaper, up to a point.
    maxCachedWorkflows: remembers,
    // A worker that was killed still owns what it had cached: its tickets wait so long until another takes them, and an
    // api that waits 8 s for a ticket's answer should get it.
    stickyQueueScheduleToStartTimeout: '4 s',
    maxConcurrentActivityTaskExecutions: 50,
    // Activities last up to a minute; an SMTP try that is cut off is settled by the send log.
    shutdownGraceTime: '10 s',
  });
}
