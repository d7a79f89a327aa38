import type { Instant } from './instant.ts';
import { DEFAULT_ROUTING_POLICY } from './routing-policy.ts';
import type { RoutingPolicy } from './routing-policy.ts';
import type { Policy } from './policy.ts';

/** What of a ticket the team's router reads, and what came of its choices. */
export interface TicketRouting {
  /** P20: a BCP 47 tag, set by hand or by API. */
  readonly language: string | null;
  /** Since when it has had no assignee; null: it has one. */
  readonly queuedAt: Instant | null;
  /** The assignee was the router's choice: a rule may undo it (P33). */
  readonly isAutomatic: boolean;
  /** P24: who did not pick it up, and is left out of this round. */
  readonly notPickedUpBy: readonly string[];
  /** How often in a row it was not picked up. */
  readonly missed: number;
  /** P21: assigned ahead, to a shift that begins then. */
  readonly startsAt: Instant | null;
  /** P24: until when the assignee has to pick it up; null: as long as it takes. */
  readonly pickUpAt: Instant | null;
  /** P24: nobody has had it for too long, and that was said. */
  readonly isOverdue: boolean;
  /** P24: escalated after its last round; the router leaves it to people until somebody assigns it. */
  readonly isLeftToPeople: boolean;
  /** P29, P2: the customer message or the reopening at which the assignee must be there, until that was asked. */
  readonly heardId: string | null;
}

/** A ticket in the queue since then. */
export function newRouting(queuedAt: Instant | null): TicketRouting {
  return { language: null, queuedAt, isAutomatic: false, notPickedUpBy: [], missed: 0, startsAt: null, pickUpAt: null, isOverdue: false, isLeftToPeople: false, heardId: null };
}

/** A policy that was carried since before assignment was part of it has the defaults. */
export function assignmentOf(policy: Omit<Policy, 'assignment'> & { readonly assignment?: RoutingPolicy }): RoutingPolicy {
  return policy.assignment ?? DEFAULT_ROUTING_POLICY;
}

/** P29. A policy from before assignment was part of it asks for nobody: runs that carry one have no such activity in their history. */
export function reassignsReplies({ assignment }: { readonly assignment?: RoutingPolicy }): boolean {
  return assignment !== undefined && assignment.reassignReplies.length > 0;
}
