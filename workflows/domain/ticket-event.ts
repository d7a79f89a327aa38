import type { Actor } from './actor.ts';
import type { Channel, Origin } from './channel.ts';
import type { AutomaticChoice, DeliveryOutcome } from './change.ts';
import type { CsatScore } from './csat.ts';
import type { Instant } from './instant.ts';
import type { Policy } from './policy.ts';
import type { Priority } from './priority.ts';
import type { AssigneeAbsence } from './routing-policy.ts';
import type { Measure } from './sla-alarms.ts';
import type { Status } from './status.ts';
import type { MadeSummary } from './summary.ts';
import type { SlaInForce } from './ticket-state.ts';

/** What makes a ticket. Travels in the workflow's start input, so that a lone start still makes it. */
export interface Birth {
  readonly ticketId: string;
  readonly teamId: string;
  readonly conversationId: string;
  readonly generation: number;
  readonly requesterId: string;
  readonly agentId: string | null;
  readonly channel: Channel;
  readonly origin: Origin;
  readonly linkedTicketId: string | null;
  readonly subject: string;
  readonly priority: Priority | null;
  readonly tags: readonly string[];
  /** Given by API; what is left out comes from the handover case. */
  readonly needs?: Partial<Needs>;
  readonly assigneeId: string | null;
  readonly by: Actor;
  readonly at: Instant;
  /** The customer message that opened it, or the newest one of the conversation. */
  readonly customerMessage: {
    readonly id: string;
    readonly position: number;
    readonly at: Instant;
    readonly automated: boolean;
    readonly isAnswered: boolean;
    /** An earlier ticket of the conversation has it on its timeline: it is heeded here, and not told a second time. */
    readonly isKnown?: boolean;
  } | null;
  readonly escalation: { readonly case: string | null; readonly reason: string } | null;
  /** The operator who took over: AI paused, assigned, on_you, all in one. */
  readonly takenBy: Actor | null;
  /** A first message of ours, already stored. */
  readonly firstReply: { readonly messageId: string } | null;
}

/** P20, P58: what a ticket asks of whoever gets it. */
export interface Needs {
  readonly skills: readonly string[];
  readonly group: string | null;
  readonly language: string | null;
}

/** A command of a person or program; may be refused. `at` is when it was given. */
export type Command =
  | { readonly kind: 'escalate'; readonly by: Actor; readonly case: string | null; readonly reason: string; readonly priority: Priority | null }
  | { readonly kind: 'take_over'; readonly by: Actor; readonly force: boolean }
  | { readonly kind: 'pause_ai'; readonly by: Actor }
  | { readonly kind: 'resume_ai'; readonly by: Actor }
  | { readonly kind: 'extend_pause'; readonly by: Actor; readonly minutes: number }
  | {
      readonly kind: 'reply';
      readonly by: Actor;
      readonly messageId: string;
      readonly takeOver: boolean;
      readonly holdMs: number;
      readonly status: Status | null;
      /** The newest customer message the writer had seen; undefined: not said. */
      readonly lastSeenMessage?: string | null;
      readonly force: boolean;
      /** P14: as a mail beside the ticket's channel, whose AI stays as it is. Left out, as in what is older: on the channel. */
      readonly byMail?: true;
    }
  | { readonly kind: 'withdraw_reply'; readonly by: Actor; readonly messageId: string }
  | { readonly kind: 'retry_delivery'; readonly by: Actor; readonly messageId: string; readonly author: Actor; /** It is a mail, whatever the ticket's channel is. */ readonly byMail?: true }
  | { readonly kind: 'note'; readonly by: Actor; readonly messageId: string; readonly mentions: readonly string[] }
  | { readonly kind: 'set_status'; readonly by: Actor; readonly to: Status; readonly generation?: number }
  | { readonly kind: 'assign'; readonly by: Actor; readonly to: string | null }
  | { readonly kind: 'claim'; readonly by: Actor }
  /** `isHandling: false`: a label is no work on the ticket (P24). In histories that are older than this, where it is missing, it picked up. */
  | ({ readonly kind: 'change'; readonly by: Actor; readonly isHandling?: false; readonly subject?: string; readonly priority?: Priority; readonly tags?: readonly string[] } & Partial<Needs>)
  | { readonly kind: 'snooze'; readonly by: Actor; readonly until: Instant | null }
  | { readonly kind: 'unsnooze'; readonly by: Actor }
  | { readonly kind: 'refresh_summary'; readonly by: Actor }
  /** Refused with `ticket_finished` where a new, linked ticket must be made: the sender makes it. */
  | { readonly kind: 'customer_message'; readonly by: Actor; readonly messageId: string; readonly position: number; readonly automated: boolean }
  /** The customer says how it was (P45); taken by finished tickets, too. */
  | { readonly kind: 'rate'; readonly by: Actor; readonly score: CsatScore; readonly comment: string }
  /** Fetches the result of a birth, changes nothing. */
  | { readonly kind: 'look' };

/** Something that has happened; never refused. */
export type Fact =
  | { readonly kind: 'ai_answered'; readonly by: Actor; readonly messageId: string; readonly lastSeenMessage: string | null }
  | { readonly kind: 'delivery_reported'; readonly messageId: string; readonly outcome: DeliveryOutcome; readonly detail: string }
  | { readonly kind: 'bounced'; readonly messageId: string; readonly detail: string }
  | ({ readonly kind: 'summary_made' } & MadeSummary)
  | { readonly kind: 'clocks_measured'; readonly measure: Measure; readonly inForce: SlaInForce }
  /** The router chose, by what was true at this epoch. */
  | ({ readonly kind: 'offered'; readonly assignmentEpoch: number; readonly operatorId: string; readonly pickUpAt: Instant | null } & AutomaticChoice)
  /** A choice that was not answered for so long that its operator may be gone; one that was taken meanwhile stands. */
  | { readonly kind: 'offer_expired'; readonly assignmentEpoch: number; readonly operatorId: string }
  /** P29; null: there, or at least not gone. */
  | { readonly kind: 'assignee_found'; readonly messageId: string; readonly assignmentEpoch: number; readonly absence: AssigneeAbsence | null }
  /** Their access was taken away; whoever has it by now is not concerned. */
  | { readonly kind: 'assignee_left'; readonly operatorId: string }
  /** P38: what to say; null: nothing. */
  | { readonly kind: 'hours_found'; readonly messageId: string; readonly opening: { readonly opensAt: Instant; readonly text: string } | null }
  | { readonly kind: 'policy_changed'; readonly version: string; readonly policy: Policy }
  | { readonly kind: 'diverged'; readonly lastSeq: number };

export type TicketEvent = Command | Fact;
export type CommandKind = Command['kind'];
