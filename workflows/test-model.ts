import { proxyActivities, workflowInfo } from '@temporalio/workflow';
import type { ModelActivities } from './contract/activity-types.ts';
import type { ModelTested } from './contract/model.ts';
import { agentTaskQueue } from './contract/workflow-ids.ts';

/** One question to a team's model by an admin: where models are asked, and nowhere else. Nobody waits for a second try. */
export async function testModel(asked: { teamId: string }): Promise<ModelTested> {
  const activities = proxyActivities<Pick<ModelActivities, 'testModel'>>({
    taskQueue: agentTaskQueue(workflowInfo().taskQueue),
    startToCloseTimeout: '35 s',
    heartbeatTimeout: '10 s',
    retry: { maximumAttempts: 1 },
    priority: { fairnessKey: asked.teamId },
  });
  return activities.testModel(asked);
}
