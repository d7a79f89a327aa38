import { isActive } from '#workflows/domain/status.ts';
import type { Status } from '#workflows/domain/status.ts';
import type { TicketState } from '#workflows/domain/ticket-state.ts';
import type { SqlDb } from '../../transaction.ts';

/** What of the row before decides the counts. */
export interface TicketBefore {
  readonly lastSeq: number;
  readonly number: number;
  readonly status: Status;
  readonly assigneeId: string | null;
  readonly isSnoozed: boolean;
  readonly agentId: string | null;
  /** Which settings it followed, as `followedVersion` names them. */
  readonly policyVersion: string;
  readonly subject: string;
  readonly assignmentEpoch: number;
}

interface LockedRow {
  last_seq: number;
  number: number;
  status: Status;
  assignee_id: string | null;
  is_snoozed: boolean;
  agent_id: string | null;
  policy_version: string;
  subject: string;
  epoch: number;
}

/** Locks the ticket; one that has no row yet is locked by its id, so that only one transaction inserts it. */
export async function lockTicket(db: SqlDb, { ticketId }: TicketState): Promise<TicketBefore | null> {
  const found = await selectForUpdate(db, ticketId);
  if (found !== null) return found;
  await db.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${ticketId}, 1))`;
  return selectForUpdate(db, ticketId);
}

async function selectForUpdate(db: SqlDb, ticketId: string): Promise<TicketBefore | null> {
  const rows = await db.$queryRaw<LockedRow[]>`
    SELECT last_seq, number, status, assignee_id, is_snoozed, agent_id, state->>'policyVersion' AS policy_version, subject,
      (state->>'assignmentEpoch')::int AS epoch FROM tickets WHERE id = ${ticketId} FOR UPDATE`;
  const row = rows[0];
  if (row === undefined) return null;
  return {
    lastSeq: row.last_seq,
    number: row.number,
    status: row.status,
    assigneeId: row.assignee_id,
    isSnoozed: row.is_snoozed,
    agentId: row.agent_id,
    policyVersion: row.policy_version,
    subject: row.subject,
    assignmentEpoch: row.epoch,
  };
}

/** The last write of a birth: its number was taken just before, in the same transaction, which has the team's row locked since. */
export async function insertTicket(db: SqlDb, { state, lastSeq }: { state: TicketState; lastSeq: number }): Promise<void> {
  await db.$executeRaw`
    INSERT INTO tickets (id, team_id, number, conversation_id, generation, last_seq, state, status, is_active, is_snoozed, priority,
      assignee_id, origin, channel, agent_id, requester_id, requester_name, subject, preview, tags, created_at, updated_at, search)
    SELECT ${state.ticketId}, ${state.teamId}, (SELECT next_number - 1 FROM teams WHERE id = ${state.teamId}), ${state.conversationId}, ${state.generation}::int, ${lastSeq}::int,
      ${JSON.stringify(state)}::jsonb, ${state.status}, ${isActive(state.status)}, ${state.snooze !== null}, ${state.priority},
      ${state.assigneeId}, ${state.origin}, ${state.channel}, ${state.agentId}, ${state.requesterId}, coalesce(r.name, ''),
      ${state.subject}, coalesce(c.last_message_preview, ''), ${[...state.tags]}::text[],
      ${new Date(state.createdAt)}, ${new Date(state.updatedAt)},
      to_tsvector('simple', ${state.subject} || ' ' || coalesce(r.name, '') || ' ' || coalesce(a.addresses, ''))
    FROM conversations c
    LEFT JOIN requesters r ON r.id = c.requester_id
    LEFT JOIN LATERAL (SELECT string_agg(value, ' ') AS addresses FROM requester_addresses WHERE requester_id = r.id) a ON true
    WHERE c.id = ${state.conversationId}`;
}

/** A whole snapshot: whatever came before it is replaced. */
export async function updateTicket(
  db: SqlDb,
  { state, lastSeq, before }: { state: TicketState; lastSeq: number; before: TicketBefore },
): Promise<void> {
  await db.$executeRaw`
    UPDATE tickets t SET last_seq = ${lastSeq}::int, state = ${JSON.stringify(state)}::jsonb, status = ${state.status},
      is_active = ${isActive(state.status)}, is_snoozed = ${state.snooze !== null}, priority = ${state.priority},
      assignee_id = ${state.assigneeId}, subject = ${state.subject}, tags = ${[...state.tags]}::text[], generation = ${state.generation}::int,
      preview = c.last_message_preview, updated_at = ${new Date(state.updatedAt)}
    FROM conversations c WHERE c.id = t.conversation_id AND t.id = ${state.ticketId}`;
  if (before.subject === state.subject) return;
  await db.$executeRaw`
    UPDATE tickets SET search = to_tsvector('simple', ${state.subject} || ' ' || requester_name) WHERE id = ${state.ticketId}`;
}
