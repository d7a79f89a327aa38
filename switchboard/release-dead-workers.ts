import { hostname } from 'node:os';
import type { Client } from '@temporalio/client';
import { sweeperWorkflowId } from '#workflows/contract/workflow-ids.ts';
import type { SwitchboardDeps } from './tickets.ts';

const MOST_SWEEPERS = 20;
const LAST_EVENTS = 20;
const PATIENCE_MS = 3_000;
/** The SDK's name for a queue that leads to one worker's memory: `pid@host`, a hyphen and a UUID without hyphens. */
const STICKY_QUEUE = /^((\d+)@(.+))-[0-9a-f]{32}$/;

/**
 * Tells the server that the workers which died on this machine come back no more, as they do themselves where they are stopped; gives
 * their names. Otherwise what happens to their tickets in the next ten seconds is offered to a dead one first, for as long as a worker's
 * `stickyQueueScheduleToStartTimeout`; later the server finds out by itself. Asked where an api or a worker starts, whichever is first. Which they were is
 * read from what the sweepers' histories tell, for sweepers run every ten seconds or so: of several that died together one may be missed. A
 * living worker that is named by mistake, because its process ids are not ours to see under the same host name, goes on, and replays what it is asked next.
 * Where it cannot be found out, tickets wait a little.
 */
export async function releaseDeadWorkers({ log, ...deps }: Pick<SwitchboardDeps, 'prisma' | 'client'> & { log: { debug(facts: object, text: string): void } }): Promise<readonly string[]> {
  try {
    return await release(deps);
  } catch (error) {
    log.debug({ err: error }, 'whether workers have died is not known');
    return [];
  }
}

async function release({ prisma, client }: Pick<SwitchboardDeps, 'prisma' | 'client'>): Promise<readonly string[]> {
  const teams = await prisma.team.findMany({ select: { id: true }, orderBy: { id: 'asc' }, take: MOST_SWEEPERS });
  return client.withDeadline(Date.now() + PATIENCE_MS, async () => {
    const queues = new Set(await Promise.all(teams.map(({ id }) => lastQueueOf(client, sweeperWorkflowId(id)))));
    const dead: string[] = [];
    for (const queue of queues) {
      const [, identity, pid, host] = STICKY_QUEUE.exec(queue) ?? [];
      if (identity === undefined || host !== hostname() || isAlive(Number(pid))) continue;
      await client.workflowService.shutdownWorker({ namespace: client.options.namespace, stickyTaskQueue: queue, identity, reason: 'its process is gone' });
      dead.push(identity);
    }
    return dead;
  });
}

/** Whose memory the workflow's last tasks were meant for; empty for nobody's, or for a workflow that is not there. */
async function lastQueueOf({ workflowService, options: { namespace } }: Client, workflowId: string): Promise<string> {
  const answer = await workflowService.getWorkflowExecutionHistoryReverse({ namespace, execution: { workflowId }, maximumPageSize: LAST_EVENTS }).catch(() => null);
  const names = answer?.history?.events?.map((event) => event.workflowTaskScheduledEventAttributes?.taskQueue?.name ?? '') ?? [];
  return names.find((name) => STICKY_QUEUE.test(name)) ?? '';
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
