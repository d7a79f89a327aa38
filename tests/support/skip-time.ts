import { randomUUID } from 'node:crypto';
import type { Client } from '@temporalio/client';
import { msToTs } from '@temporalio/common/lib/time.js';
import { ticketWorkflowId } from '#workflows/contract/workflow-ids.ts';

/**
 * Moves one ticket's own clock forward. Its timers due on the way fire in order, each with its own instant; activities,
 * other workflows and the database stay at real time.
 */
export async function skipTime(client: Client, ticketId: string, ms: number): Promise<void> {
  await client.workflowService.updateWorkflowExecutionOptions({
    namespace: client.options.namespace,
    workflowExecution: { workflowId: ticketWorkflowId(ticketId) },
    workflowExecutionOptions: {
      timeSkippingConfig: { enabled: true, fastForwardConfig: { id: randomUUID(), duration: msToTs(ms) } },
    },
    updateMask: { paths: ['time_skipping_config'] },
  });
}
