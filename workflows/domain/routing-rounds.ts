import { route } from './routing.ts';
import type { RoutingAnswer } from './routing.ts';
import type { RoutingRequest } from './routing-request.ts';

/**
 * `route`, and then once more for tickets that were not picked up and that nobody else could have: their round is over,
 * and who missed it is asked again, so that the rounds of P24 come to their end in a team of one, too.
 */
export function routeRounds(request: RoutingRequest): RoutingAnswer {
  const first = route(request);
  const left = new Set(first.waiting.map(({ ticketId }) => ticketId));
  const queue = request.queue.filter(({ id, notPickedUpBy }) => left.has(id) && notPickedUpBy.length > 0).map((ticket) => ({ ...ticket, notPickedUpBy: [] }));
  if (queue.length === 0) return first;
  const statuses = new Map(request.queue.map(({ id, status }) => [id, status]));
  const taken = first.assignments.flatMap(({ ticketId, operatorId, turn }) => {
    const status = statuses.get(ticketId);
    return status === undefined ? [] : [{ ticketId, operatorId, status, turn }];
  });
  const second = route({ ...request, queue, reservations: [...request.reservations, ...taken], firstOrder: (request.firstOrder ?? 0) + first.assignments.length });
  const has = new Set(second.assignments.map(({ ticketId }) => ticketId));
  return { ...second, assignments: [...first.assignments, ...second.assignments], waiting: first.waiting.filter(({ ticketId }) => !has.has(ticketId)), wakeAt: first.wakeAt };
}
