import { type NativeConnection, Worker } from '@temporalio/worker';
import type { Activities } from '#activities/index.ts';
import { agentTaskQueue } from '#workflows/contract/workflow-ids.ts';
import { beating } from './beating.ts';

interface AgentWorkerParts {
  readonly connection: NativeConnection;
  readonly namespace: string;
  /** The installation's; agents have one beside it. */
  readonly taskQueue: string;
  readonly activities: Pick<Activities, 'callAgent' | 'composeText' | 'summariseTicket' | 'testModel' | 'translateText' | 'tryAgent'>;
}

/** What asks models and agents' servers, which may take minutes: beside the worker of the tickets, and never in its way. */
export function createAgentWorker({ connection, namespace, taskQueue, activities: { callAgent, composeText, summariseTicket, testModel, translateText, tryAgent } }: AgentWorkerParts): Promise<Worker> {
  return Worker.create({
    connection,
    namespace,
    taskQueue: agentTaskQueue(taskQueue),
    activities: { callAgent, composeText, summariseTicket, testModel, translateText, tryAgent },
    interceptors: { activity: [beating] },
    maxConcurrentActivityTaskExecutions: 100,
    // The answer to a beat says that a human has taken over; by default most beats are kept back.
    maxHeartbeatThrottleInterval: '1 s',
    // A call that is cut off is made again elsewhere.
    shutdownGraceTime: '10 s',
  });
}
