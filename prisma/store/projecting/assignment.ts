import type { Change, ChangeKind } from '#workflows/domain/change.ts';
import type { TicketState } from '#workflows/domain/ticket-state.ts';
import type { SqlDb } from '../../transaction.ts';
import type { TicketBefore } from './ticket-row.ts';

const SEEN_BY_THE_ROUTER: ReadonlySet<ChangeKind> = new Set<ChangeKind>(['created', 'assigned', 'offer_expired', 'status_changed', 'snoozed', 'woke', 'needs_changed', 'priority_changed']);

/** Whether the team's router could answer differently after these changes. */
export function mayChangeRouting(fresh: readonly Change[]): boolean {
  return fresh.some(({ what }) => SEEN_BY_THE_ROUTER.has(what.kind));
}

/**
 * Who was given the ticket when, and the end of the reservations that were made before the newest decision about its
 * assignment. After the team's lock: a pass writes the same rows under it.
 */
export async function closeAssignment(db: SqlDb, { state, fresh, before }: { state: TicketState; fresh: readonly Change[]; before: TicketBefore | null }): Promise<void> {
  const isDecided = before !== null && before.assignmentEpoch < state.assignmentEpoch;
  const turns = fresh.flatMap(({ at, what }) => {
    if (what.kind !== 'assigned' || what.to === null) return [];
    return [{ teamId: state.teamId, operatorId: what.to, turn: what.routing?.turn ?? { at, order: 0 }, isAutomatic: what.routing !== undefined }];
  });
  // Started at once, all of them: a COMMIT may go out right behind.
  await Promise.all([
    isDecided ? db.$executeRaw`DELETE FROM reservations WHERE ticket_id = ${state.ticketId} AND assignment_epoch < ${state.assignmentEpoch}::int` : null,
    ...turns.map((turn) => noteTurn(db, turn)),
  ]);
}

async function noteTurn(db: SqlDb, { teamId, operatorId, turn, isAutomatic }: { teamId: string; operatorId: string; turn: { at: number; order: number }; isAutomatic: boolean }): Promise<void> {
  const at = new Date(turn.at);
  const [automaticAt, automaticOrder] = isAutomatic ? [at, turn.order] : [null, 0];
  await db.$executeRaw`
    INSERT INTO operator_turns AS t (operator_id, team_id, last_assigned_at, last_assigned_order, last_automatic_at, last_automatic_order)
    VALUES (${operatorId}, ${teamId}, ${at}, ${turn.order}::int, ${automaticAt}::timestamptz, ${automaticOrder}::int)
    ON CONFLICT (operator_id) DO UPDATE SET
      (last_assigned_at, last_assigned_order) = (SELECT a, o FROM (VALUES (t.last_assigned_at, t.last_assigned_order), (excluded.last_assigned_at, excluded.last_assigned_order)) AS v (a, o)
        ORDER BY a DESC NULLS LAST, o DESC LIMIT 1),
      (last_automatic_at, last_automatic_order) = (SELECT a, o FROM (VALUES (t.last_automatic_at, t.last_automatic_order), (excluded.last_automatic_at, excluded.last_automatic_order)) AS v (a, o)
        ORDER BY a DESC NULLS LAST, o DESC LIMIT 1),
      automatic_since_online = t.automatic_since_online + CASE WHEN ${isAutomatic} AND t.online_since <= ${at}::timestamptz THEN 1 ELSE 0 END`;
}
