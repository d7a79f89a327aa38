import { expect, it } from '@jest/globals';
import { Worker } from '@temporalio/worker';
import { aDesk, type TestDesk } from '#tests/support/desk.ts';
import { aWorkflowBundle } from '#tests/support/workflow-bundle.ts';
import { failpointSinks } from '../../worker/failpoints.ts';
import { LIVES, mailer } from './lives.ts';

/** Why the histories of these workflows cannot be replayed. */
async function breaches({ deps: { client } }: TestDesk, workflowIds: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for (const workflowId of workflowIds) {
    const results = Worker.runReplayHistories(
      { workflowBundle: await aWorkflowBundle(), sinks: failpointSinks(() => undefined) },
      client.workflow.list({ query: `WorkflowId = '${workflowId}'` }).intoHistories(),
    );
    for await (const { error } of results) if (error !== undefined) found.push(`${workflowId}: ${error.message}`);
  }
  return found;
}

// A worker that remembers nothing hands a ticket what it had already taken in once more, together with the next command:
// what a killed worker's successor does by chance, it does each time (decision 061).
it.each(['questionAndAnswer', 'escalationAndHandBack', 'undoSnoozeRetry', 'turnsOfAnAgent'])('goes on with a ticket, whatever its killed worker had just taken in: %s', async (name) => {
  const desk = await aDesk({ mailer, remembers: 0 });
  const lived = await LIVES[name]?.(desk);
  expect(await breaches(desk, lived ?? [])).toEqual([]);
  await desk.close();
}, 120_000);
