import type { z } from 'zod';
import type { Result } from '../domain/errors.ts';
import type { Holiday } from '../domain/schedule.ts';
import type * as a from './agent-setup.ts';
import type { TicketAssignment } from './assignment-view.ts';
import type * as c from './commands.ts';
import type { composeInput, ComposeStarted } from './compose.ts';
import type { DraftView } from './draft-view.ts';
import type * as f from './escalation-forecast.ts';
import type * as r from './routing.ts';
import type * as t from './people-time.ts';
import type * as tv from './people-time-views.ts';
import type * as m from './model.ts';
import type { InboundMailView } from './inbound-mail-view.ts';
import type * as q from './queries.ts';
import type * as l from './translation.ts';
import type { askClock, ClockAnswer } from './schedule.ts';
import type { scheduleInput, ScheduleView } from './schedules.ts';
import type * as s from './settings.ts';
import type { SettingsProgress } from './settings-progress.ts';
import type { putSla, SlaView, TicketClocks } from './sla-views.ts';
import type * as v from './views.ts';
import type * as w from './webhooks.ts';
import type * as g from './widgets.ts';
import type { SlaClockView, whatIfSla } from './what-if-sla.ts';

type In<T extends z.ZodType> = z.input<T>;
type Out<T extends z.ZodType> = z.infer<T>;
type Answer<T> = Promise<Result<T>>;

/** The person who is signed in, as the shell shows them. */
export interface Me {
  readonly operatorId: string;
  readonly name: string;
  readonly email: string;
  readonly role: s.Role;
  readonly zone: string;
  readonly locale: string;
  /** What they read without a translation. */
  readonly languages: string[];
  /** Whether there is a language model that could be asked. */
  readonly hasModel: boolean;
  readonly team: Out<typeof v.teamView>;
}

/**
 * Everything the inbox can ask and do, bound to the signed-in person and one team. The JSON routes call the same
 * functions. Inputs are parsed inside (unknown fields refused); every refusal is a value. A command takes an
 * idempotency key, so that a form sent twice acts once.
 */
export interface Desk {
  readonly me: Me;

  counts(): Answer<v.CountsView>;
  tickets(query: In<typeof q.listTickets>): Answer<v.Page<v.TicketRow>>;
  /** By id or number. */
  ticket(idOrNumber: string): Answer<v.TicketView>;
  /** Why assigned to whom, or why nobody has it. */
  ticketAssignment(ticketId: string): Answer<TicketAssignment>;
  timeline(ticketId: string, query?: In<typeof q.timelineQuery>): Answer<v.Page<v.EntryView>>;
  conversations(query: In<typeof q.listConversations>): Answer<v.Page<v.ConversationRow>>;
  conversation(id: string): Answer<v.ConversationView>;
  conversationTimeline(id: string, query?: In<typeof q.timelineQuery>): Answer<v.Page<v.EntryView>>;
  notifications(query: In<typeof q.plainPaging>): Answer<v.Page<Out<typeof v.notificationView>>>;
  operators(): Answer<Out<typeof v.operatorView>[]>;
  agents(): Answer<Out<typeof v.agentView>[]>;
  tags(): Answer<string[]>;
  draft(ticketId: string): Answer<DraftView>;

