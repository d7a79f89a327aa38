import type { Change } from '../domain/change.ts';
import { type Edition, NEWEST_EDITION } from '../domain/edition.ts';
import type { Instant } from '../domain/instant.ts';
import type { Policy } from '../domain/policy.ts';
import type { Birth, Command, CommandKind, Fact } from '../domain/ticket-event.ts';
import type { TicketState } from '../domain/ticket-state.ts';

/** How a ticket's workflow starts. Bodies never travel: ids do. */
export interface TicketInput {
  readonly ticketId: string;
  readonly teamId: string;
  /** A new ticket. With neither this nor `carried`, the run loads the projected state: late facts of a finished ticket. */
  readonly birth?: { readonly command: Birth; readonly policy: Policy; readonly policyVersion: string };
  /** What continue-as-new hands over. */
  readonly carried?: Carried;
  /** A command waits for what came along with it (decision 061); runs that began without this keep their order. */
  readonly takesTurns?: boolean;
  /** Whoever gives a command writes its changes down; the run repeats it after a while only (decision 060). */
  readonly leavesWriting?: LeavesWriting;
  /** A ticket that is put to sleep goes on in a new run, so that whoever wakes it replays next to nothing (decision 063). */
  readonly sleepsAnew?: boolean;
  /** By which edition of the rules it decides (decision 080); runs that began without this go on by the first. */
  readonly edition?: Edition;
}

/**
 * Whether a run leaves its changes to the holders of its answers. `for_long`: for minutes, because what a holder leaves undone is noted
 * where the sweeper finds it (decision 091). As the histories of older runs say, `anew`: for seconds, and what comes while an earlier burst
 * is being written is a burst of its own; `true`: that is written right after it; `false`: nothing is left to anybody.
 */
export type LeavesWriting = boolean | 'anew' | 'for_long';

/** How a run that begins now keeps its order; an older one goes on as its history says. */
export const AS_OF_NOW = { takesTurns: true, leavesWriting: 'for_long', sleepsAnew: true, edition: NEWEST_EDITION } as const satisfies Partial<TicketInput>;

export interface Carried {
  readonly state: TicketState;
  readonly policy: Policy;
  readonly outbox: readonly Change[];
}

/** What a command answers: everything not yet projected (as far as the sender has not seen it written), so that the caller can write it down before it answers. */
export interface Answer {
  readonly state: TicketState;
  readonly outbox: readonly Change[];
  /** The seq after the command. */
  readonly seq: number;
}

export const COMMAND_KINDS = [
  'escalate',
  'take_over',
  'pause_ai',
  'resume_ai',
  'extend_pause',
  'reply',
  'withdraw_reply',
  'retry_delivery',
  'note',
  'set_status',
  'assign',
  'claim',
  'change',
  'snooze',
  'unsnooze',
  'refresh_summary',
  'customer_message',
  'rate',
  'look',
] as const satisfies readonly CommandKind[];

export interface CommandMessage {
  /** The same as the update's id, carried because deduplication must outlive a run. */
  readonly id: string;
  readonly command: Command;
  /** Up to which seq the sender saw the ticket written down: the answer leaves that out. */
  readonly written?: number;
}

/** The signal that tells a ticket a fact. */
export const FACT_SIGNAL = 'fact';

/** Whoever held an answer could not write it down: the ticket does so itself, at once. Changes nothing. */
export interface Unwritten {
  readonly kind: 'unwritten';
}

export interface FactMessage {
  readonly id: string;
  readonly fact: Fact | Unwritten;
  /** When it happened; the ticket takes the earlier of this and its own now. */
  readonly at?: Instant;
}
