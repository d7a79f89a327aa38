import { readRouting } from '#prisma/store/routing/read-routing.ts';
import type { Db } from '#prisma/client.ts';
import { MINUTE_MS } from '#workflows/domain/instant.ts';
import type { Instant } from '#workflows/domain/instant.ts';
import { inQueueOrder } from '#workflows/domain/routing.ts';
import { policyFor } from '#workflows/domain/routing-request.ts';
import { routeRounds } from '#workflows/domain/routing-rounds.ts';
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
  const queue = inQueueOrder(request.queue);
  const place = queue.findIndex(({ id }) => id === ticketId);
  if (place < 0) return { why: 'behind_others' };
  // Nobody behind it in the queue can take anything from it.
  const found = routeRounds({ ...request, queue: queue.slice(0, place + 1) }).waiting.find((one) => one.ticketId === ticketId)?.reason;
  if (found === undefined) return { why: 'about_to_be_assigned' };
  if (found.why === 'manual') return found;
  const { relaxAfterMinutes } = policy;
  const narrows = !found.isRelaxed && found.skills.length + found.languages.length > 0;
  return { ...found, relaxesAt: narrows && relaxAfterMinutes !== null ? (routing.queuedAt ?? createdAt) + relaxAfterMinutes * MINUTE_MS : null };
}
