import { sweeperWorkflowId } from '#workflows/contract/workflow-ids.ts';
import type { SwitchboardDeps } from './tickets.ts';

/** Makes sure that the team's sweeper runs, and has it look now. Called when a team is made and when an api starts. */
export async function startSweeper({ client, taskQueue }: SwitchboardDeps, teamId: string): Promise<void> {
  await client.workflow.signalWithStart('sweeper', {
    workflowId: sweeperWorkflowId(teamId),
    taskQueue,
    args: [{ teamId }],
    signal: 'nudge',
    signalArgs: [],
    staticSummary: 'Signals again what a dead process left pending',
  });
}

/** Every team's. */
export async function startSweepers(deps: SwitchboardDeps): Promise<void> {
  const teams = await deps.prisma.team.findMany({ select: { id: true } });
  for (const { id } of teams) await startSweeper(deps, id);
}
