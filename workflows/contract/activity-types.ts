import type { Change } from '../domain/change.ts';
import type { Policy } from '../domain/policy.ts';
import type { Measure } from '../domain/sla-alarms.ts';
import type { SlaLedger } from '../domain/sla-ledger.ts';
import type { SlaSubject } from '../domain/sla-policy.ts';
import type { SlaInForce, TicketState } from '../domain/ticket-state.ts';
import type { DeliveryOutcome } from '../domain/change.ts';
import type { Instant } from '../domain/instant.ts';
import type { AssigneeAbsence } from '../domain/routing-policy.ts';
import type { MadeSummary } from '../domain/summary.ts';
import type { TriedAnswer } from './agent-setup.ts';
import type { ModelTested } from './model.ts';
import type { FactMessage } from './ticket-messages.ts';

/** The type of a failure whose message says in words for people what a model did wrong. */
export const MODEL_FAILED = 'model_failed';

/** What the workflows need of the outside world. Each may run twice: the key of each effect is a fact. */
export interface TicketActivities {
  /** Writes a prefix of the outbox down and says up to where; brings the policy when the ticket's is not the newest. */
  projectTicket(request: ProjectRequest): Promise<Projected>;
  loadTicket(ids: { teamId: string; ticketId: string }): Promise<LoadedTicket | null>;
  /** One try to hand a message to its channel. */
  deliverMessage(ids: { teamId: string; messageId: string }): Promise<{ outcome: DeliveryOutcome; detail: string }>;
  /** The ticket's clocks under the SLA policy that fits it now; `rule` null: none does. */
  measureTicket(request: MeasureRequest): Promise<{ measure: Measure; rule: SlaInForce['rule'] }>;
  /** A model's summary, or an honest extract with the reason why it is one. */
  summariseTicket(ids: { teamId: string; ticketId: string; conversationId: string }): Promise<MadeSummary>;
  /** The extract alone: no model is asked, and no queue of models waited in. */
  extractTicket(asked: { teamId: string; conversationId: string; why?: string }): Promise<MadeSummary>;
}

export interface MeasureRequest {
  readonly teamId: string;
  readonly ticket: SlaSubject;
  readonly ledger: SlaLedger;
  readonly at: Instant;
}

export interface ProjectRequest {
  readonly state: TicketState;
  readonly changes: readonly Change[];
}

export type Projected =
  | { readonly kind: 'projected'; readonly lastSeq: number; readonly policy: { readonly version: string; readonly policy: Policy } | null }
  /** The database holds another history of this ticket, up to `lastSeq`. */
  | { readonly kind: 'diverged'; readonly lastSeq: number };

export interface LoadedTicket {
  readonly state: TicketState;
  readonly policy: Policy;
}

export interface DeliverActivities {
  deliverMessage(ids: { teamId: string; messageId: string }): Promise<{ outcome: DeliveryOutcome; detail: string }>;
  /** Says of a mail that no ticket owes that it will not arrive. */
  giveUpDelivery(mail: { teamId: string; messageId: string; detail: string }): Promise<void>;
  /** Tells the ticket a fact, starting its workflow if it has ended. */
  tellTicket(message: { teamId: string; ticketId: string; message: FactMessage }): Promise<void>;
}

/** What becomes of a reply in a web chat: nothing more, look again then, or a mail. */
export type WidgetStep =
  | { readonly kind: 'done' }
  /** `missing`: what is said of the reply where nothing better comes within a day; left out: nothing has failed. */
  | { readonly kind: 'later'; readonly at: Instant; readonly missing?: string }
  | { readonly kind: 'mail' };

export interface WidgetActivities {
  /** Whether the customer's widget has the reply, may still take it, or is gone; `at` is the workflow's now. */
  askWidget(reply: { teamId: string; messageId: string; at: Instant }): Promise<WidgetStep>;
}

export interface IntakeActivities {
  /** Parses and judges one stored mail; verdict, thread, conversation and birth are one transaction. */
  judgeMail(ids: { teamId: string; mailId: string }): Promise<void>;
  /** Carries out what the verdict says: hands the message to its ticket, or gives birth to one. */
  settleMail(ids: { teamId: string; mailId: string }): Promise<void>;
}

export interface SweepActivities {
  /** Signals again what nobody has picked up for 10 s; returns how much, and when a conversation next leaves its view. */
  sweepTeam(request: { teamId: string }): Promise<{ found: number; nextAt: Instant | null }>;
}

/** How far a go of a drain came: nothing is owed, the next try is later, or there may be more. */
export type DrainStep = { readonly kind: 'done' } | { readonly kind: 'more' } | { readonly kind: 'later'; readonly at: Instant };

export interface WebhookActivities {
  /** Posts what the stream owes its endpoint, in order, up to the first failure; `at` is the drain's now. */
  sendWebhooks(go: { teamId: string; endpointId: string; streamId: string; at: Instant }): Promise<DrainStep>;
}

