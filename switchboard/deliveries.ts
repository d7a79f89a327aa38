import { WorkflowExecutionAlreadyStartedError } from '@temporalio/client';
import { prepared } from '#prisma/transaction.ts';
import { openGeneration } from '#store/generations.ts';
import { widgetOfReply } from '#store/widgets/continuation.ts';
import { continueWorkflowId, deliverWorkflowId } from '#workflows/contract/workflow-ids.ts';
import { inTime } from './in-time.ts';
import type { TimedDeps } from './open-conversation-ticket.ts';
import type { SwitchboardDeps } from './tickets.ts';
import { tellTicket } from './tickets.ts';

/** Starts the workflow that sends an AI message; its id is the message's, so that starting it twice is starting it once. */
export async function startDelivery(deps: SwitchboardDeps, { teamId, messageId }: { teamId: string; messageId: string }): Promise<void> {
  try {
    await inTime(deps, () =>
      deps.client.workflow.start('deliver', {
        workflowId: deliverWorkflowId(messageId),
        taskQueue: deps.taskQueue,
        args: [{ teamId, messageId, report: null }],
        workflowIdReusePolicy: 'REJECT_DUPLICATE',
        staticSummary: 'Delivery of an AI message',
      }),
    );
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
  }
}

/**
 * What follows from a recorded AI message, any number of times: its delivery is started where a server must take it,
 * in a web chat it is followed until it has arrived, and the open ticket learns that the customer was answered. `handed_at` says that all of it was done.
 */
export async function followAiMessage(deps: TimedDeps, { teamId, messageId }: { teamId: string; messageId: string }): Promise<void> {
  const message = await deps.prisma.message.findFirst({ where: { id: messageId, teamId, author: 'agent', handedAt: null } });
  if (message === null || message.authorId === null) return;
  deps.failpoint?.('row_stored_not_signalled');
  // Also one that is about to be born: it would count the customer as waiting.
  const ticket = await openGeneration(prepared(deps.prisma), message.conversationId);
  if (ticket !== null && message.ticketId === null && message.delivery !== 'suppressed') {
    await tellTicket(
      deps,
      { teamId, ticketId: ticket.ticketId },
      {
        id: `answered:${messageId}`,
        fact: { kind: 'ai_answered', by: { kind: 'agent', id: message.authorId }, messageId, lastSeenMessage: message.lastSeenMessageId },
        at: message.createdAt.getTime(),
      },
    );
  }
  if (message.channel === 'email') await startDelivery(deps, { teamId, messageId });
  else if ((await watchWidget(deps, { teamId, messageId })) === 'later') return;
  await deps.prisma.message.updateMany({ where: { id: messageId, handedAt: null }, data: { handedAt: message.createdAt } });
}

/**
 * Has a person's reply in a web chat followed until its widget or a mail has brought it, any number of times. `handed_at`
 * says that its workflow is there, or that none is needed; the sweeper finds a reply whose sender died before.
 */
export async function followWidgetReply(deps: TimedDeps, { teamId, messageId }: { teamId: string; messageId: string }): Promise<void> {
  const message = await deps.prisma.message.findFirst({ where: { id: messageId, teamId, author: 'operator', handedAt: null }, select: { createdAt: true } });
  if (message === null || (await watchWidget(deps, { teamId, messageId })) === 'later') return;
  await deps.prisma.message.updateMany({ where: { id: messageId, handedAt: null }, data: { handedAt: message.createdAt } });
}

/** So long a widget that is connected has, before a workflow watches it: shorter than the sweeper's patience, which comes back then. */
const TAKEN_WITHIN_MS = 8_000;

/**
 * A workflow waits until the widget has it, or a mail must bring it. None where the widget has it already; and where one is
 * connected, mostly it takes what is said at once, and not each answer should cost a workflow: then `later`, the row stays
 * pending, and the widget's word that it came or the sweeper's next look settles it.
 */
async function watchWidget(deps: TimedDeps, ids: { teamId: string; messageId: string }): Promise<'watched' | 'later'> {
  const reply = await widgetOfReply(deps.prisma, ids);
  if (reply === null || (reply.delivery !== null && reply.delivery !== 'pending')) return 'watched';
  const now = deps.now();
  const isConnected = (reply.connectedUntil?.getTime() ?? 0) > now;
  if (isConnected && now - reply.createdAt.getTime() < TAKEN_WITHIN_MS) return 'later';
  await startContinuation(deps, ids);
  return 'watched';
}

/** Starts the workflow that waits until a widget has a reply, or a mail must bring it; its id is the message's. */
async function startContinuation(deps: SwitchboardDeps, { teamId, messageId }: { teamId: string; messageId: string }): Promise<void> {
  try {
    await inTime(deps, () =>
      deps.client.workflow.start('continueByMail', {
        workflowId: continueWorkflowId(messageId),
        taskQueue: deps.taskQueue,
        args: [{ teamId, messageId }],
        workflowIdReusePolicy: 'REJECT_DUPLICATE',
        staticSummary: 'A reply in a web chat, until it has arrived',
      }),
    );
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
  }
}
