import { WorkflowExecutionAlreadyStartedError } from '@temporalio/client';
import type { Edit } from '#workflows/contract/activity-types.ts';
import { followEditWorkflowId } from '#workflows/contract/workflow-ids.ts';
import type { SwitchboardDeps } from './tickets.ts';

/** Has every open ticket told of an edit that is about to be committed. Throws while Temporal is away: then nothing is edited. */
export async function startFollowing({ client, taskQueue }: SwitchboardDeps, edit: Edit): Promise<void> {
  try {
    await client.workflow.start('followEdit', {
      workflowId: followEditWorkflowId(edit),
      taskQueue,
      args: [edit],
      // One that was started for an edit that failed may be about to give up: its tickets are told by this one. Twice is once.
      workflowIdConflictPolicy: 'TERMINATE_EXISTING',
      staticSummary: `Tells open tickets of ${edit.scope} settings, version ${edit.version}`,
    });
  } catch (error) {
    // Another editor of the same version: whoever commits it, its tickets are told.
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
  }
}
