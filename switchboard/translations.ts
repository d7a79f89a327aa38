import type { TranslationAsked } from '#workflows/contract/activity-types.ts';
import { translateWorkflowId } from '#workflows/contract/workflow-ids.ts';
import { inTime } from './in-time.ts';
import type { SwitchboardDeps } from './tickets.ts';

type Deps = Pick<SwitchboardDeps, 'client' | 'taskQueue'> & Partial<Pick<SwitchboardDeps, 'answerWithinMs'>>;

/** Has a text translated that is owed; one that is under way goes on. */
export async function startTranslation(deps: Deps, asked: TranslationAsked): Promise<void> {
  await begin(deps, asked);
}

/** The same, and waits for what comes of it, for as long as a person would: past that it is given up. Throws where it came to no end. */
export async function awaitTranslation(deps: Deps, asked: TranslationAsked, { withinMs }: { withinMs: number }): Promise<void> {
  const handle = await begin(deps, asked, { workflowExecutionTimeout: withinMs });
  await inTime({ client: deps.client, answerWithinMs: withinMs }, () => handle.result());
}

function begin(deps: Deps, asked: TranslationAsked, more: { workflowExecutionTimeout?: number } = {}) {
  const { client, taskQueue } = deps;
  return inTime(deps, () =>
    client.workflow.start<(given: TranslationAsked) => Promise<void>>('translate', {
      workflowId: translateWorkflowId(asked),
      taskQueue,
      args: [asked],
      workflowIdConflictPolicy: 'USE_EXISTING',
      staticSummary: 'A text in another language',
      ...more,
    }),
  );
}
