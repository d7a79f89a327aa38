import { MINUTE_MS } from './instant.ts';
import type { Instant } from './instant.ts';
import type { Priority } from './priority.ts';
import type { RoutingPolicy } from './routing-policy.ts';
import { SeatOrders } from './routing-order.ts';
import { earliest, Pool } from './routing-pool.ts';
import type { Choice, Left, Wanted } from './routing-pool.ts';
import type { Explanation, WaitReason } from './routing-reason.ts';
import { policyFor } from './routing-request.ts';
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
  /** Somebody could have taken more: another ticket, further back in the queue, may be for them. */
  readonly hasRoom: boolean;
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
  /** What its last waiting ticket was told, for the thousands behind it. */
  told: { readonly left: Left; readonly isRelaxed: boolean; readonly reason: WaitReason } | null;
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
    const kind = this.kindOf(ticket);
    const { policy, narrow, wide } = kind;
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
    this.wait(ticket, { kind, pool: widest, isRelaxed });
    if (!isRelaxed) this.relaxesAt = earliest(this.relaxesAt, relaxesAt);
  }

  answer(): RoutingAnswer {
    const wakeAt = [...this.waitedFor].reduce((first, pool) => earliest(first, pool.changesAt()), this.relaxesAt);
    const { team, agents } = this.request.policies;
    const assignsAhead = [team, ...Object.values(agents)].some(({ nextShiftFallback }) => nextShiftFallback);
    return { assignments: this.assignments, waiting: this.waiting, hasRoom: this.seats.some((seat) => seat.hasRoom(assignsAhead)), wakeAt };
  }

  private assign(ticket: QueuedTicket, { mode, how, pool, choice, isRelaxed }: Pick<Explanation, 'mode' | 'how' | 'isRelaxed'> & { pool: Pool; choice: Choice }): void {
    const { seat, candidates, candidateCount, left } = choice;
    const { group, skills, languages } = pool.wanted;
    const { excluded, excludedCount } = left;
    const turn = { at: this.request.at, order: (this.request.firstOrder ?? 0) + this.assignments.length };
    this.assignments.push({
      ticketId: ticket.id,
      assignmentEpoch: ticket.assignmentEpoch,
      operatorId: seat.operator.id,
      turn,
      startsAt: how === 'next_shift' ? seat.operator.availability.backAt : null,
      // Spelt out: thousands of objects made by spreading would be several times as large.
      explanation: { mode, how, group, skills, languages, isRelaxed, candidates, candidateCount, excluded, excludedCount },
    });
    if (seat.take(ticket.status, turn)) this.version += 1;
    this.orders.replace(seat);
  }

  private wait(ticket: QueuedTicket, { kind, pool, isRelaxed }: { kind: Kind; pool: Pool; isRelaxed: boolean }): void {
    this.waitedFor.add(pool);
    const left = pool.left({ how: 'available', version: this.version, without: ticket.notPickedUpBy });
    if (kind.told?.left !== left || kind.told.isRelaxed !== isRelaxed) {
      const { mode } = kind.policy;
      kind.told = { left, isRelaxed, reason: mode === 'manual' ? { why: mode } : { why: 'nobody_eligible', mode, ...pool.wanted, isRelaxed, ...left } };
    }
    this.waiting.push({ ticketId: ticket.id, reason: kind.told.reason });
  }

  private kindOf({ agentId, group, skills, language }: QueuedTicket): Kind {
    const { policies } = this.request;
    const policy = policyFor(policies, agentId);
    // Ids, slugs and tags hold no line break, and are never empty.
    const key = [policy === policies.team ? '' : agentId, group ?? '', language ?? '', ...skills].join('\n');
    const known = this.kinds.get(key);
    if (known !== undefined) return known;
    const wanted: Wanted = {
      group: group ?? policy.eligibleGroup,
      skills: [...new Set([...policy.skills, ...skills])].sort(),
      languages: language === null ? [...policy.languages].sort() : [language],
    };
    const isNarrow = wanted.skills.length + wanted.languages.length > 0;
    const kind: Kind = { policy, narrow: this.pool(wanted), told: null, wide: isNarrow ? this.pool({ ...wanted, skills: [], languages: [] }) : null };
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

const RANKS: Readonly<Record<Priority, number>> = { urgent: 0, high: 1, normal: 2, low: 3 };

/** P21: by priority, then the oldest first; the id only so that the order is total. */
export function inQueueOrder(queue: readonly QueuedTicket[]): readonly QueuedTicket[] {
  return queue
    .map((ticket) => ({ ticket, rank: RANKS[ticket.priority] }))
    .sort((a, b) => a.rank - b.rank || a.ticket.createdAt - b.ticket.createdAt || (a.ticket.id < b.ticket.id ? -1 : Number(a.ticket.id > b.ticket.id)))
    .map(({ ticket }) => ticket);
}
