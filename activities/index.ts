import { tellTicket } from '#switchboard/tickets.ts';
import type { ComposeActivities, DeliverActivities, EditActivities, IntakeActivities, ModelActivities, RoutingActivities, SweepActivities, TicketActivities, TranslationActivities, TryActivities, TurnActivities, WebhookActivities, WidgetActivities } from '#workflows/contract/activity-types.ts';
import type { ActivityDeps } from './activity-deps.ts';
import { beginTurn } from './agents/begin-turn.ts';
import { callAgent } from './agents/call-agent.ts';
import { endTurn } from './agents/end-turn.ts';
import { tryAgent } from './agents/try-agent.ts';
import { findAssignee } from './assignment/find-assignee.ts';
import { offerTickets } from './assignment/offer-tickets.ts';
import { passRouter } from './assignment/pass-router.ts';
import { closeCompose, composeText } from './compose/compose-text.ts';
import { askWidget } from './delivery/ask-widget.ts';
import { deliverMessage } from './delivery/deliver-message.ts';
import { giveUpDelivery } from './delivery/give-up-delivery.ts';
import { findOpening } from './hours/find-opening.ts';
import { createIntakeActivities } from './intake/intake-activities.ts';
import { extractTicket, summariseTicket } from './llm/summarise-ticket.ts';
import { testModel } from './llm/test-model.ts';
import { sweepTeam } from './sweeping/sweep-team.ts';
import { awaitEdit } from './edits/await-edit.ts';
import { tellEdit } from './edits/tell-edit.ts';
import { giveUpTranslation } from './translation/give-up-translation.ts';
import { translateText } from './translation/translate-text.ts';
import { loadTicket } from './tickets/load-ticket.ts';
import { measureTicket } from './tickets/measure-ticket.ts';
import { projectTicket } from './tickets/project-ticket.ts';
import { sendWebhooks } from './webhooks/send-webhooks.ts';

export type Activities = TicketActivities & ComposeActivities & DeliverActivities & EditActivities & IntakeActivities & ModelActivities & RoutingActivities & SweepActivities & TranslationActivities & TryActivities & TurnActivities & WebhookActivities & WidgetActivities;

/** Every activity, over the outside world that `deps` is. Each may run twice. */
export function createActivities(deps: ActivityDeps): Activities {
  return {
    projectTicket: (request) => projectTicket(deps, request),
    loadTicket: (ids) => loadTicket(deps, ids),
    measureTicket: (request) => measureTicket(deps, request),
    awaitEdit: (edit) => awaitEdit(deps, edit),
    tellEdit: (page) => tellEdit(deps, page),
    passRouter: (pass) => passRouter(deps, pass),
    offerTickets: (team) => offerTickets(deps, team),
    findOpening: (whose) => findOpening(deps, whose),
    findAssignee: (whose) => findAssignee(deps, whose),
    askWidget: (reply) => askWidget(deps, reply),
    deliverMessage: (ids) => deliverMessage(deps, ids),
    giveUpDelivery: (mail) => giveUpDelivery(deps, mail),
    summariseTicket: (ids) => summariseTicket(deps, ids),
    extractTicket: (asked) => extractTicket(deps, asked),
    tellTicket: ({ teamId, ticketId, message }) => tellTicket(deps, { teamId, ticketId }, message),
    sweepTeam: (request) => sweepTeam(deps, request),
    sendWebhooks: (go) => sendWebhooks(deps, go),
    beginTurn: (of) => beginTurn(deps, of),
    callAgent: (turn) => callAgent(deps, turn),
    endTurn: async (turn) => {
      await endTurn(deps, turn);
      return beginTurn(deps, turn);
    },
    translateText: (of) => translateText(deps, of),
    giveUpTranslation: (of) => giveUpTranslation(deps, of),
    tryAgent: (asked) => tryAgent(deps, asked),
    composeText: (asked) => composeText(deps, asked),
    closeCompose: (asked) => closeCompose(deps, asked),
    testModel: (asked) => testModel(deps, asked),
    ...createIntakeActivities(deps),
  };
}
