import { readRouting } from '#prisma/store/routing/read-routing.ts';
import type { Imagined } from '#prisma/store/routing/read-routing.ts';
import { routeQueue } from '#prisma/store/routing/route-queue.ts';
import type { Db } from '#prisma/client.ts';
import type { Instant } from '#workflows/domain/instant.ts';
import type { Assignment } from '#workflows/domain/routing.ts';
import { policyFor } from '#workflows/domain/routing-request.ts';
import type { RoutingPolicy } from '#workflows/domain/routing-policy.ts';
import { withRelaxation } from './why-waiting.ts';
import type { WhyWaiting } from './why-waiting.ts';

export type ImaginedAnswer =
  | { readonly state: 'assigned'; readonly assignment: Assignment; readonly policy: RoutingPolicy }
  | { readonly state: 'waiting'; readonly why: WhyWaiting };

/**
 * Who would get a ticket that came now or at `at`, or why nobody would: by the code that assigns, behind what waits at
 * the head of the queue now. Writes nothing, and holds up nobody: the team's lock is not taken.
 */
export async function routeImagined(db: Db, { teamId, at, imagined }: { teamId: string; at: Instant; imagined: Imagined }): Promise<ImaginedAnswer> {
  const { id, agentId } = imagined.ticket;
  const request = await readRouting(db, teamId, at, { imagined });
  const policy = policyFor(request.policies, agentId);
  if (policy.mode === 'manual') return { state: 'waiting', why: { why: 'manual' } };
  const { chosen, waiting } = await routeQueue(db, teamId, request, { upTo: id });
  const choice = chosen.find(({ ticket }) => ticket.id === id);
  if (choice !== undefined) return { state: 'assigned', assignment: choice.assignment, policy };
  const found = waiting.find(({ ticketId }) => ticketId === id)?.reason;
  return { state: 'waiting', why: found === undefined ? { why: 'behind_others' } : withRelaxation(found, { policy, queuedAt: at }) };
}
