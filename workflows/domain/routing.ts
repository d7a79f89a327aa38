import { MINUTE_MS } from './instant.ts';
import type { Instant } from './instant.ts';
import { PRIORITIES } from './priority.ts';
import type { RoutingPolicy } from './routing-policy.ts';
import { SeatOrders } from './routing-order.ts';
import { earliest, Pool } from './routing-pool.ts';
import type { Choice, Wanted } from './routing-pool.ts';
import type { Explanation, WaitReason } from './routing-reason.ts';
import type { QueuedTicket, RoutingRequest, Turn } from './routing-request.ts';
import { Seat } from './routing-seat.ts';
import type { How } from './routing-seat.ts';

export interface Assignment {
  readonly ticketId: string;
  readonly assignmentEpoch: number;
  readonly operatorId: string;
  readonly turn: Turn;
  /** Assigned ahead (P21): until then P22 and P29 do not apply, and P24 counts from it. Null: at once. */
  readonly startsAt: Instant | null;
  readonly explanation: Explanation;
}

export interface Waiting {
  readonly ticketId: string;
  readonly reason: WaitReason;
}

export interface RoutingAnswer {
  /** In the order in which they were decided, each with those before it in mind (P22). */
  readonly assignments: readonly Assignment[];
  readonly waiting: readonly Waiting[];
  /** The earliest instant at which this answer could differ though nobody does anything; null: never. */
  readonly wakeAt: Instant | null;
}

/** P18 to P22, P25: who gets what is queued, one ticket after another, by priority and then by age. The same request has the same answer. */
export function route(request: RoutingRequest): RoutingAnswer {
  const pass = new Pass(request);
  for (const ticket of inQueueOrder(request.queue)) pass.decide(ticket);
  return pass.answer();
}

/** What one kind of ticket asks for: with its skills and languages, and without them once it waited long enough. */
interface Kind {
  readonly policy: RoutingPolicy;
  readonly narrow: Pool;
  readonly wide: Pool | null;
}

class Pass {
  private readonly seats: readonly Seat[];
  private readonly orders: SeatOrders;
  private readonly kinds = new Map<string, Kind>();
  private readonly pools = new Map<string, Pool>();
  private readonly taken: Set<string>;
  private readonly assignments: Assignment[] = [];
  private readonly waiting: Waiting[] = [];
  private readonly waitedFor = new Set<Pool>();
  private relaxesAt: Instant | null = null;
  private version = 0;

  constructor(private readonly request: RoutingRequest) {
    const { operators, reservations, policies, at } = request;
    const { capCounts, rampPerMinute } = policies.team;
    this.seats = operators.map((operator, index) => new Seat(operator, index, { capCounts, rampPerMinute, at }));
    const byId = new Map(this.seats.map((seat) => [seat.operator.id, seat]));
    for (const { operatorId, status, turn } of reservations) byId.get(operatorId)?.take(status, turn);
    this.taken = new Set(reservations.map(({ ticketId }) => ticketId));
    this.orders = new SeatOrders(this.seats);
  }

  decide(ticket: QueuedTicket): void {
    if (this.taken.has(ticket.id)) return;
    this.taken.add(ticket.id);
    const { policy, narrow, wide } = this.kindOf(ticket);
    const { mode, relaxAfterMinutes } = policy;
    if (mode === 'manual') {
      this.waiting.push({ ticketId: ticket.id, reason: { why: 'manual' } });
      return;
    }
    const relaxesAt = wide === null || relaxAfterMinutes === null ? null : ticket.queuedAt + relaxAfterMinutes * MINUTE_MS;
    const isRelaxed = relaxesAt !== null && relaxesAt <= this.request.at;
    const widest = isRelaxed && wide !== null ? wide : narrow;
    const hows: readonly How[] = policy.nextShiftFallback && !widest.hasOnDuty(ticket.notPickedUpBy) ? ['available', 'next_shift'] : ['available'];
    for (const how of hows) {
      for (const pool of narrow === widest ? [narrow] : [narrow, widest]) {
        const choice = pool.choose({ mode, how, orders: this.orders, version: this.version, without: ticket.notPickedUpBy });
        if (choice === null) continue;
        this.assign(ticket, { mode, how, pool, choice, isRelaxed: pool !== narrow });
        return;
      }
    }
    this.wait(ticket, { mode, pool: widest, isRelaxed });
    if (!isRelaxed) this.relaxesAt = earliest(this.relaxesAt, relaxesAt);
  }

  answer(): RoutingAnswer {
    const wakeAt = [...this.waitedFor].reduce((first, pool) => earliest(first, pool.changesAt()), this.relaxesAt);
    return { assignments: this.assignments, waiting: this.waiting, wakeAt };
  }

  private assign(ticket: QueuedTicket, { mode, how, pool, choice, isRelaxed }: Pick<Explanation, 'mode' | 'how' | 'isRelaxed'> & { pool: Pool; choice: Choice }): void {
    const { seat, candidates, candidateCount, left } = choice;
    const turn = { at: this.request.at, order: this.assignments.length };
    this.assignments.push({
      ticketId: ticket.id,
      assignmentEpoch: ticket.assignmentEpoch,
      operatorId: seat.operator.id,
      turn,
      startsAt: how === 'next_shift' ? seat.operator.availability.backAt : null,
      explanation: { mode, how, ...pool.wanted, isRelaxed, candidates, candidateCount, ...left },
    });
    if (seat.take(ticket.status, turn)) this.version += 1;
    this.orders.replace(seat);
  }

  private wait(ticket: QueuedTicket, { mode, pool, isRelaxed }: Pick<Explanation, 'mode' | 'isRelaxed'> & { pool: Pool }): void {
    this.waitedFor.add(pool);
    const left = pool.left({ how: 'available', version: this.version, without: ticket.notPickedUpBy });
    this.waiting.push({ ticketId: ticket.id, reason: { why: 'nobody_eligible', mode, ...pool.wanted, isRelaxed, ...left } });
  }

  private kindOf({ agentId, group, skills, language }: QueuedTicket): Kind {
    const own = agentId === null ? undefined : this.request.policies.agents[agentId];
    const key = JSON.stringify([own === undefined ? null : agentId, group, skills, language]);
    const known = this.kinds.get(key);
    if (known !== undefined) return known;
    const policy = own ?? this.request.policies.team;
    const wanted: Wanted = {
      group: group ?? policy.eligibleGroup,
      skills: [...new Set([...policy.skills, ...skills])].sort(),
      languages: language === null ? [...policy.languages].sort() : [language],
    };
    const isNarrow = wanted.skills.length + wanted.languages.length > 0;
    const kind = { policy, narrow: this.pool(wanted), wide: isNarrow ? this.pool({ ...wanted, skills: [], languages: [] }) : null };
    this.kinds.set(key, kind);
    return kind;
  }

  private pool(wanted: Wanted): Pool {
    const key = JSON.stringify([wanted.group, wanted.skills, wanted.languages]);
    const pool = this.pools.get(key) ?? new Pool(wanted, this.seats);
    this.pools.set(key, pool);
    return pool;
  }
}

const RANKS = new Map(PRIORITIES.map((priority, rank) => [priority, rank]));

/** P21: by priority, then the oldest first; the id only so that the order is total. */
export function inQueueOrder(queue: readonly QueuedTicket[]): readonly QueuedTicket[] {
  const rank = ({ priority }: QueuedTicket) => RANKS.get(priority) ?? 0;
  return [...queue].sort((a, b) => rank(b) - rank(a) || a.createdAt - b.createdAt || (a.id < b.id ? -1 : Number(a.id > b.id)));
}
