import type { Desk } from '#workflows/contract/desk.ts';
import { addresses, changeAddress, createAddress, deleteAddress } from './agents/addresses.ts';
import { agents, changeAgent, createAgent } from './agents/agents.ts';
import { createKnowledge, deleteKnowledge, knowledge, knowledgeText, putKnowledge } from './agents/knowledge.ts';
import { agentSetup, putSetup, renewAgentSecret } from './agents/setup.ts';
import { forecastEscalation } from './agents/forecast-escalation.ts';
import { tryAgent } from './agents/try-agent.ts';
import { changeRequester } from './requesters/change-requester.ts';
import { translateMessage } from './translation/translate-message.ts';
import { translateFirstMessage } from './translation/first-message.ts';
import { translateText } from './translation/translate-text.ts';
import type { AppDeps } from './app-deps.ts';
import { ticketAssignment } from './assignment/ticket-assignment.ts';
import { compose, stopCompose } from './compose/compose.ts';
import { extendPause, resumeAi } from './conversations/resume-ai.ts';
import { takeOver } from './conversations/take-over.ts';
import { demoCustomerSays, demoCustomerSees, demoCustomerWidget } from './demo/demo-customer.ts';
import { demoCustomerMail } from './email/demo-customer-mail.ts';

import { resolveQuarantine } from './inbound/resolve-quarantine.ts';
import { createKey, keys, revokeKey } from './keys/keys.ts';
import { markMentionDone, markNotificationsRead } from './notifications/mark-notifications.ts';
import { changeGroup, createGroup, deleteGroup, groups } from './people/groups.ts';
import { invitations, invite } from './people/invite.ts';
import { changeOperator, me, operators } from './people/operators.ts';
import { peopleTime, putOperatorRouting, putShifts, putTimeOff } from './people/people-time.ts';
import { noteActivity, sayHere } from './people/presence-lease.ts';
import { presence, presences, setPresence } from './people/presence.ts';
import { model, modelUsage, putModel, testModel } from './model/model.ts';
import { policy, policyVersions } from './policies/policy.ts';
import { putPolicy } from './policies/put-policy.ts';
import { settingsProgress } from './policies/settings-progress.ts';
import { putSla } from './sla/put-sla.ts';
import { sla } from './sla/sla.ts';
import { ticketClocks } from './sla/ticket-clocks.ts';
import type { Principal } from './principal.ts';
import { conversation } from './queries/conversation.ts';
import { conversations } from './queries/conversations.ts';
import { counts } from './queries/counts.ts';
import { inboundMails } from './queries/inbound-mails.ts';
import { localMailbox } from './queries/local-mailbox.ts';
import { notifications } from './queries/notifications.ts';
import { listRequesters, requestersNamed } from './queries/requesters.ts';
import { ticket } from './queries/ticket.ts';
import { tickets } from './queries/tickets.ts';
import { conversationTimeline, timeline } from './queries/timeline.ts';
import { deleteSchedule } from './schedules/delete-schedule.ts';
import { readHolidays } from './schedules/import-holidays.ts';
import { createSchedule, putSchedule, schedule, schedules } from './schedules/schedules.ts';
import { createTag, deleteTag, tags } from './team/tags.ts';
import { changeTeam, team } from './team/team.ts';
import { assign, claim } from './tickets/assign.ts';
import { changeTicket } from './tickets/change-ticket.ts';
import { createTicket } from './tickets/create-ticket.ts';
import { draft, saveDraft } from './tickets/drafts.ts';
import { markRead } from './tickets/mark-read.ts';
import { note } from './tickets/note.ts';
import { refreshSummary } from './tickets/refresh-summary.ts';
import { reply } from './tickets/reply.ts';
import { retryDelivery } from './tickets/retry-delivery.ts';
import { setStatus } from './tickets/set-status.ts';
import { snooze, unsnooze } from './tickets/snooze.ts';
import { withdrawReply } from './tickets/withdraw-reply.ts';
import { whatIfClock } from './time/what-if-clock.ts';
import { whatIfSla } from './time/what-if-sla.ts';
import { resendWebhook, testWebhook, webhookDeliveries, webhookDelivery } from './webhooks/deliveries.ts';
import { changeWebhook, createWebhook, deleteWebhook, rotateWebhookSecret, webhook, webhooks } from './webhooks/webhooks.ts';
import { createWidget, deleteWidget, putWidget, rotateIdentitySecret, widget, widgets } from './widgets/widgets.ts';

/**
 * The desk of a signed-in person: the use cases that the JSON routes call, bound to who asks. Null for who is no
 * member any more. A form's key belongs to its person: the same key from two people is two commands.
 */
export async function deskOf(deps: AppDeps, who: Principal): Promise<Desk | null> {
  const self = await me(deps, who);
  return self.ok ? { me: self.value, ...inboxOf(deps, who), ...commandsOf(deps, who), ...settingsOf(deps, who), ...agentsOf(deps, who), ...webhooksOf(deps, who), ...widgetsOf(deps, who), ...peopleOf(deps, who) } : null;
}

