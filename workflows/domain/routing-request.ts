import type { Instant } from './instant.ts';
import type { Availability } from './presence.ts';
import type { Priority } from './priority.ts';
import type { RoutingPolicy } from './routing-policy.ts';
import type { ACTIVE_STATUSES } from './status.ts';

export type ActiveStatus = (typeof ACTIVE_STATUSES)[number];

/** When somebody was given a ticket: the choices of one pass share their instant, and follow each other by their order. */
export interface Turn {
  readonly at: Instant;
  readonly order: number;
}

export interface QueuedTicket {
  readonly id: string;
  readonly agentId: string | null;
  readonly assignmentEpoch: number;
  readonly status: ActiveStatus;
  readonly priority: Priority;
  readonly createdAt: Instant;
  /** Since when it has had no assignee: relaxation counts from here. */
  readonly queuedAt: Instant;
  readonly skills: readonly string[];
  /** A BCP 47 tag; its primary language is what people are asked for. */
  readonly language: string | null;
  /** Its own group (P58), before the policy's. */
  readonly group: string | null;
  /** Who did not pick it up, and is left out of this round (P24). */
  readonly notPickedUpBy: readonly string[];
}

export interface RoutingOperator {
  readonly id: string;
  /** Keys of groups. */
  readonly groups: readonly string[];
  readonly skills: readonly string[];
  readonly languages: readonly string[];
  readonly cap: number | null;
  readonly availability: Availability;
  /** Assigned active tickets, and those of them that are new or on_you; reservations come beside. */
  readonly load: { readonly active: number; readonly newOrOnYou: number };
  /** The last assignment by whomever, and the last by the router. */
  readonly lastAssigned: Turn | null;
  readonly lastAutomatic: Turn | null;
  /** Since when they have been online without a break, and what the router gave them since: for the ramp. */
  readonly onlineSince: Instant | null;
  readonly automaticSinceOnline: number;
}

/** A choice of an earlier pass that its ticket has not answered yet. */
export interface Reservation {
  readonly ticketId: string;
  readonly operatorId: string;
  readonly status: ActiveStatus;
  readonly turn: Turn;
}

export interface RoutingRequest {
  readonly queue: readonly QueuedTicket[];
  readonly operators: readonly RoutingOperator[];
  readonly reservations: readonly Reservation[];
  readonly policies: RoutingPolicies;
  readonly at: Instant;
  /** How many choices of this instant were made before; their reservations are among the others. */
  readonly firstOrder?: number;
}

/** Policies in force: the team's, and those of agents that override it. */
export interface RoutingPolicies {
  readonly team: RoutingPolicy;
  readonly agents: Readonly<Record<string, RoutingPolicy>>;
}

/** The policy of a ticket: its agent's where that has one of its own. */
export function policyFor({ team, agents }: RoutingPolicies, agentId: string | null): RoutingPolicy {
  return (agentId === null ? undefined : agents[agentId]) ?? team;
}
