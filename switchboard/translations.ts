import { WorkflowFailedError } from '@temporalio/client';
import type { TranslationAsked } from '#workflows/contract/activity-types.ts';
import { translateWorkflowId } from '#workflows/contract/workflow-ids.ts';
import type { SwitchboardDeps } from './tickets.ts';

type Deps = Pick<SwitchboardDeps, 'client' | 'taskQueue'>;

/** Has a text translated that is owed; one that is under way goes on. */
export async function startTranslation({ client, taskQueue }: Deps, asked: TranslationAsked): Promise<void> {
  await begin({ client, taskQueue }, asked);
}

/** The same, and waits for what comes of it, for as long as a person would. False: it did not come to an end in that time. */
export async function awaitTranslation({ client, taskQueue }: Deps, asked: TranslationAsked, { withinMs }: { withinMs: number }): Promise<boolean> {
  const late = new Promise<'late'>((resolve) => setTimeout(resolve, withinMs, 'late').unref());
  const ended = begin({ client, taskQueue }, asked).then(async (handle) => {
    await handle.result();
    return 'ended' as const;
  });
  try {
    return (await Promise.race([ended, late])) === 'ended';
  } catch (error) {
    if (error instanceof WorkflowFailedError) return false;
    throw error;
  } finally {
    // Nobody waits for it any more.
    ended.catch(() => undefined);
  }
}

function begin({ client, taskQueue }: Deps, asked: TranslationAsked) {
  return client.workflow.start<(given: TranslationAsked) => Promise<void>>('translate', {
    workflowId: translateWorkflowId(asked),
    taskQueue,
    args: [asked],
    workflowIdConflictPolicy: 'USE_EXISTING',
    staticSummary: 'A text in another language',
  });
}
