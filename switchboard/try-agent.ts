import { WorkflowFailedError } from '@temporalio/client';
import { newId } from '#store/new-id.ts';
import type { TriedView } from '#workflows/contract/agent-setup.ts';
import { ok, refuse } from '#workflows/domain/errors.ts';
import type { Result } from '#workflows/domain/errors.ts';
import { refusalOf } from './refusal-of.ts';
import type { SwitchboardDeps } from './tickets.ts';

/** A model may think for long; a person at a page does not wait for longer. */
const WITHIN_MS = 60_000;

/** Asks an agent one question where models are asked, and waits. */
export async function askToTry({ client, taskQueue }: Pick<SwitchboardDeps, 'client' | 'taskQueue'>, asked: { teamId: string; agentId: string; question: string }): Promise<Result<TriedView>> {
  try {
    const handle = await client.workflow.start<(given: typeof asked) => Promise<TriedView>>('tryAgent', {
      workflowId: `try-agent:${asked.agentId}:${newId('message')}`,
      taskQueue,
      args: [asked],
      workflowExecutionTimeout: WITHIN_MS,
      staticSummary: 'An agent is tried',
    });
    return ok(await client.withDeadline(Date.now() + WITHIN_MS, () => handle.result()));
  } catch (error) {
    if (error instanceof WorkflowFailedError) return refuse('unavailable', 'No worker has asked the agent. Try again.', { retryAfter: 5 });
    return refusalOf(error);
  }
}
