import type { Change } from '#workflows/domain/change.ts';
import { isActive, isOpen } from '#workflows/domain/status.ts';
import type { TicketState } from '#workflows/domain/ticket-state.ts';
import { Prisma } from '../../generated/client.ts';
import type { SqlDb } from '../../transaction.ts';
import { tellTurn } from '../ai-agents/turns.ts';
import { HAS_WEBHOOKS } from '../webhooks/has-webhooks.ts';

export interface ConversationWritten {
  /** +1 or -1 where the conversation entered or left the Conversations view (P40). */
  readonly viewDelta: number;
  readonly epoch: number;
  /** Somebody outside wants to be told. */
  readonly hasWebhooks: boolean;
}

/**
 * Takes positions, and writes the AI mode down: the database issues the epoch, one more for each mode that wins.
 * A mode wins by (generation, seq of the change that set it), so that a projection out of order undoes nothing.
 */
export async function writeConversation(
  db: SqlDb,
  { state, fresh }: { state: TicketState; fresh: readonly Change[] },
): Promise<ConversationWritten> {
  const open = isOpen(state.status);
  const active = isActive(state.status);
  const paused = state.mode.kind === 'paused';
  const rows = await db.$queryRaw<{ was_in_view: boolean; in_view: boolean; epoch: number; has_webhooks: boolean }[]>`
    WITH old AS (
      SELECT id, in_view,
        ${state.modeSeq}::int > 0 AND (mode_generation, mode_seq) < (${state.generation}::int, ${state.modeSeq}::int) AS wins,
        generation <= ${state.generation}::int AS newest
      FROM conversations WHERE id = ${state.conversationId} FOR UPDATE),
    settled AS (
      UPDATE generations g SET state = ${open ? 'open' : 'freed'} FROM old
      WHERE g.conversation_id = old.id AND g.generation = ${state.generation}::int AND g.state <> ${open ? 'open' : 'freed'})
    UPDATE conversations c SET
      next_position = c.next_position + ${fresh.length}::int,
      mode = CASE WHEN wins THEN ${JSON.stringify(state.mode)}::jsonb ELSE c.mode END,
      is_paused = CASE WHEN wins THEN ${paused} ELSE c.is_paused END,
      epoch = c.epoch + wins::int,
      mode_seq = CASE WHEN wins THEN ${state.modeSeq}::int ELSE c.mode_seq END,
      mode_generation = CASE WHEN wins THEN ${state.generation}::int ELSE c.mode_generation END,
      generation = greatest(c.generation, ${state.generation}::int),
      open_ticket_id = CASE WHEN newest THEN ${open ? state.ticketId : null} ELSE c.open_ticket_id END,
      has_active_ticket = CASE WHEN newest THEN ${active} ELSE c.has_active_ticket END,
      last_ticket_id = CASE WHEN newest THEN ${state.ticketId} ELSE c.last_ticket_id END,
      flagged_at = CASE WHEN newest AND ${active} THEN NULL ELSE c.flagged_at END,
      in_view = CASE WHEN newest THEN NOT ${active} AND coalesce(c.view_until > now(), false) ELSE c.in_view END
    FROM old
    WHERE c.id = old.id
    RETURNING old.in_view AS was_in_view, c.in_view, c.epoch,
      ${HAS_WEBHOOKS} AS has_webhooks,
      ${tellTurn({ when: Prisma.sql`old.wins`, news: Prisma.sql`CASE WHEN NOT c.is_paused AND c.unanswered_since IS NOT NULL THEN 'due' ELSE 'stop' END` })}`;
  const row = rows[0];
  if (row === undefined) throw new Error(`conversation ${state.conversationId} is not there`);
  return { viewDelta: Number(row.in_view) - Number(row.was_in_view), epoch: row.epoch, hasWebhooks: row.has_webhooks };
}
