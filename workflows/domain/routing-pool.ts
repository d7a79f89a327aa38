import type { Instant } from './instant.ts';
import { speaks } from './language.ts';
import { isAvailable, isOnDuty } from './presence.ts';
import type { AutomaticMode } from './routing-policy.ts';
import type { SeatOrders } from './routing-order.ts';
import { CANDIDATES_LISTED, EXCLUDED_LISTED } from './routing-reason.ts';
import type { Candidate, Exclusion } from './routing-reason.ts';
import type { How, Seat } from './routing-seat.ts';

export interface Wanted {
  readonly group: string | null;
  readonly skills: readonly string[];
  readonly languages: readonly string[];
}

export interface Choice {
  readonly seat: Seat;
  readonly candidates: readonly Candidate[];
  readonly candidateCount: number;
  readonly left: Left;
}

/** Who is no candidate: the first of them, and how many there are. */
export interface Left {
  readonly excluded: readonly Exclusion[];
  readonly excludedCount: number;
}

const NOBODY: readonly string[] = [];

/** Everybody as one kind of ticket sees them: who may have it, and what keeps the others from it. Tickets of a kind share it. */
export class Pool {
  /** What keeps each seat for the whole pass; a hole: it is as the seat's load says. */
  private readonly kept: Readonly<Record<How, readonly (Exclusion | null)[]>>;
  private readonly onDuty: readonly Seat[];
  private readonly isExhausted: Record<How, boolean> = { available: false, next_shift: false };
  private readonly told = new Map<How, { readonly version: number; readonly left: Left }>();
  private readonly members: readonly Seat[];

  constructor(
    readonly wanted: Wanted,
    private readonly seats: readonly Seat[],
  ) {
    const misfits = seats.map((seat) => misfit(seat, wanted));
    this.members = seats.filter(({ index, operator }) => misfits[index] === null && operator.cap !== 0);
    this.onDuty = this.members.filter(({ operator }) => isOnDuty(operator.availability));
    this.kept = {
      available: seats.map((seat) => misfits[seat.index] ?? absence(seat)),
      next_shift: seats.map((seat) => misfits[seat.index] ?? noNextShift(seat)),
    };
  }

  /** P18: the first in the mode's order who may have it; null when nobody may. `version` grows whenever a seat's room shrinks. */
  choose({ mode, how, orders, version, without = NOBODY }: { mode: AutomaticMode; how: How; orders: SeatOrders; version: number; without?: readonly string[] }): Choice | null {
    if (this.isExhausted[how]) return null;
    let chosen: Seat | null = null;
    const candidates: Candidate[] = [];
    const kept = this.kept[how];
    for (const seat of orders.of(mode, how)) {
      if (kept[seat.index] !== null || seat.obstacle(how) !== null) continue;
      if (without.length > 0 && without.includes(seat.operator.id)) continue;
      chosen ??= seat;
      candidates.push(seat.asCandidate(mode, how));
      if (candidates.length === CANDIDATES_LISTED) break;
    }
    if (chosen !== null) {
      const left = this.left({ how, version, without });
      return { seat: chosen, candidates, candidateCount: this.seats.length - left.excludedCount, left };
    }
    if (without.length === 0) this.isExhausted[how] = true;
    return null;
  }

  /** Somebody who fits is at work: then the next shift need not be asked. */
  hasOnDuty(without: readonly string[]): boolean {
    return this.onDuty.some(({ operator }) => !without.includes(operator.id));
  }

  /** P25: everybody who is no candidate, those outside the group last. */
  left({ how, version, without = NOBODY }: { how: How; version: number; without?: readonly string[] }): Left {
    if (without.length > 0) return this.tellLeft(how, without);
    const told = this.told.get(how);
    if (told?.version === version) return told.left;
    const left = this.tellLeft(how, NOBODY);
    this.told.set(how, { version, left });
    return left;
  }

  /** The earliest instant at which somebody's presence or ramp could make another answer. */
  changesAt(): Instant | null {
    return this.members.reduce<Instant | null>((first, seat) => {
      const ramp = isAvailable(seat.operator.availability) ? seat.rampEndsAt() : null;
      return earliest(first, earliest(seat.operator.availability.changesAt, ramp));
    }, null);
  }

  private tellLeft(how: How, without: readonly string[]): Left {
    const inside: Exclusion[] = [];
    const outside: Exclusion[] = [];
    for (const seat of this.seats) {
      const { id } = seat.operator;
      const exclusion = this.kept[how][seat.index] ?? (without.includes(id) ? { operatorId: id, why: 'not_picked_up' as const } : seat.obstacle(how));
      if (exclusion !== null) (exclusion.why === 'not_in_group' ? outside : inside).push(exclusion);
    }
    return { excluded: [...inside, ...outside].slice(0, EXCLUDED_LISTED), excludedCount: inside.length + outside.length };
  }
}

/** The earlier of two instants, where null is never. */
export function earliest(a: Instant | null, b: Instant | null): Instant | null {
  if (a === null || b === null) return a ?? b;
  return Math.min(a, b);
}

function misfit({ operator }: Seat, { group, skills, languages }: Wanted): Exclusion | null {
  const operatorId = operator.id;
  if (group !== null && !operator.groups.includes(group)) return { operatorId, why: 'not_in_group' };
  const skill = skills.find((one) => !operator.skills.includes(one));
  if (skill !== undefined) return { operatorId, why: 'lacks_skill', skill };
  const language = languages.find((one) => !speaks(operator.languages, one));
  return language === undefined ? null : { operatorId, why: 'lacks_language', language };
}

function absence({ operator: { id: operatorId, availability } }: Seat): Exclusion | null {
  switch (availability.status) {
    case 'online':
      return null;
    case 'off':
      return { operatorId, why: 'off', reason: availability.reason, backAt: availability.backAt };
    case 'away':
      return { operatorId, why: 'away', reason: availability.reason };
    case 'busy':
    case 'offline':
      return { operatorId, why: availability.status };
  }
}

function noNextShift(seat: Seat): Exclusion | null {
  const { id: operatorId, availability } = seat.operator;
  if (availability.status === 'off' && availability.hasShifts && availability.backAt !== null) return null;
  return availability.status === 'off' ? { operatorId, why: 'shift_not_next' } : absence(seat);
}
