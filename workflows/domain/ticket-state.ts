import type { AiMode } from './ai-mode.ts';
import type { Actor } from './actor.ts';
import type { Channel, Origin } from './channel.ts';
import type { Csat } from './csat.ts';
import type { Instant } from './instant.ts';
import type { Priority } from './priority.ts';
import type { SlaLedger } from './sla-ledger.ts';
import type { SlaAction } from './sla-policy.ts';
import type { Status } from './status.ts';
import type { Summary } from './summary.ts';
import type { TicketRouting } from './ticket-routing.ts';

/** A reply that was accepted and can still be withdrawn. */
export interface HeldReply {
  readonly releaseAt: Instant;
  readonly by: Actor;
  /** Set at release, instead of on_customer. */
  readonly status: Status | null;
  /** It leaves as a mail beside the ticket's channel (P14). */
  readonly byMail?: true;
}

/** A message that is owed to a mail server. `retrying`: a workflow of its own must take it; `handed_over`: it has, and reports by signal. */
export interface OwedDelivery {
  readonly stage: 'due' | 'retrying' | 'handed_over';
  readonly author: Actor;
}

/** What the SLA policy in force says is done at its alarms; `rule` null: no policy fits the ticket. */
export interface SlaInForce {
  /** What it was chosen by: see `slaKeyOf`. */
  readonly key: string;
  readonly rule: { readonly name: string; readonly onWarning: readonly SlaAction[]; readonly onBreach: readonly SlaAction[] } | null;
}

/** Everything a ticket is and owes: what continue-as-new carries, and what late facts are decided on. */
export interface TicketState {
  readonly ticketId: string;
  readonly teamId: string;
  readonly conversationId: string;
  /** The how-manieth ticket of its conversation. */
  readonly generation: number;
  readonly requesterId: string;
  /** The AI agent on this conversation's channel, if one serves it. */
  readonly agentId: string | null;
  readonly channel: Channel;
  readonly origin: Origin;
  readonly linkedTicketId: string | null;
  readonly subject: string;
  readonly status: Status;
  readonly statusSince: Instant;
  readonly priority: Priority;
  readonly tags: readonly string[];
  readonly case: string | null;
  readonly skills: readonly string[];
  readonly group: string | null;
  readonly assigneeId: string | null;
  /** Grows at every assignment: a late automatic one carries an old value and is refused. */
  readonly assignmentEpoch: number;
  readonly isPickedUp: boolean;
  readonly routing: TicketRouting;
  readonly mode: AiMode;
  /** The seq of the change that set the mode, 0 where none did in this generation: a projection out of order cannot undo it. */
  readonly modeSeq: number;
  readonly lastHumanMessageAt: Instant | null;
  readonly lastCustomerMessageId: string | null;
  /** Its place in the conversation: an older message that is handed over late does not become the last one. */
  readonly lastCustomerPosition: number;
  /** The oldest customer message that nobody answered. */
  readonly unanswered: { readonly messageId: string; readonly since: Instant } | null;
  /** A customer message that the AI answered before this ticket was handed it. */
  readonly answeredAhead: string | null;
  /** P38: the customer message at which somebody should be there, until the hours were asked. */
  readonly hoursHeard: { readonly messageId: string; readonly at: Instant } | null;
  /** P38: the customer was told that nobody is there until then. */
  readonly closedReplyUntil: Instant | null;
  /** P45; null: nobody was asked, and nobody said. */
  readonly csat: Csat | null;
  /** The AI's turn began: it has turnMinutes from here to answer. */
  readonly turnSince: Instant | null;
  readonly snooze: { readonly until: Instant | null } | null;
  /** How many steps are done, and since when the next one counts (P37). */
  readonly ladder: { readonly done: number; readonly since: Instant } | null;
  readonly held: Readonly<Record<string, HeldReply>>;
  readonly deliveries: Readonly<Record<string, OwedDelivery>>;
  readonly owesSummary: boolean;
  readonly summary: Summary | null;
  /** Automatic messages of the last 24 h, for the cap that stops loops (P53). */
  readonly automaticAt: readonly Instant[];
  readonly lastHoldingAt: Instant | null;
  /** Everything that SLA clocks depend on; null: the ticket is older than they are. */
  readonly sla: SlaLedger | null;
  readonly slaInForce: SlaInForce | null;
  readonly seq: number;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
  readonly policyVersion: string;
  /** Ids of late commands and facts, and the seq after each: a repeated one changes nothing, in whichever run it arrives. */
  readonly recent: readonly (readonly [id: string, seq: number])[];
}

/** A human's or an AI's turn: does the AI handle the channel now (P14)? */
export function isAiServing(state: TicketState): boolean {
  return state.agentId !== null && state.mode.kind === 'replying';
}
