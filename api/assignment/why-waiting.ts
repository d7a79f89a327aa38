import { readRouting } from '#prisma/store/routing/read-routing.ts';
import { routeQueue } from '#prisma/store/routing/route-queue.ts';
import type { Db } from '#prisma/client.ts';
import { MINUTE_MS } from '#workflows/domain/instant.ts';
import type { Instant } from '#workflows/domain/instant.ts';
import type { RoutingPolicy } from '#workflows/domain/routing-policy.ts';
import { policyFor } from '#workflows/domain/routing-request.ts';
import type { WaitReason } from '#workflows/domain/routing-reason.ts';
import type { TicketState } from '#workflows/domain/ticket-state.ts';

type Nobody = Extract<WaitReason, { why: 'nobody_eligible' }>;

export type WhyWaiting =
  | { readonly why: 'manual' | 'left_to_people' | 'about_to_be_assigned' | 'behind_others' }
  | { readonly why: 'snoozed'; readonly until: Instant | null }
  | (Nobody & { readonly relaxesAt: Instant | null });

/** Why an active ticket has no assignee: what the router would decide at this instant, without deciding it. */
export async function whyWaiting(db: Db, { ticketId, teamId, agentId, snooze, routing, createdAt }: TicketState, at: Instant): Promise<WhyWaiting> {
  if (snooze !== null) return { why: 'snoozed', until: snooze.until };
  if (routing.isLeftToPeople) return { why: 'left_to_people' };
  const request = await readRouting(db, teamId, at);
  const policy = policyFor(request.policies, agentId);
  if (policy.mode === 'manual') return { why: 'manual' };
  if (request.reservations.some((one) => one.ticketId === ticketId)) return { why: 'about_to_be_assigned' };
  const { chosen, waiting } = await routeQueue(db, teamId, request, { upTo: ticketId });
  if (chosen.some(({ ticket }) => ticket.id === ticketId)) return { why: 'about_to_be_assigned' };
  const found = waiting.find((one) => one.ticketId === ticketId)?.reason;
  return found === undefined ? { why: 'behind_others' } : withRelaxation(found, { policy, queuedAt: routing.queuedAt ?? createdAt });
}

/** What the router says of a ticket that waits, and until when its skills and languages narrow (P20). */
export function withRelaxation(found: WaitReason, { policy, queuedAt }: { policy: RoutingPolicy; queuedAt: Instant }): WhyWaiting {
  if (found.why === 'manual') return found;
  const { relaxAfterMinutes } = policy;
  const narrows = !found.isRelaxed && found.skills.length + found.languages.length > 0;
  return { ...found, relaxesAt: narrows && relaxAfterMinutes !== null ? queuedAt + relaxAfterMinutes * MINUTE_MS : null };
}
