import type { Change } from '#workflows/domain/change.ts';
import type { TicketState } from '#workflows/domain/ticket-state.ts';
import { Prisma } from '../../generated/client.ts';
import type { Db } from '../../client.ts';
import { digestOf } from './digest.ts';

/** One row per change, in order. */
export async function writeTimeline(
  db: Db,
  { state, fresh, firstPosition }: { state: TicketState; fresh: readonly Change[]; firstPosition: number },
): Promise<void> {
  const rows = fresh.map((change, index) => {
    const { kind, ...data } = change.what;
    return Prisma.sql`(${state.conversationId}, ${firstPosition + index}::int, ${state.teamId}, ${state.ticketId}, ${change.seq}::int, ${kind},
      ${JSON.stringify(change.actor)}::jsonb, ${new Date(change.at)}, ${JSON.stringify(data)}::jsonb, ${'messageId' in data ? data.messageId : null},
      ${digestOf(change)})`;
  });
  await db.$executeRaw`
    INSERT INTO timeline (conversation_id, position, team_id, ticket_id, seq, kind, actor, at, data, message_id, digest)
    VALUES ${Prisma.join(rows)}
    ON CONFLICT (ticket_id, seq) DO NOTHING`;
}
