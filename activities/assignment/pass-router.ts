import { retryingDeadlocks } from '#store/deadlock.ts';
import { readRouting } from '#store/routing/read-routing.ts';
import { ANSWER_WITHIN_MS, dropOutdated, noteOnline, reserve } from '#store/routing/reservations.ts';
import { endPass, lockRouter } from '#store/routing/router-flag.ts';
import type { Db } from '#prisma/client.ts';
import type { Instant } from '#workflows/domain/instant.ts';
import type { Assignment } from '#workflows/domain/routing.ts';
import { earliest } from '#workflows/domain/routing-pool.ts';
import type { QueuedTicket, RoutingRequest } from '#workflows/domain/routing-request.ts';
import { routeRounds } from '#workflows/domain/routing-rounds.ts';
import type { ActivityDeps } from '../activity-deps.ts';
import { PickUps } from './pick-ups.ts';

/** While anybody waits the router looks again this often, whatever it may have missed. */
const LOOK_AGAIN_MS = 60_000;
/** So many choices are kept by one pass and told in one go; the next pass begins at once. The team waits for each. */
const MOST_CHOICES = 500;
/** The team waits for each page, some 100 ms: whoever waits behind so many has to wait until some before them have gone. */
const MOST_PAGES = 10;

/**
 * One pass: under the team's lock, so that each choice is true as of its commit (P22). Choices are kept as reservations,
 * which count as load until their tickets answered; a pass that died after its commit is known by its id.
 */
export async function passRouter({ prisma, now, failpoint }: ActivityDeps, { teamId, passId }: { teamId: string; passId: string }): Promise<{ offers: number; wakeAt: Instant | null }> {
  const answer = await retryingDeadlocks(() =>
    prisma.$transaction(
      async (db) => {
        const flag = await lockRouter(db, teamId);
        if (flag === null) return { offers: 0, wakeAt: null };
        const at = now();
        const wakeAt = flag.pass === passId ? flag.wakeAt : await pass(db, { teamId, passId, at, routes: flag.routes });
        const offers = await db.reservation.count({ where: { teamId } });
        return { offers, wakeAt: offers === 0 ? wakeAt : Math.min(wakeAt ?? Infinity, at + ANSWER_WITHIN_MS) };
      },
      { timeout: 20_000 },
    ),
  );
  if (answer.offers > 0) failpoint?.('pass_committed_not_answered');
  return answer;
}

/** Says when to look again by itself; null: only when told. */
async function pass(db: Db, { teamId, passId, at, routes }: { teamId: string; passId: string; at: Instant; routes: boolean }): Promise<Instant | null> {
  await dropOutdated(db, teamId);
  const wakeAt = routes ? await choose(db, teamId, at) : null;
  await endPass(db, teamId, { pass: passId, wakeAt });
  return wakeAt;
}

/** Keeps what the queue, its people and policies come to as reservations. */
async function choose(db: Db, teamId: string, at: Instant): Promise<Instant | null> {
  const { request, chosen, isCut, waits, wakeAt } = await decide(db, teamId, at);
  const pickUps = await PickUps.read(db, { teamId, request, chosen: chosen.map(({ ticket }) => ticket) });
  await reserve(db, teamId, chosen.map(({ assignment, ticket }) => ({ assignment, ticket, pickUpAt: pickUps.at(ticket, assignment) })));
  if (request.operators.length > 0) await noteOnline(db, teamId, request.operators, at);
  if (isCut) return at;
  return waits ? Math.min(wakeAt ?? Infinity, at + LOOK_AGAIN_MS) : wakeAt;
}

interface Decision {
  readonly request: RoutingRequest;
  readonly chosen: readonly Chosen[];
  /** More could be chosen than one pass keeps. */
  readonly isCut: boolean;
  readonly waits: boolean;
  readonly wakeAt: Instant | null;
}

interface Chosen {
  readonly assignment: Assignment;
  readonly ticket: QueuedTicket;
}

/** Page after page of the queue, for as long as somebody could take more: thousands at its head may wait for a skill that nobody there has. */
async function decide(db: Db, teamId: string, at: Instant): Promise<Decision> {
  const chosen: Chosen[] = [];
  let page = await readRouting(db, teamId, at);
  let [waits, wakeAt]: [boolean, Instant | null] = [false, null];
  for (let read = 1; ; read += 1) {
    const given = chosen.map(({ assignment: { ticketId, operatorId, turn }, ticket: { status } }) => ({ ticketId, operatorId, turn, status }));
    const answer = routeRounds({ ...page, reservations: [...page.reservations, ...given], firstOrder: chosen.length });
    const byId = new Map(page.queue.map((ticket) => [ticket.id, ticket]));
    for (const assignment of answer.assignments) {
      const ticket = byId.get(assignment.ticketId);
      if (ticket !== undefined) chosen.push({ assignment, ticket });
    }
    waits ||= answer.waiting.some(({ reason }) => reason.why !== 'manual');
    wakeAt = earliest(wakeAt, answer.wakeAt);
    const isCut = chosen.length > MOST_CHOICES;
    if (isCut || !answer.hasRoom || page.next === null || read === MOST_PAGES) return { request: page, chosen: chosen.slice(0, MOST_CHOICES), isCut, waits, wakeAt };
    page = await readRouting(db, teamId, at, { after: page.next });
  }
}
