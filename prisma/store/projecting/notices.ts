import type { Actor } from '#workflows/domain/actor.ts';
import type { Change } from '#workflows/domain/change.ts';
import type { TicketState } from '#workflows/domain/ticket-state.ts';
import type { EscalateTo } from '#workflows/domain/routing-policy.ts';
import { newId } from '../new-id.ts';
import { Prisma } from '../../generated/client.ts';
import type { SqlDb } from '../../transaction.ts';
import type { CountChange } from './counts.ts';

/** One entry for one person's list (P60). */
export interface Notice {
  readonly operatorId: string;
  readonly kind: 'mention' | 'assignment' | 'delivery_failed' | 'sla_warning' | 'sla_breach' | 'escalation' | 'escalated';
  readonly seq: number;
  readonly actor: Actor;
  readonly at: Date;
}

/** Who is to be told what of these changes; nobody is told what they did themselves. */
export async function noticesOf(db: SqlDb, state: TicketState, fresh: readonly Change[]): Promise<Notice[]> {
  const notices: Notice[] = [];
  for (const { what, seq, actor, at } of fresh) {
    const tell = (operatorId: string, kind: Notice['kind']) => {
      if (actor.kind === 'operator' && actor.id === operatorId) return;
      notices.push({ operatorId, kind, seq, actor, at: new Date(at) });
    };
    if (what.kind === 'assigned' && what.to !== null) tell(what.to, 'assignment');
    if (what.kind === 'sla_warned' || what.kind === 'sla_breached') {
      for (const operatorId of await alarmed(db, state, what.notify)) tell(operatorId, what.kind === 'sla_warned' ? 'sla_warning' : 'sla_breach');
    }
    // P1: a new ticket is told of by its assignment; one that they have already asks for them again.
    if (what.kind === 'escalated' && what.joined && state.assigneeId !== null) tell(state.assigneeId, 'escalated');
    if (what.kind === 'assignment_escalated') for (const operatorId of await escalatedTo(db, state, what.to)) tell(operatorId, 'escalation');
    if (what.kind === 'noted') for (const operatorId of new Set(what.mentions)) tell(operatorId, 'mention');
    if (what.kind === 'bounced' || (what.kind === 'delivery_changed' && (what.delivery === 'failed' || what.delivery === 'unknown'))) {
      const [author] = await db.$queryRaw<{ id: string | null }[]>`
        SELECT author_id AS id FROM messages WHERE id = ${what.messageId} AND team_id = ${state.teamId} AND author = 'operator'`;
      const operatorId = author === undefined ? state.assigneeId : author.id;
      if (operatorId !== null) tell(operatorId, 'delivery_failed');
    }
  }
  return notices;
}

/** P33: the assignee, the admins, everyone who works tickets, or people by id; whoever has left is told nothing. */
async function operatorsNamed(db: SqlDb, { teamId, assigneeId }: TicketState, names: readonly string[]): Promise<string[]> {
  if (names.length === 0) return [];
  const roles = names.includes('everyone') ? ['admin', 'operator'] : names.includes('admins') ? ['admin'] : [];
  const ids = [...names, ...(names.includes('assignee') && assigneeId !== null ? [assigneeId] : [])];
  const rows = await db.$queryRaw<{ id: string }[]>`
    SELECT id FROM operators WHERE team_id = ${teamId} AND disabled_at IS NULL AND (role = ANY(${roles}::text[]) OR id = ANY(${ids}::text[])) ORDER BY id`;
  return rows.map(({ id }) => id);
}

/** P33: whom the policy names; the admins where it names people of whom none is there any more. */
function alarmed(db: SqlDb, state: TicketState, names: readonly string[]): Promise<string[]> {
  return names.some((name) => name.startsWith('opr_')) ? namedOrAdmins(db, state, names) : operatorsNamed(db, state, names);
}

/** P24: whom the policy names; the admins where that person or group is no longer there. */
async function escalatedTo(db: SqlDb, state: TicketState, to: EscalateTo): Promise<string[]> {
  const named = to.kind === 'group' ? await membersOf(db, state.teamId, to.key) : [to.kind === 'operator' ? to.id : 'admins'];
  return namedOrAdmins(db, state, named);
}

async function namedOrAdmins(db: SqlDb, state: TicketState, names: readonly string[]): Promise<string[]> {
  const found = await operatorsNamed(db, state, names);
  return found.length > 0 ? found : operatorsNamed(db, state, ['admins']);
}

async function membersOf(db: SqlDb, teamId: string, group: string): Promise<string[]> {
  const rows = await db.$queryRaw<{ members: string[] }[]>`SELECT members FROM groups WHERE team_id = ${teamId} AND key = ${group}`;
  return rows[0]?.members ?? [];
}

/** Writes each once, and says what that does to the bells. */
export async function writeNotices(
  db: SqlDb,
  state: TicketState,
  notices: readonly Notice[],
): Promise<{ counts: CountChange[]; operators: string[] }> {
  if (notices.length === 0) return { counts: [], operators: [] };
  const rows = notices.map(
    (one) => Prisma.sql`(${newId('notification')}, ${state.teamId}, ${one.operatorId}, ${one.kind}, ${state.ticketId}, ${one.seq}::int,
      ${JSON.stringify(one.actor)}::jsonb, ${one.at})`,
  );
  const told = await db.$queryRaw<{ operator_id: string }[]>`
    INSERT INTO notifications (id, team_id, operator_id, kind, ticket_id, seq, actor, at) VALUES ${Prisma.join(rows)}
    ON CONFLICT (operator_id, ticket_id, seq, kind) DO NOTHING RETURNING operator_id`;
  const counts = told.map(({ operator_id }) => ({ key: `bell:${operator_id}`, by: 1 }));
  for (const mention of notices.filter((one) => one.kind === 'mention')) counts.push(...(await writeMention(db, state, mention)));
  return { counts, operators: [...new Set(told.map(({ operator_id }) => operator_id))] };
}

/** The ticket is listed under Mentions until it is marked done; a new mention lists it again. */
async function writeMention(db: SqlDb, state: TicketState, mention: Notice): Promise<CountChange[]> {
  const rows = await db.$queryRaw<{ was_open: boolean }[]>`
    WITH old AS (SELECT done_at IS NULL AS open FROM mentions WHERE operator_id = ${mention.operatorId} AND ticket_id = ${state.ticketId})
    INSERT INTO mentions (team_id, operator_id, ticket_id, seq, at)
    VALUES (${state.teamId}, ${mention.operatorId}, ${state.ticketId}, ${mention.seq}::int, ${mention.at})
    ON CONFLICT (operator_id, ticket_id) DO UPDATE SET seq = excluded.seq, at = excluded.at, done_at = NULL
    RETURNING coalesce((SELECT open FROM old), false) AS was_open`;
  return rows[0]?.was_open === false ? [{ key: `mentions:${mention.operatorId}`, by: 1 }] : [];
}