function inboxOf(deps: AppDeps, who: Principal) {
  return {
    counts: () => counts(deps, who),
    tickets: (query) => tickets(deps, who, query),
    ticket: (idOrNumber) => ticket(deps, who, idOrNumber),
    ticketAssignment: (ticketId) => ticketAssignment(deps, who, ticketId),
    timeline: (ticketId, query) => timeline(deps, who, ticketId, query),
    conversations: (query) => conversations(deps, who, query),
    conversation: (id) => conversation(deps, who, id),
    conversationTimeline: (id, query) => conversationTimeline(deps, who, id, query),
    requesters: (query) => listRequesters(deps, who, query),
    requestersNamed: (ids) => requestersNamed(deps, who, ids),
    notifications: (query) => notifications(deps, who, query),
    draft: (ticketId) => draft(deps, who, ticketId),
    saveDraft: (ticketId, input) => saveDraft(deps, who, ticketId, input),
    markRead: (ticketId, position) => markRead(deps, who, ticketId, position),
    markMentionDone: (ticketId) => markMentionDone(deps, who, ticketId),
    markNotificationsRead: (ids) => markNotificationsRead(deps, who, ids),
    inboundMails: (query) => inboundMails(deps, who, query),
    localMailbox: () => localMailbox(deps, who),
    demoCustomerSays: (input, key) => demoCustomerSays(deps, who, input, key),
    demoCustomerSees: (id) => demoCustomerSees(deps, who, id),
    demoCustomerWidget: () => demoCustomerWidget(deps, who),
    demoCustomerMail: (input) => demoCustomerMail(deps, who, input),
  } satisfies Partial<Desk>;
}

function commandsOf(deps: AppDeps, who: Principal) {
  return {
    createTicket: (input, key) => createTicket(deps, who, input, key),
    changeTicket: (ticketId, input, key) => changeTicket(deps, who, ticketId, input, key),
    reply: (ticketId, input, key) => reply(deps, who, ticketId, input, key),
    translateFirstMessage: (input) => translateFirstMessage(deps, who, input),
    translateText: (ticketId, input) => translateText(deps, who, ticketId, input),
    translateMessage: (of, input) => translateMessage(deps, who, of, input),
    changeRequester: (requesterId, input) => changeRequester(deps, who, requesterId, input),
    withdrawReply: (ticketId, messageId, key) => withdrawReply(deps, who, ticketId, messageId, key),
    retryDelivery: (ticketId, messageId, key) => retryDelivery(deps, who, ticketId, messageId, key),
    note: (ticketId, input, key) => note(deps, who, ticketId, input, key),
    setStatus: (ticketId, input, key) => setStatus(deps, who, ticketId, input, key),
    assign: (ticketId, input, key) => assign(deps, who, ticketId, input, key),
    claim: (ticketId, key) => claim(deps, who, ticketId, key),
    snooze: (ticketId, input, key) => snooze(deps, who, ticketId, input, key),
    unsnooze: (ticketId, key) => unsnooze(deps, who, ticketId, key),
    refreshSummary: (ticketId, key) => refreshSummary(deps, who, ticketId, key),
    compose: (ticketId, input, key) => compose(deps, who, ticketId, input, key),
    stopCompose: (ticketId, composeId) => stopCompose(deps, who, ticketId, composeId),
    takeOver: (conversationId, input, key) => takeOver(deps, who, conversationId, input, key),
    resumeAi: (conversationId, key) => resumeAi(deps, who, conversationId, key),
    extendPause: (conversationId, input, key) => extendPause(deps, who, conversationId, input, key),
    resolveQuarantine: (mailId, action, key) => resolveQuarantine(deps, who, mailId, action, key),
  } satisfies Partial<Desk>;
}

