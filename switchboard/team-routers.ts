import { routerWorkflowId } from '#workflows/contract/workflow-ids.ts';
import type { SwitchboardDeps } from './tickets.ts';

/** Has the team's router look again, starting it where it does not run. */
export async function wakeRouter({ client, taskQueue }: SwitchboardDeps, teamId: string): Promise<void> {
  await client.workflow.signalWithStart('teamRouter', {
    workflowId: routerWorkflowId(teamId),
    taskQueue,
    args: [{ teamId, tellsBeside: true }],
    signal: 'queueChanged',
    signalArgs: [],
    staticSummary: 'Assigns tickets: one serial place per team',
  });
}
