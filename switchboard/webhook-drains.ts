import type { Stream } from '#store/webhooks/drain.ts';
import { webhookDrainWorkflowId } from '#workflows/contract/workflow-ids.ts';
import { inTime } from './in-time.ts';
import type { SwitchboardDeps } from './tickets.ts';

/** Has a stream sent, starting its drain where none runs. `isDue`: at once, though the drain may wait for its next try. Throws where Temporal does not answer in time. */
export async function wakeDrain({ client, taskQueue }: Pick<SwitchboardDeps, 'client' | 'taskQueue'>, stream: Stream, { isDue }: { isDue: boolean }): Promise<void> {
  await inTime({ client }, () =>
    client.workflow.signalWithStart('webhookDrain', {
      workflowId: webhookDrainWorkflowId(stream),
      taskQueue,
      args: [stream],
      signal: 'owed',
      signalArgs: [isDue],
      staticSummary: 'Sends webhooks: one endpoint, one ticket or conversation',
    }),
  );
}
