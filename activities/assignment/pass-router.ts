import { retryingDeadlocks } from '#store/deadlock.ts';
import { readRouting } from '#store/routing/read-routing.ts';
import { ANSWER_WITHIN_MS, dropOutdated, noteOnline, reserve } from '#store/routing/reservations.ts';
import { MOST_CHOICES, routeQueue } from '#store/routing/route-queue.ts';
import { endPass, lockRouter } from '#store/routing/router-flag.ts';
import type { Db } from '#prisma/client.ts';
import type { Instant } from '#workflows/domain/instant.ts';
import type { ActivityDeps } from '../activity-deps.ts';
import { PickUps } from './pick-ups.ts';

/** While anybody waits the router looks again this often, whatever it may have missed. */
const LOOK_AGAIN_MS = 60_000;

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
  const { request, chosen, isCut, waiting, wakeAt } = await routeQueue(db, teamId, await readRouting(db, teamId, at));
  const kept = chosen.slice(0, MOST_CHOICES);
  const pickUps = await PickUps.read(db, { teamId, request, chosen: kept.map(({ ticket }) => ticket) });
  await reserve(db, teamId, kept.map(({ assignment, ticket }) => ({ assignment, ticket, pickUpAt: pickUps.at(ticket, assignment) })));
  if (request.operators.length > 0) await noteOnline(db, teamId, request.operators, at);
  if (isCut) return at;
  const waits = waiting.some(({ reason }) => reason.why !== 'manual');
  return waits ? Math.min(wakeAt ?? Infinity, at + LOOK_AGAIN_MS) : wakeAt;
}