  createTicket(input: In<typeof c.createTicket>, key: string): Answer<v.TicketView>;
  changeTicket(ticketId: string, input: In<typeof c.changeTicket>, key: string): Answer<v.TicketView>;
  reply(ticketId: string, input: In<typeof c.reply>, key: string): Answer<{ ticket: v.TicketView; message: v.MessageView }>;
  /** What a first message would say in another language; nothing is sent. */
  translateFirstMessage(input: In<typeof l.translateFirstMessage>): Answer<l.TranslatedFirstMessage>;
  /** The same of a reply. */
  translateText(ticketId: string, input: In<typeof l.translateText>): Answer<l.TranslatedText>;
  /** Has a customer's message, or the AI's, translated: `pending` until it is there. */
  translateMessage(of: { conversationId: string; messageId: string }, input: In<typeof l.translateMessage>): Answer<l.TranslationView>;
  requesters(query: In<typeof q.listRequesters>): Answer<v.Page<Out<typeof v.requesterView>>>;
  /** Those of the team among them. */
  requestersNamed(ids: readonly string[]): Answer<Out<typeof v.requesterView>[]>;
  changeRequester(requesterId: string, input: In<typeof s.changeRequester>): Answer<Out<typeof v.requesterView>>;
  /** Undo send: refused with `too_late` once the message was released. */
  withdrawReply(ticketId: string, messageId: string, key: string): Answer<v.TicketView>;
  /** Sends a failed message again. */
  retryDelivery(ticketId: string, messageId: string, key: string): Answer<v.TicketView>;
  note(ticketId: string, input: In<typeof c.note>, key: string): Answer<v.TicketView>;
  setStatus(ticketId: string, input: In<typeof c.setStatus>, key: string): Answer<v.TicketView>;
  assign(ticketId: string, input: In<typeof c.assign>, key: string): Answer<v.TicketView>;
  claim(ticketId: string, key: string): Answer<v.TicketView>;
  snooze(ticketId: string, input: In<typeof c.snooze>, key: string): Answer<v.TicketView>;
  unsnooze(ticketId: string, key: string): Answer<v.TicketView>;
  refreshSummary(ticketId: string, key: string): Answer<v.TicketView>;
  /** What it writes is told by the events of its id. */
  compose(ticketId: string, input: In<typeof composeInput>, key: string): Answer<ComposeStarted>;
  stopCompose(ticketId: string, composeId: string): Answer<null>;
  takeOver(conversationId: string, input: In<typeof c.takeOver>, key: string): Answer<v.TicketView>;
  resumeAi(conversationId: string, key: string): Answer<v.TicketView>;
  extendPause(conversationId: string, input: In<typeof c.extendPause>, key: string): Answer<v.TicketView>;
  markRead(ticketId: string, position: number): Answer<null>;
  markMentionDone(ticketId: string): Answer<null>;
  markNotificationsRead(ids: string[] | 'all'): Answer<null>;
  saveDraft(ticketId: string, input: In<typeof c.draft>): Answer<null>;

