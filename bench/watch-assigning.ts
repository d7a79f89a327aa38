import type pg from 'pg';
import { pause } from './instance.ts';

/** Instants in milliseconds. What is seen is seen by a poll, at most its 50 ms too late. */
export interface Assigned {
  readonly ticketId: string;
  readonly operatorId: string;
  /** When the API was asked for the ticket, and when the ticket was first seen in PostgreSQL: from then on it is queued. */
  readonly askedAt: number;
  readonly queuedAt: number;
  /** The instant of the pass that chose. */
  readonly passAt: number;
  /** When the choice was first seen, and when the ticket was first seen with its assignee. */
  readonly reservedAt: number;
  readonly shownAt: number;
}

/** Watches a team from outside, until `count` tickets show an assignee and no choice waits for an answer. */
export async function watchAssigning(db: pg.Client, teamId: string, { count, withinMs }: { count: number; withinMs: number }): Promise<Assigned[]> {
  const until = Date.now() + withinMs;
  const [queuedAt, reservedAt, shownAt] = [new Map<string, number>(), new Map<string, number>(), new Map<string, number>()];
  for (let open = 1; shownAt.size < count || open > 0; await pause(50)) {
    if (Date.now() > until) throw new Error(`${shownAt.size} of ${count} tickets show an assignee after ${withinMs / 1_000} s`);
    const { rows } = await db.query<{ id: string; is_reserved: boolean; is_shown: boolean }>(
      `SELECT t.id, r.ticket_id IS NOT NULL AS is_reserved, t.assignee_id IS NOT NULL AS is_shown FROM tickets t LEFT JOIN reservations r ON r.ticket_id = t.id
       WHERE t.team_id = $1 AND t.id <> ALL($2) AND (t.assignee_id IS NOT NULL OR r.ticket_id IS NOT NULL OR t.id <> ALL($3))`,
      [teamId, [...shownAt.keys()], [...queuedAt.keys()]],
    );
    const now = Date.now();
    for (const { id, is_reserved: isReserved, is_shown: isShown } of rows) {
      note(queuedAt, id, now);
      if (isReserved || isShown) note(reservedAt, id, now);
      if (isShown) note(shownAt, id, now);
    }
    open = rows.filter(({ is_reserved: isReserved, is_shown: isShown }) => isReserved && !isShown).length;
  }
  const entries = await db.query<{ ticket_id: string; assignee_id: string; created_at: Date; pass_at: string }>(
    `SELECT l.ticket_id, t.assignee_id, t.created_at, l.data #>> '{routing,turn,at}' AS pass_at
     FROM timeline l JOIN tickets t ON t.id = l.ticket_id WHERE l.team_id = $1 AND l.kind = 'assigned'`,
    [teamId],
  );
  return entries.rows.map(({ ticket_id: ticketId, assignee_id: operatorId, created_at: createdAt, pass_at: passAt }) => ({
    ticketId,
    operatorId,
    askedAt: createdAt.getTime(),
    queuedAt: queuedAt.get(ticketId) ?? Number.NaN,
    passAt: Number(passAt),
    reservedAt: reservedAt.get(ticketId) ?? Number.NaN,
    shownAt: shownAt.get(ticketId) ?? Number.NaN,
  }));
}

function note(instants: Map<string, number>, id: string, at: number): void {
  if (!instants.has(id)) instants.set(id, at);
}
