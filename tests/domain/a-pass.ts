import { route, type RoutingAnswer } from '#workflows/domain/routing.ts';
import { DEFAULT_ROUTING_POLICY, type RoutingPolicy } from '#workflows/domain/routing-policy.ts';
import type { Availability } from '#workflows/domain/presence.ts';
import type { QueuedTicket, Reservation, RoutingOperator, RoutingRequest } from '#workflows/domain/routing-request.ts';

export const NOW = Date.UTC(2026, 10, 23, 9);
export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;

export const ONLINE: Availability = { status: 'online', reason: { why: 'set_by_hand' }, hasShifts: false, backAt: null, changesAt: null };
export const AWAY: Availability = { ...ONLINE, status: 'away', reason: { why: 'no_connection', since: null } };

/** Off until a shift of theirs begins. */
export function offUntil(backAt: number): Availability {
  return { status: 'off', reason: { why: 'outside_shift', zone: 'Europe/Berlin' }, hasShifts: true, backAt, changesAt: backAt };
}

/** Somebody online without a cap, to whom nothing was ever assigned. */
export function anOperator(id: string, more: Partial<RoutingOperator> = {}): RoutingOperator {
  return {
    id,
    groups: [],
    skills: [],
    languages: [],
    cap: null,
    availability: ONLINE,
    load: { active: 0, newOrOnYou: 0 },
    lastAssigned: null,
    lastAutomatic: null,
    onlineSince: null,
    automaticSinceOnline: 0,
    ...more,
  };
}

export const withLoad = (active: number, newOrOnYou = active) => ({ load: { active, newOrOnYou } });
export const minutesAgo = (minutes: number, order = 0) => ({ at: NOW - minutes * MINUTE, order });

/** A new ticket that came in this moment and asks for nothing special. */
export function queued(id: string, more: Partial<QueuedTicket> = {}): QueuedTicket {
  return {
    id,
    agentId: null,
    assignmentEpoch: 1,
    status: 'new',
    priority: 'normal',
    createdAt: NOW,
    queuedAt: NOW,
    skills: [],
    language: null,
    group: null,
    notPickedUpBy: [],
    ...more,
  };
}

interface APass {
  readonly operators: readonly RoutingOperator[];
  readonly queue: readonly QueuedTicket[];
  readonly reservations?: readonly Reservation[];
  /** The team's; balanced where nothing else is said. */
  readonly policy?: Partial<RoutingPolicy>;
  readonly agents?: Readonly<Record<string, Partial<RoutingPolicy>>>;
  readonly at?: number;
}

export function aRequest({ operators, queue, reservations = [], policy = {}, agents = {}, at = NOW }: APass): RoutingRequest {
  const team: RoutingPolicy = { ...DEFAULT_ROUTING_POLICY, mode: 'balanced', ...policy };
  const overridden = Object.entries(agents).map(([id, own]) => [id, { ...team, ...own }] as const);
  return { operators, queue, reservations, policies: { team, agents: Object.fromEntries(overridden) }, at };
}

export function aPass(pass: APass): RoutingAnswer {
  return route(aRequest(pass));
}

/** Who got what, in the order of the decisions: `ticket → operator`. */
export function told({ assignments }: RoutingAnswer): readonly string[] {
  return assignments.map(({ ticketId, operatorId }) => `${ticketId} → ${operatorId}`);
}