  team(): Answer<Out<typeof v.teamView>>;
  changeTeam(input: In<typeof s.changeTeam>): Answer<Out<typeof v.teamView>>;
  policy(scope: string): Answer<v.PolicyView>;
  policyVersions(scope: string): Answer<v.PolicyView[]>;
  sla(): Answer<SlaView>;
  putSla(input: In<typeof putSla>, ifVersion: number): Answer<SlaView>;
  settingsProgress(): Answer<SettingsProgress>;
  ticketClocks(ticketId: string): Answer<TicketClocks>;
  /** `ifVersion` is the version that was read: another one in force refuses with `version_conflict`. */
  putPolicy(scope: string, input: In<typeof s.putPolicy>, ifVersion: number): Answer<v.PolicyView>;
  schedules(): Answer<ScheduleView[]>;
  schedule(id: string): Answer<ScheduleView>;
  createSchedule(input: In<typeof scheduleInput>): Answer<ScheduleView>;
  /** `ifVersion` as for a policy. */
  putSchedule(id: string, input: In<typeof scheduleInput>, ifVersion: number): Answer<ScheduleView>;
  /** Refused with `in_use` where something uses it and nothing takes its place. */
  deleteSchedule(id: string, replaceBy: string | null): Answer<null>;
  /** The holidays of a calendar file, in a zone; nothing is stored. */
  readHolidays(input: { ical: string; zone: string }): Answer<readonly Holiday[]>;
  whatIfClock(input: In<typeof askClock>): Answer<ClockAnswer>;
  whatIfSla(input: In<typeof whatIfSla>): Answer<{ clocks: SlaClockView[] }>;
  createAgent(input: In<typeof s.createAgent>): Answer<Out<typeof v.agentView>>;
  changeAgent(agentId: string, input: In<typeof s.changeAgent>): Answer<Out<typeof v.agentView>>;
  model(): Answer<m.ModelView>;
  /** `ifVersion` as for a policy. */
  putModel(input: In<typeof m.putModel>, ifVersion: number): Answer<m.ModelView>;
  testModel(): Answer<m.ModelTested>;
  modelUsage(): Answer<m.ModelUsage>;
  agentSetup(agentId: string): Answer<a.AgentSetupView>;
  /** `ifVersion` as for a policy. */
  putAgentSetup(agentId: string, input: In<typeof a.putAgentSetup>, ifVersion: number): Answer<a.AgentSetupView>;
  renewAgentSecret(agentId: string): Answer<a.NewAgentSecretView>;
  /** What would come of an escalation; nothing does. */
  whatIfEscalation(agentId: string, input: In<typeof f.whatIfEscalation>): Answer<f.EscalationForecast>;
  /** What a built-in or webhook agent would answer; nothing comes of it. */
  tryAgent(agentId: string, input: In<typeof a.tryAgent>): Answer<a.TriedView>;
  knowledge(agentId: string): Answer<a.KnowledgeRow[]>;
  knowledgeText(agentId: string, textId: string): Answer<a.KnowledgeView>;
  createKnowledge(agentId: string, input: In<typeof a.knowledgeInput>): Answer<a.KnowledgeView>;
  putKnowledge(agentId: string, textId: string, input: In<typeof a.knowledgeInput>): Answer<a.KnowledgeView>;
  deleteKnowledge(agentId: string, textId: string): Answer<null>;
  addresses(): Answer<Out<typeof v.addressView>[]>;
  createAddress(input: In<typeof s.createAddress>): Answer<Out<typeof v.addressView>>;
  changeAddress(id: string, input: In<typeof s.changeAddress>): Answer<Out<typeof v.addressView>>;
  deleteAddress(id: string): Answer<null>;
  createTag(name: string): Answer<string[]>;
  deleteTag(name: string): Answer<string[]>;
  keys(): Answer<Out<typeof v.keyView>[]>;
  createKey(input: In<typeof s.createKey>): Answer<Out<typeof v.newKeyView>>;
  revokeKey(keyId: string): Answer<null>;
  webhooks(): Answer<w.WebhookView[]>;
  webhook(id: string): Answer<w.WebhookView>;
  createWebhook(input: In<typeof w.createWebhook>): Answer<w.NewWebhookView>;
  changeWebhook(id: string, input: In<typeof w.changeWebhook>): Answer<w.WebhookView>;
  deleteWebhook(id: string): Answer<null>;
  rotateWebhookSecret(id: string): Answer<w.NewWebhookView>;
  testWebhook(id: string): Answer<w.WebhookDeliveryView>;
  webhookDeliveries(id: string, query: In<typeof w.listWebhookDeliveries>): Answer<v.Page<w.WebhookDeliveryRow>>;
  webhookDelivery(id: string, deliveryId: string): Answer<w.WebhookDeliveryView>;
  resendWebhook(id: string, deliveryId: string): Answer<w.WebhookDeliveryView>;
  widgets(): Answer<g.WidgetView[]>;
  widget(id: string): Answer<g.WidgetView>;
  createWidget(input: In<typeof g.createWidget>): Answer<g.NewWidgetView>;
  /** `ifVersion` as for a policy. */
  putWidget(id: string, input: In<typeof g.putWidget>, ifVersion: number): Answer<g.WidgetView>;
  deleteWidget(id: string): Answer<null>;
  rotateIdentitySecret(id: string): Answer<g.NewWidgetView>;
  invite(input: In<typeof s.invite>): Answer<{ invitation: Out<typeof v.invitationView>; link: string }>;
  invitations(): Answer<Out<typeof v.invitationView>[]>;
  changeOperator(operatorId: string, input: In<typeof s.changeOperator>): Answer<Out<typeof v.operatorView>>;
  peopleTime(): Answer<tv.PersonTimeView[]>;
  putShifts(operatorId: string, input: In<typeof t.putShifts>, ifVersion: number): Answer<tv.ShiftsView>;
  putTimeOff(operatorId: string, input: In<typeof t.putTimeOff>, ifVersion: number): Answer<tv.TimeOffView>;
  putOperatorRouting(operatorId: string, input: In<typeof r.putOperatorRouting>, ifVersion: number): Answer<tv.OperatorRoutingView>;
  groups(): Answer<tv.GroupView[]>;
  createGroup(input: In<typeof r.createGroup>): Answer<tv.GroupView>;
  changeGroup(key: string, input: In<typeof r.changeGroup>): Answer<tv.GroupView>;
  deleteGroup(key: string): Answer<null>;
  presences(): Answer<tv.PresenceView[]>;
  /** `me` is the signed-in person. */
  presence(operatorId: string): Answer<tv.PresenceView>;
  setPresence(operatorId: string, input: In<typeof t.setPresence>): Answer<tv.PresenceView>;
  /** The page saw its person do something. */
  noteActivity(): Answer<null>;
  /** The page's heartbeat: its person is there, on this live connection. */
  sayHere(input: In<typeof t.sayHere>): Answer<null>;
  inboundMails(query: In<typeof q.listInbound>): Answer<v.Page<InboundMailView>>;
  resolveQuarantine(mailId: string, action: 'release' | 'new_ticket' | 'discard', key: string): Answer<InboundMailView>;
  /** Mail that went to the local mailbox because no SMTP server is configured. */
  localMailbox(): Answer<{ enabled: boolean; mails: { id: string; at: string; from: string; to: string[]; subject: string; text: string }[] }>;
  /** The demo's customer in a chat: begins one with an agent, or goes on in one; and sees what came back. */
  demoCustomerSays(input: { conversationId?: string; agentId?: string; text: string }, key: string): Answer<v.ConversationView>;
  demoCustomerSees(conversationId: string): Answer<v.ConversationView>;
  /** The web chat on the demo's own shop page. */
  demoCustomerWidget(): Answer<{ widgetId: string }>;
  /** The demo's customer: writes a mail as them, through the real SMTP listener. */
  demoCustomerMail(input: { from: string; to: string; subject: string; text: string; inReplyTo?: string }): Answer<null>;
}

