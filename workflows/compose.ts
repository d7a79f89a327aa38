import { CancellationScope, isCancellation, proxyActivities, workflowInfo } from '@temporalio/workflow';
import type { ComposeActivities } from './contract/activity-types.ts';
import { agentTaskQueue } from './contract/workflow-ids.ts';
import { closeCompose } from './proxies.ts';

/** One request of a composer (P48): cancelling it stops it. What is written are rows, which end with it, however it ends. */
export async function compose(asked: { teamId: string; composeId: string }): Promise<void> {
  const { composeText } = proxyActivities<ComposeActivities>({
    taskQueue: agentTaskQueue(workflowInfo().taskQueue),
    // The person who waits asks again sooner than a second try would come, and half a text is not begun anew before their eyes.
    retry: { maximumAttempts: 1 },
    startToCloseTimeout: '90 s',
    scheduleToCloseTimeout: '100 s',
    heartbeatTimeout: '10 s',
    cancellationType: 'WAIT_CANCELLATION_COMPLETED',
    priority: { fairnessKey: asked.teamId },
  });
  try {
    await composeText(asked);
  } catch (error) {
    const isStopped = isCancellation(error);
    await CancellationScope.nonCancellable(() => closeCompose({ ...asked, isStopped }));
  }
}
