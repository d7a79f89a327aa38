import { type Actor, BATON } from './actor.ts';
import type { Change, Happening } from './change.ts';
import { type Edition, NEWEST_EDITION } from './edition.ts';
import type { Instant } from './instant.ts';
import type { TicketState } from './ticket-state.ts';

/** What a decision has to say: the state after it, and the changes that led there. */
export interface Decided {
  readonly state: TicketState;
  readonly changes: readonly Change[];
}

/**
 * Writes one decision down while it is being made: every change takes the next seq and the decision's instant.
 * It lives for one call of `decide` and is seen by nobody else, so `decide` stays a function of its arguments.
 */
export class Scribe {
  state: TicketState;
  readonly changes: Change[] = [];

  constructor(
    state: TicketState,
    /** Never before the newest change: the timeline is in order. */
    readonly at: Instant,
    readonly actor: Actor = BATON,
    readonly edition: Edition = NEWEST_EDITION,
  ) {
    this.state = state;
  }

  set(patch: Partial<TicketState>): void {
    this.state = { ...this.state, ...patch };
  }

  /** Records one happening and returns its seq. */
  record(what: Happening, actor: Actor = this.actor): number {
    const seq = this.state.seq + 1;
    this.state = { ...this.state, seq, updatedAt: this.at };
    this.changes.push({ seq, at: this.at, actor, what });
    return seq;
  }

  result(): Decided {
    return { state: this.state, changes: this.changes };
  }
}
