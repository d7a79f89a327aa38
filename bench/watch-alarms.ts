import type pg from 'pg';
import { pause } from './instance.ts';
import type { SlaAlarm } from './sla-targets.ts';

const POLL_MS = 25;

const keyOf = ({ ticketId, kind, clock }: Pick<SlaAlarm, 'ticketId' | 'kind' | 'clock'>) => `${ticketId} ${kind} ${clock}`;

async function told(db: pg.Client, ticketIds: readonly string[]): Promise<string[]> {
  const { rows } = await db.query<{ key: string }>(
    `SELECT ticket_id || ' ' || kind || ' ' || (data->>'clock') AS key FROM timeline WHERE ticket_id = ANY($1) AND kind IN ('sla_warned', 'sla_breached')`,
    [ticketIds],
  );
  return rows.map(({ key }) => key);
}

/** Milliseconds from the instant of each alarm to the poll that first saw its entry committed; what is not told within `withinMs` of the last one is left out. */
export async function latenessOf(db: pg.Client, alarms: readonly SlaAlarm[], withinMs: number): Promise<number[]> {
  const open = new Map(alarms.map((alarm) => [keyOf(alarm), alarm]));
  const until = Math.max(...alarms.map(({ at }) => at)) + withinMs;
  const late: number[] = [];
  while (open.size > 0 && Date.now() < until) {
    const due = [...open.values()].filter(({ at }) => at <= Date.now());
    const seen = due.length === 0 ? [] : await told(db, due.map(({ ticketId }) => ticketId));
    const now = Date.now();
    for (const key of seen) {
      const alarm = open.get(key);
      if (alarm !== undefined && open.delete(key)) late.push(now - alarm.at);
    }
    await pause(POLL_MS);
  }
  return late;
}

/** How many alarms were never told, and how many entries of the team tell what was told before or should not have been. */
export async function countAlarms(db: pg.Client, teamId: string, alarms: readonly SlaAlarm[]): Promise<{ missed: number; twice: number; unasked: number }> {
  const { rows } = await db.query<{ id: string }>('SELECT id FROM tickets WHERE team_id = $1', [teamId]);
  const entries = await told(db, rows.map(({ id }) => id));
  const [wanted, seen] = [new Set(alarms.map(keyOf)), new Set(entries)];
  return {
    missed: [...wanted].filter((key) => !seen.has(key)).length,
    twice: entries.length - seen.size,
    unasked: [...seen].filter((key) => !wanted.has(key)).length,
  };
}