/** Remix's load context: `desk` is null for who is not signed in. */
export interface WebContext {
  readonly desk: Desk | null;
  /** The nonce of this response's Content-Security-Policy. */
  readonly nonce: string;
  /** Put into every form; checked on every POST of the browser. */
  readonly csrfToken: string;
  readonly auth: WebAuth;
  readonly csat: CsatDesk;
  /** Told what a page threw and nobody expected, for the log. */
  readonly onFailure: (error: unknown) => void;
}

/** For a customer who followed a link of a mail: the token is all that they have. */
export interface CsatDesk {
  /** What is asked in whose name, what they said before, and the language that they write in, where it is known. Changes nothing. */
  question(token: string): Answer<{ teamName: string; said: { score: number; comment: string } | null; language: string | null }>;
  answer(token: string, input: In<typeof c.rate>): Answer<v.CsatView>;
}

/** Sign-in for the browser; each success carries the Set-Cookie headers to send. */
export interface WebAuth {
  signIn(input: { email: string; password: string }): Answer<{ setCookie: string[] }>;
  signInByLink(token: string): Answer<{ setCookie: string[] }>;
  signOut(): Promise<{ setCookie: string[] }>;
  invitation(token: string): Answer<{ email: string; name: string; teamName: string }>;
  acceptInvitation(input: { token: string; name: string; password: string }): Answer<{ setCookie: string[] }>;
}
