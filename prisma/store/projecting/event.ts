import type { TicketState } from '#workflows/domain/ticket-state.ts';
import type { SqlDb } from '../../transaction.ts';
import { announce } from '../team-events.ts';

/**
 * The last lock of the transaction: the team's row. It issues the event cursor that live streams resume from and, for
 * a birth, the ticket's number, which is therefore dense: a transaction that rolls back gives it back.
 */
export async function closeWithEvent(
  db: SqlDb,
  { state, isBirth, notified, changesRouting }: { state: TicketState; isBirth: boolean; notified: readonly string[]; changesRouting: boolean },
): Promise<{ number: number }> {
  const { number } = await announce(db, state.teamId, {
    takesNumber: isBirth,
    changesRouting,
    events: [
      { kind: 'ticket', ticketId: state.ticketId, conversationId: state.conversationId },
      ...notified.map((operatorId) => ({ kind: 'notification' as const, ticketId: state.ticketId, operatorId })),
    ],
  });
  return { number };
}
