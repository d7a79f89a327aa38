import { sweeperWorkflowId } from '#workflows/contract/workflow-ids.ts';
import type { SwitchboardDeps } from './tickets.ts';

/** Makes sure that the team's sweeper runs, and has it look now. */
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

/**
 * Those of the teams that are not among the `swept` ones, who join them: whoever makes a team may die before its sweeper runs,
 * and starting one that runs has it look.
 */
export async function startSweepers(deps: SwitchboardDeps, swept: Set<string>): Promise<void> {
  const teams = await deps.prisma.team.findMany({ select: { id: true } });
  for (const { id } of teams) {
    if (swept.has(id)) continue;
    await startSweeper(deps, id);
    swept.add(id);
  }
}
