import type { Client } from '@temporalio/client';
import type { Carried } from '#workflows/contract/ticket-messages.ts';
import { ticketWorkflowId } from '#workflows/contract/workflow-ids.ts';
import { stateQuery } from '#workflows/messages.ts';

const ANSWER_WITHIN_MS = 10_000;

/**
 * What a ticket's workflow carries; null: it still loads. A question that dies with its worker is never answered, nor
 * refused: each is given up by itself, and whoever asked asks anew.
 */
export function askTicket(client: Client, ticketId: string): Promise<Carried | null> {
  return client.withDeadline(Date.now() + ANSWER_WITHIN_MS, () => client.workflow.getHandle(ticketWorkflowId(ticketId)).query(stateQuery));
}
