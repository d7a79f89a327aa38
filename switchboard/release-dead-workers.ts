import { hostname } from 'node:os';
import type { Client } from '@temporalio/client';
import { sweeperWorkflowId } from '#workflows/contract/workflow-ids.ts';
import type { SwitchboardDeps } from './tickets.ts';

/** Sweepers run every ten seconds or so: what a worker of this machine had in memory, one of these was lately. */
const MOST_SWEEPERS = 20;
const LAST_EVENTS = 20;
/** The SDK's: `pid@host`, a hyphen and a UUID without hyphens. */
const STICKY_QUEUE = /^((\d+)@(.+))-[0-9a-f]{32}$/;

/**
 * Tells the server that the workers which died on this machine come back no more, as they do themselves where they are stopped; gives
 * their names. Otherwise every ticket that they had in memory is offered to a dead one first, at its next event, for as long as a worker's
 * `stickyQueueScheduleToStartTimeout`. Which they were is read from what the sweepers' histories tell. Asked where an api or a worker starts,
 * whichever is first. A living worker that were named by mistake would go on, and replay what it is asked next.
 */
export async function releaseDeadWorkers({ prisma, client }: Pick<SwitchboardDeps, 'prisma' | 'client'>): Promise<readonly string[]> {
  const teams = await prisma.team.findMany({ select: { id: true }, take: MOST_SWEEPERS });
  const queues = new Set(await Promise.all(teams.map(({ id }) => stickyQueueOf(client, sweeperWorkflowId(id)))));
  const dead: string[] = [];
  for (const queue of queues) {
    const [, identity, pid, host] = STICKY_QUEUE.exec(queue ?? '') ?? [];
    if (queue === null || identity === undefined || host !== hostname() || isAlive(Number(pid))) continue;
    await client.workflowService.shutdownWorker({ namespace: client.options.namespace, stickyTaskQueue: queue, identity, reason: 'its process is gone' });
    dead.push(identity);
  }
  return dead;
}

/** Whose memory the workflow's last tasks were meant for; null for nobody's, or for a workflow that is not there. */
async function stickyQueueOf({ workflowService, options: { namespace } }: Client, workflowId: string): Promise<string | null> {
  const answer = await workflowService.getWorkflowExecutionHistoryReverse({ namespace, execution: { workflowId }, maximumPageSize: LAST_EVENTS }).catch(() => null);
  const queues = answer?.history?.events?.map((event) => event.workflowTaskScheduledEventAttributes?.taskQueue?.name ?? '') ?? [];
  return queues.find((name) => STICKY_QUEUE.test(name)) ?? null;
}

/** A process of that number; where it is our own, an earlier one had it, for no queue of ours is in a history yet. */
function isAlive(pid: number): boolean {
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
