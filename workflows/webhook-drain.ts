import { condition, continueAsNew, defineSignal, proxyActivities, setHandler, workflowInfo } from '@temporalio/workflow';
import type { WebhookActivities } from './contract/activity-types.ts';
import { webhookTaskQueue } from './contract/workflow-ids.ts';

/** Something is owed; `isDue`: now, whatever the drain is waiting for. Also starts it. */
export const owedSignal = defineSignal<[isDue: boolean]>('owed');

export interface DrainInput {
  readonly teamId: string;
  readonly endpointId: string;
  readonly streamId: string;
}

const MOST_EVENTS = 400;

/** P45: one endpoint and ticket; what is owed is rows, sent in their order, and the run ends when there are none. */
export async function webhookDrain(stream: DrainInput): Promise<void> {
  let isTold = false;
  let isDue = false;
  setHandler(owedSignal, (due) => {
    isTold = true;
    isDue ||= due;
  });
  const { sendWebhooks } = activitiesOf(stream);
  for (;;) {
    isTold = false;
    isDue = false;
    const step = await sendWebhooks({ ...stream, at: Date.now() });
    if (step.kind === 'later') await condition(() => isDue, Math.max(step.at - Date.now(), 1));
    else if (step.kind === 'done' && !isTold) return;
    if (hasGrown()) await continueAsNew<typeof webhookDrain>(stream);
  }
}

function hasGrown(): boolean {
  return workflowInfo().historyLength > MOST_EVENTS;
}

/**
 * A go lasts 20 s and a try 15 s more; each beats while it runs. Tried until the database is back: what a receiver does is
 * no failure here. On a queue of their own, because receivers are slow; the key gives each its turn where the server is fair.
 */
function activitiesOf({ endpointId }: DrainInput) {
  return proxyActivities<WebhookActivities>({
    taskQueue: webhookTaskQueue(workflowInfo().taskQueue),
    startToCloseTimeout: '60 s',
    heartbeatTimeout: '10 s',
    retry: { initialInterval: '500 ms', maximumInterval: '30 s' },
    priority: { fairnessKey: endpointId },
  });
}
