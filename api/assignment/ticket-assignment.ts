import { z } from 'zod';
import { actorNames, parseActor } from '#prisma/store/actor-names.ts';
import type { Db } from '#prisma/client.ts';
import { ASSIGNED_HOWS } from '#workflows/contract/assignment-view.ts';
import type { TicketAssignment } from '#workflows/contract/assignment-view.ts';
import { ok } from '#workflows/domain/errors.ts';
import type { Result } from '#workflows/domain/errors.ts';
import type { Instant } from '#workflows/domain/instant.ts';
import { isActive } from '#workflows/domain/status.ts';
import { completed } from '#workflows/domain/stored-state.ts';
import type { StoredState } from '#workflows/domain/stored-state.ts';
import type { TicketState } from '#workflows/domain/ticket-state.ts';
import type { Principal } from '../principal.ts';
import { NO_SUCH_TICKET, ticketNamed } from '../queries/find-ticket.ts';
import { iso, isoOrNull } from '../queries/instants.ts';
import { refuseUnlessReader } from '../require-role.ts';
import type { TicketDeps } from '../ticket-deps.ts';
import { explanationIn, explanationView, namesOf, peopleIn, waitReasonView } from './explain.ts';
import { whyWaiting } from './why-waiting.ts';

interface Row {
  readonly state: StoredState;
  readonly actor: unknown;
  readonly at: Date | null;
  readonly data: unknown;
}

/** P25: who has a ticket and why, or why nobody has it. Reads one instant's truth, and writes nothing. */
export async function ticketAssignment({ prisma, now }: Pick<TicketDeps, 'prisma' | 'now'>, principal: Principal, idOrNumber: string): Promise<Result<TicketAssignment>> {
  const refused = refuseUnlessReader(principal);
  if (refused) return refused;
  return prisma.$transaction(
    async (db) => {
      const row = await readRow(db, principal.teamId, idOrNumber);
      if (row === undefined) return NO_SUCH_TICKET;
      const state = completed(row.state);
      if (state.assigneeId !== null) return ok(await assigned(db, state, row));
      return ok(isActive(state.status) ? await waiting(db, state, now()) : { state: 'finished' });
    },
    { isolationLevel: 'RepeatableRead' },
  );
}

/** The ticket with the newest decision about its assignment. */
async function readRow(db: Db, teamId: string, idOrNumber: string): Promise<Row | undefined> {
  const named = ticketNamed(idOrNumber);
  if (named === null) return undefined;
  const rows = await db.$queryRaw<Row[]>`
    SELECT t.state, e.actor, e.at, e.data FROM tickets t
    LEFT JOIN LATERAL (SELECT actor, at, data FROM timeline WHERE ticket_id = t.id AND kind = 'assigned' ORDER BY seq DESC LIMIT 1) e ON true
    WHERE t.team_id = ${teamId} AND ${named}`;
  return rows[0];
}

const storedDecision = z.object({ to: z.string(), how: z.enum(ASSIGNED_HOWS), routing: z.unknown().optional() });

async function assigned(db: Db, { teamId, assigneeId, isPickedUp, routing }: TicketState, { actor, at, data }: Row): Promise<TicketAssignment> {
  const decision = storedDecision.safeParse(data);
  const explanation = decision.success ? explanationIn(decision.data.routing) : null;
  const by = parseActor(actor);
  const person = await namesOf(db, teamId, [assigneeId ?? '', ...(explanation === null ? [] : peopleIn(explanation))]);
  const nameOf = await actorNames(db, teamId, [by]);
  const isKnown = decision.success && decision.data.to === assigneeId && at !== null;
  return {
    state: 'assigned',
    assignee: person(assigneeId ?? ''),
    decision: isKnown ? { how: decision.data.how, by: nameOf(by), at: iso(at), explanation: explanation && explanationView(explanation, person) } : null,
    isPickedUp,
    pickUpAt: isPickedUp ? null : isoOrNull(routing.pickUpAt),
    startsAt: isoOrNull(routing.startsAt),
  };
}

async function waiting(db: Db, state: TicketState, at: Instant): Promise<TicketAssignment> {
  const { routing } = state;
  const why = await whyWaiting(db, state, at);
  const person = await namesOf(db, state.teamId, [...routing.notPickedUpBy, ...(why.why === 'nobody_eligible' ? peopleIn(why) : [])]);
  return {
    state: 'waiting',
    since: iso(routing.queuedAt ?? state.createdAt),
    reason: waitReasonView(why, person),
    notPickedUp: routing.missed,
    notPickedUpBy: routing.notPickedUpBy.map(person),
    isEscalated: routing.isOverdue || routing.isLeftToPeople,
  };
}