export interface OpeningAsked {
  readonly teamId: string;
  readonly agentId: string | null;
  readonly conversationId: string;
  readonly requesterId: string;
  /** When the customer wrote. */
  readonly at: Instant;
}

export interface RoutingActivities {
  /** One pass over the team's queue, in one transaction; the same pass again answers the same. When to look again: null, when told. */
  passRouter(pass: { teamId: string; passId: string }): Promise<{ offers: number; wakeAt: Instant | null }>;
  /** Tells tickets what was chosen for them, and gives back what no ticket waits for. */
  offerTickets(team: { teamId: string }): Promise<void>;
  /** P38: what to tell a customer who wrote while nobody is there; null: nothing. */
  findOpening(asked: OpeningAsked): Promise<{ opensAt: Instant; text: string } | null>;
  /** P29: how somebody is gone; null: they are not. */
  findAssignee(whose: { teamId: string; operatorId: string }): Promise<AssigneeAbsence | null>;
}

/** One edit of settings that open tickets follow. */
export interface Edit {
  readonly teamId: string;
  readonly scope: string;
  readonly version: number;
}

export interface EditActivities {
  /** Waits until the edit is committed; false: it was not, in all the time an api takes. */
  awaitEdit(edit: Edit): Promise<boolean>;
  /** Tells the next open tickets after this id what they follow now; null: that was the last one. */
  tellEdit(page: { teamId: string; after: string; edit?: Edit }): Promise<{ told: number; last: string | null }>;
}

/** What names a turn: its answer derives from it, so that a turn which runs twice answers once. */
export interface TurnKey {
  readonly teamId: string;
  readonly conversationId: string;
  readonly epoch: number;
  /** The newest customer message that the turn answers. */
  readonly lastSeenMessage: string;
}

/** What became of a call of an agent. The words themselves are kept in the database. */
export type Called =
  /** It waits for the fence. */
  | { readonly kind: 'answered' }
  /** The turn is over, and this is what there is to answer next. */
  | { readonly kind: 'ended'; readonly next: NextTurn | null }
  /** A webhook agent answers by API, and has so long. */
  | { readonly kind: 'later'; readonly withinMs: number }
  /** `again`: it may help to ask once more, not before `retryAfterMs`. */
  | { readonly kind: 'failed'; readonly reason: string; readonly again: boolean; readonly retryAfterMs: number | null }
  /** The turn is another one by now. */
  | { readonly kind: 'outdated' };

/** How a turn ends. `cancelled`: somebody stepped in. An answer that came all the same is kept back, and told as such. */
export type TurnEnd = { readonly kind: 'answered' } | { readonly kind: 'cancelled' } | { readonly kind: 'failed'; readonly reason: string };

/** What there is to answer. `waitMs`: so long what belongs to it may still come. */
export interface NextTurn extends Pick<TurnKey, 'epoch' | 'lastSeenMessage'> {
  readonly waitMs: number;
}

export interface TurnActivities {
  /** Picks up what there is to answer; null: nothing. Any number of times, also where nobody hears of it: rows alone say what was answered. */
  beginTurn(of: { teamId: string; conversationId: string }): Promise<NextTurn | null>;
  /** Asks the agent, and where `ends` says so commits an answer that is nothing but words. Stopped by cancellation. */
  callAgent(turn: TurnKey & { ends?: boolean }): Promise<Called>;
  /** Commits the answer through the fence, or hands the conversation to a person with the reason; then picks up what there is to answer next. */
  endTurn(turn: TurnKey & { end: TurnEnd }): Promise<NextTurn | null>;
}

/** A text to translate; `isAwaited`: somebody is looking on, and asks again themselves. */
export interface TranslationAsked {
  readonly teamId: string;
  readonly translationId: string;
  /** Milliseconds since 1970. */
  readonly askedAt: number;
  readonly isAwaited: boolean;
}

/** What became of one try. The words themselves are in the database. */
export type Tried = { readonly kind: 'done' } | { readonly kind: 'failed'; readonly reason: string; readonly again: boolean; readonly retryAfterMs: number | null };

export interface TranslationActivities {
  /** Asks a model for a text in another language, and keeps it; one that is there is not asked for. */
  translateText(of: { teamId: string; translationId: string }): Promise<Tried>;
  /** Says why there is none. */
  giveUpTranslation(of: { teamId: string; translationId: string; reason: string }): Promise<void>;
}

export interface TryActivities {
  /** One question to an agent without any conversation. */
  tryAgent(asked: { teamId: string; agentId: string; question: string }): Promise<TriedAnswer>;
}

export interface ModelActivities {
  /** One short question to the team's model. */
  testModel(asked: { teamId: string }): Promise<ModelTested>;
}

export interface ComposeActivities {
  /** Streams a model's text into rows, to its end. Stopped by cancellation. */
  composeText(asked: { teamId: string; composeId: string }): Promise<void>;
  /** Ends one whose process died, or that was stopped before it was begun. */
  closeCompose(asked: { teamId: string; composeId: string; isStopped: boolean }): Promise<void>;
}
