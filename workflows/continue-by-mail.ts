import { WorkflowExecutionAlreadyStartedError } from '@temporalio/common';
import { ParentClosePolicy, patched, sleep, startChild, workflowInfo } from '@temporalio/workflow';
import { deliverWorkflowId } from './contract/workflow-ids.ts';
import type { deliver } from './deliver.ts';
import { DAY_MS } from './domain/instant.ts';
import { askWidget, giveUpDelivery } from './proxies.ts';

const SHORTEST_MS = 1_000;

/**
 * One reply in a web chat: waits until the customer's widget has it, or has been gone for long enough that a
 * mail shall bring it. The wait is a timer of this workflow, so that no process has to remember it. After a day its author
 * is told that it did not arrive.
 */
export async function continueByMail(ids: { teamId: string; messageId: string }): Promise<void> {
  const giveUpAt = workflowInfo().startTime.getTime() + DAY_MS;
  for (;;) {
    const step = await askWidget({ ...ids, at: Date.now() });
    if (step.kind === 'mail') break;
    if (step.kind === 'done') return;
    if (Date.now() >= giveUpAt) {
      if (step.missing !== undefined && patched('an-unread-reply-is-told-2026-11-29')) await giveUpDelivery({ ...ids, detail: step.missing });
      return;
    }
    await sleep(Math.max(SHORTEST_MS, Math.min(step.at, giveUpAt) - Date.now()));
  }
  try {
    await startChild<typeof deliver>('deliver', {
      workflowId: deliverWorkflowId(ids.messageId),
      args: [{ ...ids, report: null }],
      parentClosePolicy: ParentClosePolicy.ABANDON,
    });
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
  }
}
