import type { Instant } from '#workflows/domain/instant.ts';
import { inQueueOrder } from '#workflows/domain/routing.ts';
import type { Assignment, Waiting } from '#workflows/domain/routing.ts';
import { earliest } from '#workflows/domain/routing-pool.ts';
import type { QueuedTicket, RoutingRequest } from '#workflows/domain/routing-request.ts';
import { routeRounds } from '#workflows/domain/routing-rounds.ts';
import type { Db } from '../../client.ts';
import { readRouting } from './read-routing.ts';

/** So many choices are kept by one pass and told in one go; the next pass begins at once. The team waits for each. */
export const MOST_CHOICES = 500;
/** The team waits for each page, some 100 ms: whoever waits behind so many has to wait until some before them have gone. */
const MOST_PAGES = 10;

type QueuePage = Awaited<ReturnType<typeof readRouting>>;

interface Decision {
  /** The last page that was looked at. */
  readonly request: RoutingRequest;
  /** In the order in which they were chosen. */
  readonly chosen: readonly Chosen[];
  /** More could be chosen than one pass keeps. */
  readonly isCut: boolean;
  /** Who was looked at and nobody could take. */
  readonly waiting: readonly Waiting[];
  readonly wakeAt: Instant | null;
}

interface Chosen {
  readonly assignment: Assignment;
  readonly ticket: QueuedTicket;
}

/**
 * Page after page of the queue, for as long as somebody could take more: thousands at its head may wait for a skill that
 * nobody there has. `upTo`: no further than this ticket, for nobody behind it can take anything from it.
 */
export async function routeQueue(db: Db, teamId: string, head: QueuePage, { upTo }: { upTo?: string } = {}): Promise<Decision> {
  const chosen: Chosen[] = [];
  const waiting: Waiting[] = [];
  let page = head;
  let wakeAt: Instant | null = null;
  for (let read = 1; ; read += 1) {
    const given = chosen.map(({ assignment: { ticketId, operatorId, turn }, ticket: { status } }) => ({ ticketId, operatorId, turn, status }));
    const { queue, isLast } = untilTicket(page, upTo);
    const answer = routeRounds({ ...page, queue, reservations: [...page.reservations, ...given], firstOrder: chosen.length });
    const byId = new Map(queue.map((ticket) => [ticket.id, ticket]));
    for (const assignment of answer.assignments) {
      const ticket = byId.get(assignment.ticketId);
      if (ticket !== undefined) chosen.push({ assignment, ticket });
    }
    for (const one of answer.waiting) waiting.push(one);
    wakeAt = earliest(wakeAt, answer.wakeAt);
    const isCut = chosen.length > MOST_CHOICES;
    if (isCut || isLast || !answer.hasRoom || page.next === null || read === MOST_PAGES) return { request: page, chosen, isCut, waiting, wakeAt };
    page = await readRouting(db, teamId, page.at, { after: page.next });
  }
}

function untilTicket({ queue }: QueuePage, ticketId: string | undefined): { queue: readonly QueuedTicket[]; isLast: boolean } {
  if (ticketId === undefined) return { queue, isLast: false };
  const ordered = inQueueOrder(queue);
  const place = ordered.findIndex(({ id }) => id === ticketId);
  return place < 0 ? { queue, isLast: false } : { queue: ordered.slice(0, place + 1), isLast: true };
}
