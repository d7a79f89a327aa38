import { MINUTE_MS } from './instant.ts';
import type { Instant } from './instant.ts';
import { isAvailable } from './presence.ts';
import type { AutomaticMode, RoutingPolicy } from './routing-policy.ts';
import type { Candidate, Exclusion } from './routing-reason.ts';
import type { ActiveStatus, RoutingOperator, Turn } from './routing-request.ts';

/** What binds every seat of a team. */
export type SeatRules = Pick<RoutingPolicy, 'capCounts' | 'rampPerMinute'> & { readonly at: Instant };

export type How = 'available' | 'next_shift';

/** One operator during a pass, whose load grows with each choice. */
export class Seat {
  /** Active tickets: what `balanced` compares. */
  load: number;
  /** Tickets that count towards the cap. */
  private counted: number;
  private received: number;
  lastAssigned: Turn | null;
  lastAutomatic: Turn | null;
  private full: Exclusion | null = null;
  private slowed: Exclusion | null = null;
  // Told again at every choice of others, and different only after one of its own.
  private told: (Candidate | undefined)[] = [];

  constructor(
    readonly operator: RoutingOperator,
    readonly index: number,
    private readonly rules: SeatRules,
  ) {
    this.load = operator.load.active;
    this.counted = rules.capCounts === 'active' ? operator.load.active : operator.load.newOrOnYou;
    this.received = operator.automaticSinceOnline;
    this.lastAssigned = operator.lastAssigned;
    this.lastAutomatic = operator.lastAutomatic;
    this.measure();
  }

  /** Gives it a ticket, now or by a reservation of before; true when it can take fewer than it could. */
  take(status: ActiveStatus, turn: Turn): boolean {
    this.load += 1;
    if (this.rules.capCounts === 'active' || status === 'new' || status === 'on_you') this.counted += 1;
    if (this.operator.onlineSince !== null && turn.at >= this.operator.onlineSince) this.received += 1;
    this.lastAssigned = later(this.lastAssigned, turn);
    this.lastAutomatic = later(this.lastAutomatic, turn);
    this.told = [];
    return this.measure();
  }

  /** How it compared with the others, as of now. */
  asCandidate(mode: AutomaticMode, how: How): Candidate {
    const place = Number(mode === 'balanced') + 2 * Number(how === 'available');
    const known = this.told[place];
    if (known !== undefined) return known;
    const last = mode === 'balanced' ? this.lastAssigned : this.lastAutomatic;
    const startsAt = how === 'next_shift' ? this.operator.availability.backAt : null;
    const candidate = { operatorId: this.operator.id, load: this.load, lastAt: last?.at ?? null, startsAt };
    this.told[place] = candidate;
    return candidate;
  }

  /** What keeps it from another ticket; null: nothing. A shift that has not begun has no ramp. */
  obstacle(how: How): Exclusion | null {
    return this.full ?? (how === 'available' ? this.slowed : null);
  }

  /** Whether it could take another ticket of some kind, now or, where that is assigned, ahead of its next shift. */
  hasRoom(assignsAhead: boolean): boolean {
    const { availability } = this.operator;
    if (isAvailable(availability)) return this.obstacle('available') === null;
    return assignsAhead && availability.status === 'off' && availability.backAt !== null && this.obstacle('next_shift') === null;
  }

  /** When the ramp lets it receive again; null when not the ramp keeps it. */
  rampEndsAt(): Instant | null {
    return this.full === null && this.slowed?.why === 'ramp' ? this.slowed.until : null;
  }

  private measure(): boolean {
    const before = this.full ?? this.slowed;
    const { id, cap, onlineSince } = this.operator;
    if (cap !== null && this.counted >= cap) this.full = { operatorId: id, why: 'cap_reached', load: this.counted, cap };
    const { rampPerMinute, at } = this.rules;
    if (rampPerMinute !== null && onlineSince !== null) {
      const until = onlineSince + Math.floor(this.received / rampPerMinute) * MINUTE_MS;
      if (until > at) this.slowed = { operatorId: id, why: 'ramp', until };
    }
    return before !== (this.full ?? this.slowed);
  }
}

function later(a: Turn | null, b: Turn): Turn {
  return a === null || compareTurns(a, b) < 0 ? b : a;
}

/** Longest ago first; never is before every turn. */
export function compareTurns(a: Turn | null, b: Turn | null): number {
  if (a === null || b === null) return Number(a !== null) - Number(b !== null);
  return a.at - b.at || a.order - b.order;
}

function compareIds(a: Seat, b: Seat): number {
  return a.operator.id < b.operator.id ? -1 : Number(a.operator.id > b.operator.id);
}

/** P18: who comes first in each mode, down to the id, so that no two are equal. */
export const PRECEDENCE: Readonly<Record<AutomaticMode, (a: Seat, b: Seat) => number>> = {
  balanced: (a, b) => a.load - b.load || compareTurns(a.lastAssigned, b.lastAssigned) || compareIds(a, b),
  round_robin: (a, b) => compareTurns(a.lastAutomatic, b.lastAutomatic) || compareIds(a, b),
};
