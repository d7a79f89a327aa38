import { agentSetupView, knowledgeView } from '#workflows/contract/agent-setup.ts';
import { agentTurn, agentTurnAnswer } from '#workflows/contract/agent-turn.ts';
import { scheduleView } from '#workflows/contract/schedules.ts';
import { inboundMailView } from '#workflows/contract/inbound-mail-view.ts';
import * as views from '#workflows/contract/views.ts';
import { webhookDeliveryView, webhookView } from '#workflows/contract/webhooks.ts';

/** The shapes that answers are made of, by the names under which the document shows them. */
export const COMPONENTS = {
  Actor: views.actorView,
  Person: views.personView,
  AiMode: views.aiView,
  Attachment: views.attachmentView,
  Message: views.messageView,
  TimelineEntry: views.entryView,
  TicketRow: views.ticketRow,
  Ticket: views.ticketView,
  ConversationRow: views.conversationRow,
  Conversation: views.conversationView,
  Counts: views.countsView,
  Notification: views.notificationView,
  Operator: views.operatorView,
  Invitation: views.invitationView,
  Requester: views.requesterView,
  Agent: views.agentView,
  AgentSetup: agentSetupView,
  AgentTurn: agentTurn,
  AgentTurnAnswer: agentTurnAnswer,
  Knowledge: knowledgeView,
  Address: views.addressView,
  Key: views.keyView,
  NewKey: views.newKeyView,
  Team: views.teamView,
  Policy: views.policyView,
  Schedule: scheduleView,
  Webhook: webhookView,
  WebhookDelivery: webhookDeliveryView,
  InboundMail: inboundMailView,
};
