import type { Actor } from './actor.ts';
import type { AiMode } from './ai-mode.ts';
import type { Channel, Origin } from './channel.ts';
import type { CsatScore } from './csat.ts';
import type { Instant } from './instant.ts';
import type { Priority } from './priority.ts';
import type { EscalateTo } from './routing-policy.ts';
import type { Explanation } from './routing-reason.ts';
import type { Turn } from './routing-request.ts';
import type { ClockKind } from './sla-policy.ts';
import type { Status } from './status.ts';
import type { MadeSummary } from './summary.ts';

export const DELIVERY_OUTCOMES = ['sent', 'failed', 'unknown', 'temporary', 'suppressed'] as const;
export type DeliveryOutcome = (typeof DELIVERY_OUTCOMES)[number];

/** Why a status changed, when nobody set it by hand. */
export type StatusCause =
  | 'by_hand'
  | 'human_replied'
  | 'customer_wrote'
  | 'claimed'
  | 'taken_over'
  | 'escalated'
  | 'turn_missed'
  | 'reopen_window_over'
  | 'no_answer';

export type AssignedHow = 'by_hand' | 'claimed' | 'taken_over' | 'at_birth' | 'sla' | 'automatic' | 'not_picked_up' | 'assignee_away' | 'assignee_left';

export type AutomaticPurpose = 'holding' | 'reminder' | 'out_of_hours' | 'csat';

/** Why and when the router chose whom it chose (P25). */
export interface AutomaticChoice {
  readonly turn: Turn;
  /** P21: assigned ahead. */
  readonly startsAt: Instant | null;
  readonly explanation: Explanation;
}

/** A warning or a breach, and whom the policy has told of it. */
interface Alarm {
  readonly clock: ClockKind;
  readonly dueAt: Instant;
  readonly policy: string;
  /** assignee, admins, everyone, or operators' ids. */
  readonly notify: readonly string[];
  /** Endpoints that get it whatever they listen to; left out where there is none, as in what was recorded before there were any. */
  readonly webhooks?: readonly string[];
}

/** What happened, one timeline entry each. Bodies are never in here: `messageId` names the row that has them. */
export type Happening =
  | { kind: 'created'; origin: Origin; channel: Channel; agentId: string | null; linkedTicketId: string | null; case: string | null }
  | { kind: 'escalated'; case: string | null; reason: string; joined: boolean }
  | { kind: 'customer_wrote'; messageId: string; automated: boolean }
  | { kind: 'ai_answered'; messageId: string }
  | { kind: 'turn_missed'; since: Instant }
  | { kind: 'replied'; messageId: string; releaseAt: Instant }
  /** `byMail`: beside the ticket's channel; `leavesTurn`: the AI serves that channel, and what waits for its answer waits on (P14). */
  | { kind: 'reply_released'; messageId: string; byMail?: true; leavesTurn?: true }
  | { kind: 'reply_withdrawn'; messageId: string }
  | { kind: 'noted'; messageId: string; mentions: readonly string[] }
  | { kind: 'status_changed'; from: Status; to: Status; cause: StatusCause }
  | { kind: 'assigned'; from: string | null; to: string | null; how: AssignedHow; routing?: AutomaticChoice }
  | { kind: 'not_picked_up'; operatorId: string; missed: number }
  /** The router's choice came too late, and is made anew. */
  | { kind: 'offer_expired'; operatorId: string }
  | { kind: 'assignment_escalated'; why: 'not_picked_up' | 'unassigned'; to: EscalateTo }
  | { kind: 'needs_changed'; skills: readonly string[]; group: string | null; language: string | null }
  | { kind: 'taken_over'; from: Actor | null; forced: boolean }
  | { kind: 'ai_paused'; mode: AiMode }
  | { kind: 'ai_resumed'; cause: 'by_hand' | 'finished' | 'auto'; pausedSince: Instant | null }
  | { kind: 'pause_extended'; mode: AiMode }
  | { kind: 'subject_changed'; from: string; to: string }
  | { kind: 'priority_changed'; from: Priority; to: Priority }
  | { kind: 'tags_changed'; added: readonly string[]; removed: readonly string[] }
  | { kind: 'snoozed'; until: Instant | null }
  | { kind: 'woke'; cause: 'due' | 'customer_wrote' | 'by_hand' | 'finished' }
  | { kind: 'baton_wrote'; messageId: string; purpose: AutomaticPurpose; text: string }
  | { kind: 'delivery_changed'; messageId: string; delivery: 'pending' | 'sent' | 'failed' | 'unknown' | 'suppressed'; detail: string }
  | { kind: 'bounced'; messageId: string; detail: string }
  | { kind: 'summary_asked' }
  | ({ kind: 'summary_made' } & MadeSummary)
  /** `comment` is empty where there is none. */
  | { kind: 'csat_received'; score: CsatScore; comment: string }
  | ({ kind: 'sla_warned' } & Alarm)
  | ({ kind: 'sla_breached' } & Alarm)
  /** What a finished ticket's clocks came to is written down with it: later edits change open clocks only (P34). */
  | { kind: 'clocks_settled' }
  | { kind: 'policy_followed'; from: string; to: string }
  | { kind: 'renumbered'; reason: 'diverged'; from: number };

export type ChangeKind = Happening['kind'];

/** One durable fact of a ticket: rows 1 to n of its timeline exist without a gap. */
export interface Change {
  readonly seq: number;
  readonly at: Instant;
  readonly actor: Actor;
  readonly what: Happening;
}
