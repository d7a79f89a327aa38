import { randomUUID } from 'node:crypto';
import { isGrpcServiceError } from '@temporalio/client';
import type { Client } from '@temporalio/client';
import { msToTs, tsToMs } from '@temporalio/common/lib/time.js';
import { waitFor } from './wait-for.ts';
import { ticketWorkflowId } from '#workflows/contract/workflow-ids.ts';
import type { Instant } from '#workflows/domain/instant.ts';

/**
 * Moves one ticket's own clock forward, once nothing is under way in it, and waits until it is there: a clock does not
 * run beside an activity. Its timers due on the way fire in order, each with its own instant; activities, other
 * workflows and the database stay at real time.
 */
export async function skipTime(client: Client, ticketId: string, ms: number): Promise<void> {
  return skipTimeOf(client, ticketWorkflowId(ticketId), ms);
}

/** The same for any workflow; one that has ended meanwhile is left alone. */
export async function skipTimeOf(client: Client, workflowId: string, ms: number): Promise<void> {
  await waitFor(async () => {
    const { pendingActivities = [], pendingWorkflowTask } = await client.workflowService.describeWorkflowExecution({
      namespace: client.options.namespace,
      execution: { workflowId },
    });
    return pendingActivities.length === 0 && !pendingWorkflowTask;
  }, 'the workflow is at rest');
  await forward(client, workflowId, ms).catch((error: unknown) => {
    if (!isNotThere(error)) throw error;
  });
}

/**
 * Moves a workflow's clock on to an instant, and waits until it is there: everything due on the way is done. One that
 * is past it, has ended, or never began is left alone.
 */
export async function skipTo(client: Client, workflowId: string, instant: Instant): Promise<void> {
  const now = await clockOf(client, workflowId);
  if (now === null || now >= instant) return;
  await forward(client, workflowId, instant - now);
}

/** temporal.api.enums.v1.FastForwardPollingResult: not there yet. */
const POLL_TIMEOUT = 1;
/** google.rpc.Code NOT_FOUND. */
const NOT_FOUND = 5;

function isNotThere(error: unknown): boolean {
  return isGrpcServiceError(error) && Number(error.code) === NOT_FOUND;
}

/** What a running workflow takes for now; null: it does not run. */
async function clockOf(client: Client, workflowId: string): Promise<Instant | null> {
  try {
    const found = await client.workflowService.describeWorkflowExecution({ namespace: client.options.namespace, execution: { workflowId } });
    if (found.workflowExecutionInfo?.closeTime) return null;
    const skipped = found.workflowExtendedInfo?.timeSkippingInfo?.currentTime;
    return skipped ? tsToMs(skipped) : Date.now();
  } catch (error) {
    if (isNotThere(error)) return null;
    throw error;
  }
}

/**
 * Begins to skip, and waits for its end: a second skip that begins while the clock stands at a timer's instant, but
 * before the timer has fired, jumps over it, and the timer fires late.
 */
async function forward(client: Client, workflowId: string, ms: number): Promise<void> {
  const { namespace } = client.options;
  const fastForwardId = randomUUID();
  await client.workflowService.updateWorkflowExecutionOptions({
    namespace,
    workflowExecution: { workflowId },
    workflowExecutionOptions: {
      timeSkippingConfig: { enabled: true, fastForwardConfig: { id: fastForwardId, duration: msToTs(ms) } },
    },
    updateMask: { paths: ['time_skipping_config'] },
  });
  for (;;) {
    const { fastForwardPollingResult: result } = await client.workflowService.pollWorkflowExecutionTimeSkipping({ namespace, workflowExecution: { workflowId }, fastForwardId });
    if (Number(result) !== POLL_TIMEOUT) return;
  }
}
