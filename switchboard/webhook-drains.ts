import type { Stream } from '#store/webhooks/drain.ts';
import { webhookDrainWorkflowId } from '#workflows/contract/workflow-ids.ts';
import type { SwitchboardDeps } from './tickets.ts';

/** Has a stream sent, starting its drain where none runs. `isDue`: at once, though the drain may wait for its next try. */
export async function wakeDrain({ client, taskQueue }: Pick<SwitchboardDeps, 'client' | 'taskQueue'>, stream: Stream, { isDue }: { isDue: boolean }): Promise<void> {
  await client.workflow.signalWithStart('webhookDrain', {
    workflowId: webhookDrainWorkflowId(stream),
    taskQueue,
    args: [stream],
    signal: 'owed',
    signalArgs: [isDue],
    staticSummary: 'Sends webhooks: one endpoint, one ticket or conversation',
  });
}
