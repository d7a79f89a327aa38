import { WorkflowFailedError } from '@temporalio/client';
import { newId } from '#store/new-id.ts';
import type { TriedAnswer } from '#workflows/contract/agent-setup.ts';
import type { ModelTested } from '#workflows/contract/model.ts';
import { ok, refuse } from '#workflows/domain/errors.ts';
import type { Result } from '#workflows/domain/errors.ts';
import { inTime } from './in-time.ts';
import { refusalOf } from './refusal-of.ts';
import type { SwitchboardDeps } from './tickets.ts';

/** A model may think for long; a person at a page does not wait for longer. */
const WITHIN_MS = 60_000;

type Deps = Pick<SwitchboardDeps, 'client' | 'taskQueue'>;

/** Asks an agent one question where models are asked, and waits. */
export async function askToTry(deps: Deps, asked: { teamId: string; agentId: string; question: string }): Promise<Result<TriedAnswer>> {
  return askOnce<typeof asked, TriedAnswer>(deps, asked, { workflow: 'tryAgent', id: `try-agent:${asked.agentId}`, summary: 'An agent is tried' });
}

/** Asks a team's model whether it is there, and waits. */
export async function askToTest(deps: Deps, asked: { teamId: string }): Promise<Result<ModelTested>> {
  return askOnce<typeof asked, ModelTested>(deps, asked, { workflow: 'testModel', id: `test-model:${asked.teamId}`, summary: 'A team’s language model is tested' });
}

async function askOnce<Asked, Answer>({ client, taskQueue }: Deps, asked: Asked, { workflow, id, summary }: { workflow: string; id: string; summary: string }): Promise<Result<Answer>> {
  try {
    const handle = await client.workflow.start<(given: Asked) => Promise<Answer>>(workflow, {
      workflowId: `${id}:${newId('message')}`,
      taskQueue,
      args: [asked],
      workflowExecutionTimeout: WITHIN_MS,
      staticSummary: summary,
    });
    return ok(await inTime({ client, answerWithinMs: WITHIN_MS }, () => handle.result()));
  } catch (error) {
    if (error instanceof WorkflowFailedError) return refuse('unavailable', 'No worker has asked the model. Try again.', { retryAfter: 5 });
    return refusalOf(error);
  }
}
