import { z } from 'zod';
import type { Instant } from '#workflows/domain/instant.ts';
import type { Assignment } from '#workflows/domain/routing.ts';
import type { QueuedTicket, RoutingOperator } from '#workflows/domain/routing-request.ts';
import type { Fact } from '#workflows/domain/ticket-event.ts';
import type { Prisma } from '../../generated/client.ts';
import type { Db } from '../../client.ts';

export type Offer = Extract<Fact, { kind: 'offered' }>;

/** A ticket that was told and did not answer is told again after this. */
export const ANSWER_WITHIN_MS = 30_000;
/** A choice that its ticket did not answer for so long is to be made anew: who was there then may not be now. */
const STANDS_MS = 120_000;

/** A choice as its ticket is told it. */
export interface WaitingOffer {
  readonly ticketId: string;
  readonly offer: Offer;
  /** The ticket did not answer in time: it is asked not to take it any more. */
  readonly isExpired: boolean;
}

// An explanation is made of read-only lists, which Prisma's type of JSON does not know.
const plainJson = z.custom<Prisma.InputJsonValue>(() => true);

/** Keeps a pass's choices until their tickets have answered. A ticket that was offered at an older epoch is offered anew. */
export async function reserve(db: Db, teamId: string, choices: readonly { readonly assignment: Assignment; readonly ticket: QueuedTicket; readonly pickUpAt: Instant | null }[]): Promise<void> {
  if (choices.length === 0) return;
  await db.reservation.createMany({
    data: choices.map(({ assignment: { ticketId, assignmentEpoch, operatorId, turn, startsAt, explanation }, ticket, pickUpAt }) => ({
      ticketId,
      teamId,
      assignmentEpoch,
      operatorId,
      status: ticket.status,
      turnAt: new Date(turn.at),
      turnOrder: turn.order,
      offer: plainJson.parse({ kind: 'offered', assignmentEpoch, operatorId, turn, startsAt, pickUpAt, explanation }),
    })),
  });
}

const storedOffer = z.custom<Offer>((value) => z.object({ kind: z.literal('offered'), assignmentEpoch: z.number(), operatorId: z.string() }).safeParse(value).success);

/** Choices that their tickets have not been told, or not answered for long. */
export async function waitingOffers(db: Db, teamId: string, at: Instant): Promise<WaitingOffer[]> {
  const rows = await db.reservation.findMany({
    where: { teamId, OR: [{ offeredAt: null }, { offeredAt: { lt: new Date(at - ANSWER_WITHIN_MS) } }] },
    orderBy: [{ turnAt: 'asc' }, { turnOrder: 'asc' }],
    take: 500,
    select: { ticketId: true, offer: true, turnAt: true },
  });
  return rows.map(({ ticketId, offer, turnAt }) => ({ ticketId, offer: storedOffer.parse(offer), isExpired: turnAt.getTime() < at - STANDS_MS }));
}

export async function markOffered(db: Db, teamId: string, ticketIds: readonly string[], at: Date): Promise<void> {
  await db.reservation.updateMany({ where: { teamId, ticketId: { in: [...ticketIds] } }, data: { offeredAt: at } });
}

/**
 * Gives back what is reserved for tickets that no longer wait: gone, or decided otherwise. However old it is, another choice
 * counts until its ticket has answered: it may have been taken, and not be written down yet (P22).
 */
export async function dropOutdated(db: Db, teamId: string): Promise<void> {
  await db.$executeRaw`
    DELETE FROM reservations r WHERE r.team_id = ${teamId} AND NOT EXISTS (
      SELECT 1 FROM tickets t WHERE t.id = r.ticket_id AND t.is_active AND t.assignee_id IS NULL AND (t.state->>'assignmentEpoch')::int = r.assignment_epoch)`;
}

/** Notes who has come online since the last pass, and who has gone: the ramp counts from it (P19). */
export async function noteOnline(db: Db, teamId: string, operators: readonly RoutingOperator[], at: Instant): Promise<void> {
  const online = operators.filter(({ onlineSince }) => onlineSince !== null).map(({ id }) => id);
  await db.$executeRaw`
    UPDATE operator_turns SET online_since = NULL, automatic_since_online = 0
    WHERE team_id = ${teamId} AND online_since IS NOT NULL AND operator_id <> ALL(${online}::text[])`;
  await db.$executeRaw`
    INSERT INTO operator_turns (operator_id, team_id, online_since) SELECT id, ${teamId}, ${new Date(at)} FROM unnest(${online}::text[]) AS id
    ON CONFLICT (operator_id) DO UPDATE SET online_since = excluded.online_since, automatic_since_online = 0 WHERE operator_turns.online_since IS NULL`;
}
