import { proxyActivities, workflowInfo } from '@temporalio/workflow';
import type { TryActivities } from './contract/activity-types.ts';
import type { TriedAnswer } from './contract/agent-setup.ts';
import { agentTaskQueue } from './contract/workflow-ids.ts';

/** One question to an agent by somebody who sets it up: where models are asked, and nowhere else. Nobody waits for a second try. */
export async function tryAgent(asked: { teamId: string; agentId: string; question: string }): Promise<TriedAnswer> {
  const activities = proxyActivities<TryActivities>({
    taskQueue: agentTaskQueue(workflowInfo().taskQueue),
    startToCloseTimeout: '50 s',
    heartbeatTimeout: '10 s',
    retry: { maximumAttempts: 1 },
    priority: { fairnessKey: asked.teamId },
  });
  return activities.tryAgent(asked);
}
