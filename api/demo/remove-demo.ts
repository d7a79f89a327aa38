import { WorkflowNotFoundError } from '@temporalio/client';
import { elsewhereOf, removeTeam } from '#prisma/store/remove-team.ts';
import { findTeamBySlug } from '#prisma/store/teams.ts';
import { deliverWorkflowId, intakeWorkflowId, sweeperWorkflowId, ticketWorkflowId } from '#workflows/contract/workflow-ids.ts';
import { ok, refuse } from '#workflows/domain/errors.ts';
import type { Result } from '#workflows/domain/errors.ts';
import type { DemoDeps } from './demo-stage.ts';
import { DEMO_SLUG } from './demo-team.ts';
import { forgetSampleAgentKeys } from './sample-agent-keys.ts';

const AT_ONCE = 20;

/** Removes the demo team and everything of it: its workflows first, so that none writes what is being removed. */
export async function removeDemo(deps: DemoDeps, { dataFolder }: { dataFolder: string }): Promise<Result<null>> {
  const team = await findTeamBySlug(deps.prisma, DEMO_SLUG);
  if (team !== null && !team.isDemo) return refuse('not_found', `The team "${DEMO_SLUG}" is not the demo.`);
  await forgetSampleAgentKeys(dataFolder);
  if (team === null) return ok(null);
  const found = await elsewhereOf(deps.prisma, team.id);
  const workflowIds = [
    sweeperWorkflowId(team.id),
    ...found.mailHashes.flatMap((hash) => [intakeWorkflowId(hash), `${intakeWorkflowId(hash)}:reviewed`]),
    ...found.messageIds.map(deliverWorkflowId),
    ...found.ticketIds.map(ticketWorkflowId),
  ];
  for (let from = 0; from < workflowIds.length; from += AT_ONCE) {
    await Promise.all(workflowIds.slice(from, from + AT_ONCE).map((id) => end(deps, id)));
  }
  await removeTeam(deps.prisma, team.id);
  for (const key of found.fileKeys) await deps.files.remove(key);
  return ok(null);
}

async function end({ client }: DemoDeps, workflowId: string): Promise<void> {
  try {
    await client.workflow.getHandle(workflowId).terminate('the demo team was removed');
  } catch (error) {
    // It has ended by itself, or never was.
    if (!(error instanceof WorkflowNotFoundError)) throw error;
  }
}
