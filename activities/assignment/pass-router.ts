import { retryingDeadlocks } from '#store/deadlock.ts';
import { readRouting } from '#store/routing/read-routing.ts';
import { dropOutdated, noteOnline, reserve } from '#store/routing/reservations.ts';
import { endPass, lockRouter } from '#store/routing/router-flag.ts';
import { scheduleOf } from '#store/policies.ts';
import { hoursFor } from '#store/sla-policies.ts';
import type { Db } from '#prisma/client.ts';
import { addBusinessTime } from '#workflows/domain/clock.ts';
import { MINUTE_MS } from '#workflows/domain/instant.ts';
import type { Instant } from '#workflows/domain/instant.ts';
import { route } from '#workflows/domain/routing.ts';
import type { Assignment } from '#workflows/domain/routing.ts';
import type { QueuedTicket, RoutingRequest } from '#workflows/domain/routing-request.ts';
import type { ActivityDeps } from '../activity-deps.ts';

/** While anybody waits the router looks again this often, whatever it may have missed. */
const LOOK_AGAIN_MS = 60_000;
/** A ticket that was told and did not answer is told again. */
const ANSWER_WITHIN_MS = 30_000;

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
  await dropOutdated(db, teamId);
  if (!routes) return endPass(db, teamId, { pass: passId, wakeAt: null });
  const request = await readRouting(db, teamId, at);
  const answer = route(request);
  const byId = new Map(request.queue.map((ticket) => [ticket.id, ticket]));
  const choices = [];
  for (const assignment of answer.assignments) {
    const ticket = byId.get(assignment.ticketId);
    if (ticket !== undefined) choices.push({ assignment, ticket, pickUpAt: await pickUpAt(db, { teamId, request, ticket, assignment }) });
  }
  await reserve(db, teamId, choices);
  if (request.queue.length > 0) await noteOnline(db, teamId, request.operators, at);
  const waits = answer.waiting.some(({ reason }) => reason.why !== 'manual');
  await endPass(db, teamId, { pass: passId, wakeAt: waits ? Math.min(answer.wakeAt ?? Infinity, at + LOOK_AGAIN_MS) : answer.wakeAt });
}

/** P24: in business minutes from the assignment, or from the shift that it was made for. */
async function pickUpAt(db: Db, { teamId, request, ticket, assignment }: { teamId: string; request: RoutingRequest; ticket: QueuedTicket; assignment: Assignment }): Promise<Instant | null> {
  const { team, agents } = request.policies;
  const { pickUpMinutes } = (ticket.agentId === null ? undefined : agents[ticket.agentId]) ?? team;
  if (pickUpMinutes === null) return null;
  const { schedule } = await hoursFor(db, teamId, await scheduleOf(db, teamId, ticket.agentId));
  return addBusinessTime(assignment.startsAt ?? request.at, pickUpMinutes * MINUTE_MS, schedule);
}
