import { proxyActivities, proxyLocalActivities, workflowInfo } from '@temporalio/workflow';
import type { ComposeActivities, DeliverActivities, EditActivities, IntakeActivities, RoutingActivities, SweepActivities, TicketActivities, TranslationActivities, TurnActivities, WidgetActivities } from './contract/activity-types.ts';
import { agentTaskQueue } from './contract/workflow-ids.ts';
import type { MadeSummary } from './domain/summary.ts';

// No activity of a ticket lasts over 60 s, retries included, so that continue-as-new never waits long; what is
// still owed then is state, and is tried again from there. Each beats while it runs (worker/beating.ts): a worker that
// was killed is noticed when the beats stop, and not at the end of the longest time its work could have taken.
const heartbeatTimeout = '10 s';

/** One transaction: fast, or the database is away and trying again soon is all there is to do. */
export const { projectTicket, loadTicket, measureTicket } = proxyActivities<TicketActivities>({
  startToCloseTimeout: '15 s',
  heartbeatTimeout,
  scheduleToCloseTimeout: '60 s',
  retry: { initialInterval: '200 ms', backoffCoefficient: 2, maximumInterval: '5 s' },
});

/** One SMTP conversation. No retry here: a try that may have gone out is settled by the send log, not by chance. */
export const { deliverMessage } = proxyActivities<TicketActivities>({
  startToCloseTimeout: '55 s',
  heartbeatTimeout,
  scheduleToCloseTimeout: '60 s',
  retry: { maximumAttempts: 1 },
});

/** A model may be slow, and is asked where nothing of a ticket waits behind it; that queue may be so full that it is never begun. */
export function summariseTicket(asked: { teamId: string; ticketId: string; conversationId: string }): Promise<MadeSummary> {
  const activities = proxyActivities<Pick<TicketActivities, 'summariseTicket'>>({
    taskQueue: agentTaskQueue(workflowInfo().taskQueue),
    startToCloseTimeout: '40 s',
    heartbeatTimeout,
    scheduleToCloseTimeout: '60 s',
    retry: { initialInterval: '1 s', maximumAttempts: 3 },
    priority: { fairnessKey: asked.teamId },
  });
  return activities.summariseTicket(asked);
}

/** In the place of a summary that did not come; quick, so that both together hold up continue-as-new little longer than one. */
export const { extractTicket } = proxyActivities<TicketActivities>({
  startToCloseTimeout: '15 s',
  heartbeatTimeout,
  scheduleToCloseTimeout: '15 s',
  retry: { initialInterval: '200 ms', backoffCoefficient: 2, maximumInterval: '5 s' },
});

/** Reporting must arrive, however long Temporal or the ticket's worker is away. */
export const { tellTicket, giveUpDelivery } = proxyActivities<DeliverActivities>({
  startToCloseTimeout: '30 s',
  heartbeatTimeout,
  retry: { initialInterval: '500 ms', maximumInterval: '30 s' },
});

/** A look at a few rows: tried until the database is back, for a reply must arrive. */
export const { askWidget } = proxyActivities<WidgetActivities>({
  startToCloseTimeout: '15 s',
  heartbeatTimeout,
  retry: { initialInterval: '500 ms', maximumInterval: '30 s' },
});

/** A mail that was acknowledged is ours: tried until it is judged and settled. */
export const { judgeMail, settleMail } = proxyActivities<IntakeActivities>({
  startToCloseTimeout: '60 s',
  heartbeatTimeout,
  retry: { initialInterval: '200 ms', maximumInterval: '30 s' },
});

/** The safety net: one attempt, the next round comes anyway. */
export const { sweepTeam } = proxyActivities<SweepActivities>({
  startToCloseTimeout: '60 s',
  heartbeatTimeout,
  retry: { maximumAttempts: 1 },
});

/** A pass that failed is the same pass again; the queue waits until the database is back. */
export const { passRouter, offerTickets } = proxyActivities<RoutingActivities>({
  startToCloseTimeout: '30 s',
  heartbeatTimeout,
  retry: { initialInterval: '200 ms', backoffCoefficient: 2, maximumInterval: '10 s' },
});

/** Asked by a ticket, and so bound as its other activities are. */
export const { findAssignee, findOpening } = proxyActivities<RoutingActivities>({
  startToCloseTimeout: '15 s',
  heartbeatTimeout,
  scheduleToCloseTimeout: '60 s',
  retry: { initialInterval: '200 ms', backoffCoefficient: 2, maximumInterval: '5 s' },
});

/** A page of tickets is told in one go; signals that were sent twice are one. */
export const { awaitEdit, tellEdit } = proxyActivities<EditActivities>({
  startToCloseTimeout: '60 s',
  heartbeatTimeout,
  retry: { initialInterval: '500 ms', maximumInterval: '30 s' },
});

/** What was answered must be committed, and who failed replaced by a person, however long database or ticket are away. */
export const { beginTurn, endTurn } = proxyActivities<TurnActivities>({
  startToCloseTimeout: '30 s',
  heartbeatTimeout,
  retry: { initialInterval: '200 ms', maximumInterval: '15 s' },
});

/**
 * A look at one row, in the worker that asks: no way through the server, and no task of its own for the answer. The only local
 * activity there is: a turn's look may be had twice and its answer be lost, which is true of no other writing (decision
 * 090). Tried once and briefly, for the run's task is open meanwhile; where it fails, the ordinary one is asked.
 */
export const { beginTurn: lookNearby } = proxyLocalActivities<Pick<TurnActivities, 'beginTurn'>>({
  startToCloseTimeout: '2 s',
  retry: { maximumAttempts: 1 },
});

/** Whoever reads along is told why there is no translation, however long the database is away. */
export const { giveUpTranslation } = proxyActivities<TranslationActivities>({
  startToCloseTimeout: '15 s',
  heartbeatTimeout,
  retry: { initialInterval: '200 ms', maximumInterval: '15 s' },
});

/** Somebody waits at a page for the end of what they asked for: tried until the database is back, as long as they might. */
export const { closeCompose } = proxyActivities<ComposeActivities>({
  startToCloseTimeout: '15 s',
  heartbeatTimeout,
  scheduleToCloseTimeout: '60 s',
  retry: { initialInterval: '200 ms', maximumInterval: '5 s' },
});