function settingsOf(deps: AppDeps, who: Principal) {
  return {
    operators: () => operators(deps, who),
    changeOperator: (operatorId, input) => changeOperator(deps, who, operatorId, input),
    invite: (input) => invite(deps, who, input),
    invitations: () => invitations(deps, who),
    agents: () => agents(deps, who),
    createAgent: (input) => createAgent(deps, who, input),
    changeAgent: (agentId, input) => changeAgent(deps, who, agentId, input),
    addresses: () => addresses(deps, who),
    createAddress: (input) => createAddress(deps, who, input),
    changeAddress: (id, input) => changeAddress(deps, who, id, input),
    deleteAddress: (id) => deleteAddress(deps, who, id),
    tags: () => tags(deps, who),
    createTag: (name) => createTag(deps, who, name),
    deleteTag: (name) => deleteTag(deps, who, name),
    team: () => team(deps, who),
    changeTeam: (input) => changeTeam(deps, who, input),
    policy: (scope) => policy(deps, who, scope),
    policyVersions: (scope) => policyVersions(deps, who, scope),
    sla: () => sla(deps, who),
    putSla: (input, ifVersion) => putSla(deps, who, input, ifVersion),
    settingsProgress: () => settingsProgress(deps, who),
    ticketClocks: (ticketId) => ticketClocks(deps, who, ticketId),
    putPolicy: (scope, input, ifVersion) => putPolicy(deps, who, scope, input, ifVersion),
    schedules: () => schedules(deps, who),
    schedule: (id) => schedule(deps, who, id),
    createSchedule: (input) => createSchedule(deps, who, input),
    putSchedule: (id, input, ifVersion) => putSchedule(deps, who, id, input, ifVersion),
    deleteSchedule: (id, replaceBy) => deleteSchedule(deps, who, id, replaceBy === null ? {} : { replaceBy }),
    readHolidays: (input) => readHolidays(deps, who, input),
    whatIfClock: (input) => whatIfClock(who, input),
    whatIfSla: (input) => whatIfSla(who, input),
    keys: () => keys(deps, who),
    createKey: (input) => createKey(deps, who, input),
    revokeKey: (keyId) => revokeKey(deps, who, keyId),
  } satisfies Partial<Desk>;
}

function agentsOf(deps: AppDeps, who: Principal) {
  return {
    model: () => model(deps, who),
    putModel: (input, ifVersion) => putModel(deps, who, input, ifVersion),
    testModel: () => testModel(deps, who),
    modelUsage: () => modelUsage(deps, who),
    agentSetup: (agentId) => agentSetup(deps, who, agentId),
    putAgentSetup: (agentId, input, ifVersion) => putSetup(deps, who, agentId, input, ifVersion),
    renewAgentSecret: (agentId) => renewAgentSecret(deps, who, agentId),
    whatIfEscalation: (agentId, input) => forecastEscalation(deps, who, agentId, input),
    tryAgent: (agentId, input) => tryAgent(deps, who, agentId, input),
    knowledge: (agentId) => knowledge(deps, who, agentId),
    knowledgeText: (agentId, textId) => knowledgeText(deps, who, agentId, textId),
    createKnowledge: (agentId, input) => createKnowledge(deps, who, agentId, input),
    putKnowledge: (agentId, textId, input) => putKnowledge(deps, who, agentId, textId, input),
    deleteKnowledge: (agentId, textId) => deleteKnowledge(deps, who, agentId, textId),
  } satisfies Partial<Desk>;
}

function webhooksOf(deps: AppDeps, who: Principal) {
  return {
    webhooks: () => webhooks(deps, who),
    webhook: (id) => webhook(deps, who, id),
    createWebhook: (input) => createWebhook(deps, who, input),
    changeWebhook: (id, input) => changeWebhook(deps, who, id, input),
    deleteWebhook: (id) => deleteWebhook(deps, who, id),
    rotateWebhookSecret: (id) => rotateWebhookSecret(deps, who, id),
    testWebhook: (id) => testWebhook(deps, who, id),
    webhookDeliveries: (id, query) => webhookDeliveries(deps, who, id, query),
    webhookDelivery: (id, deliveryId) => webhookDelivery(deps, who, id, deliveryId),
    resendWebhook: (id, deliveryId) => resendWebhook(deps, who, id, deliveryId),
  } satisfies Partial<Desk>;
}

function widgetsOf(deps: AppDeps, who: Principal) {
  return {
    widgets: () => widgets(deps, who),
    widget: (id) => widget(deps, who, id),
    createWidget: (input) => createWidget(deps, who, input),
    putWidget: (id, input, ifVersion) => putWidget(deps, who, id, input, ifVersion),
    deleteWidget: (id) => deleteWidget(deps, who, id),
    rotateIdentitySecret: (id) => rotateIdentitySecret(deps, who, id),
  } satisfies Partial<Desk>;
}

function peopleOf(deps: AppDeps, who: Principal) {
  return {
    peopleTime: () => peopleTime(deps, who),
    putShifts: (operatorId, input, ifVersion) => putShifts(deps, who, operatorId, input, ifVersion),
    putTimeOff: (operatorId, input, ifVersion) => putTimeOff(deps, who, operatorId, input, ifVersion),
    putOperatorRouting: (operatorId, input, ifVersion) => putOperatorRouting(deps, who, operatorId, input, ifVersion),
    groups: () => groups(deps, who),
    createGroup: (input) => createGroup(deps, who, input),
    changeGroup: (key, input) => changeGroup(deps, who, key, input),
    deleteGroup: (key) => deleteGroup(deps, who, key),
    presences: () => presences(deps, who),
    presence: (operatorId) => presence(deps, who, operatorId),
    setPresence: (operatorId, input) => setPresence(deps, who, operatorId, input),
    noteActivity: () => noteActivity(deps, who),
    sayHere: (input) => sayHere(deps, who, input),
  } satisfies Partial<Desk>;
}
