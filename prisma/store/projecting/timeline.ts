import type { Change } from '#workflows/domain/change.ts';
import type { TicketState } from '#workflows/domain/ticket-state.ts';
import { Prisma } from '../../generated/client.ts';
import type { SqlDb } from '../../transaction.ts';
import { digestOf } from './digest.ts';

/** One row per change, in order, at the positions that `writeConversation` has just taken in this transaction. */
export async function writeTimeline(db: SqlDb, { state, fresh }: { state: TicketState; fresh: readonly Change[] }): Promise<void> {
  const rows = fresh.map((change, index) => {
    const { kind, ...data } = change.what;
    return Prisma.sql`(${state.conversationId}, (SELECT next_position FROM taken) - ${fresh.length - index}::int, ${state.teamId}, ${state.ticketId}, ${change.seq}::int, ${kind},
      ${JSON.stringify(change.actor)}::jsonb, ${new Date(change.at)}, ${JSON.stringify(data)}::jsonb, ${'messageId' in data ? data.messageId : null},
      ${digestOf(change)})`;
  });
  await db.$executeRaw`
    WITH taken AS (SELECT next_position FROM conversations WHERE id = ${state.conversationId})
    INSERT INTO timeline (conversation_id, position, team_id, ticket_id, seq, kind, actor, at, data, message_id, digest)
    VALUES ${Prisma.join(rows)}
    ON CONFLICT (ticket_id, seq) DO NOTHING`;
}
