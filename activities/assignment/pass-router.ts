import { retryingDeadlocks } from '#store/deadlock.ts';
import { readRouting } from '#store/routing/read-routing.ts';
import { ANSWER_WITHIN_MS, dropOutdated, noteOnline, reserve } from '#store/routing/reservations.ts';
import { endPass, lockRouter } from '#store/routing/router-flag.ts';
import type { Db } from '#prisma/client.ts';
import type { Instant } from '#workflows/domain/instant.ts';
import { routeRounds } from '#workflows/domain/routing-rounds.ts';
import type { ActivityDeps } from '../activity-deps.ts';
import { PickUps } from './pick-ups.ts';

/** While anybody waits the router looks again this often, whatever it may have missed. */
const LOOK_AGAIN_MS = 60_000;
/** So many choices are kept by one pass and told in one go; the next pass begins at once. The team waits for each. */
const MOST_CHOICES = 500;

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
        if (flag.pass !== passId) await pass(db, { teamId, passId, at, routes: flag.routes });
        const [offers, { wakeAt }] = [await db.reservation.count({ where: { teamId } }), (await lockRouter(db, teamId)) ?? flag];
        return { offers, wakeAt: offers === 0 ? wakeAt : Math.min(wakeAt ?? Infinity, at + ANSWER_WITHIN_MS) };
      },
      { timeout: 20_000 },
    ),
  );
  if (answer.offers > 0) failpoint?.('pass_committed_not_answered');
  return answer;
}

async function pass(db: Db, { teamId, passId, at, routes }: { teamId: string; passId: string; at: Instant; routes: boolean }): Promise<void> {
  await dropOutdated(db, teamId, at);
  if (!routes) return endPass(db, teamId, { pass: passId, wakeAt: null });
  const request = await readRouting(db, teamId, at);
  const answer = routeRounds(request);
  const byId = new Map(request.queue.map((ticket) => [ticket.id, ticket]));
  const taken = answer.assignments.slice(0, MOST_CHOICES);
  const pickUps = await PickUps.read(db, { teamId, request });
  const choices = taken.flatMap((assignment) => {
    const ticket = byId.get(assignment.ticketId);
    return ticket === undefined ? [] : [{ assignment, ticket, pickUpAt: pickUps.at(ticket, assignment) }];
  });
  await reserve(db, teamId, choices);
  if (request.operators.length > 0) await noteOnline(db, teamId, request.operators, at);
  const waits = answer.waiting.some(({ reason }) => reason.why !== 'manual');
  const wakeAt = waits ? Math.min(answer.wakeAt ?? Infinity, at + LOOK_AGAIN_MS) : answer.wakeAt;
  await endPass(db, teamId, { pass: passId, wakeAt: taken.length < answer.assignments.length ? at : wakeAt });
}
