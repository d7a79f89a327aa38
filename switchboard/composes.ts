import { WorkflowExecutionAlreadyStartedError, WorkflowNotFoundError } from '@temporalio/client';
import { composeWorkflowId } from '#workflows/contract/workflow-ids.ts';
import { ok, type Result } from '#workflows/domain/errors.ts';
import { inTime } from './in-time.ts';
import { refusalOf } from './refusal-of.ts';
import type { SwitchboardDeps } from './tickets.ts';

const WITHIN_MS = 5_000;

type Deps = Pick<SwitchboardDeps, 'client' | 'taskQueue'>;

/** Has a model write for a composer; its id is the request's, so that starting it twice is starting it once. */
export async function startCompose({ client, taskQueue }: Deps, asked: { teamId: string; composeId: string }): Promise<Result<null>> {
  try {
    await inTime({ client, answerWithinMs: WITHIN_MS }, () =>
      client.workflow.start('compose', {
        workflowId: composeWorkflowId(asked.composeId),
        taskQueue,
        args: [asked],
        workflowIdReusePolicy: 'REJECT_DUPLICATE',
        workflowExecutionTimeout: '3 minutes',
        staticSummary: 'A model writes for a composer',
      }),
    );
    return ok(null);
  } catch (error) {
    return error instanceof WorkflowExecutionAlreadyStartedError ? ok(null) : refusalOf(error);
  }
}

/** Closes the model's socket within seconds; the rows have ended already, so that an outage is nobody's concern. */
export async function stopCompose({ client }: Deps, composeId: string): Promise<void> {
  try {
    await inTime({ client, answerWithinMs: WITHIN_MS }, () => client.workflow.getHandle(composeWorkflowId(composeId)).cancel());
  } catch (error) {
    if (!(error instanceof WorkflowNotFoundError)) refusalOf(error);
  }
}
