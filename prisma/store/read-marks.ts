import type { Db } from '../client.ts';

/** Notes how far a person has read a ticket, never back and never past its end; false where the team has no such ticket. */
export async function moveReadMark(
  db: Db,
  { teamId, operatorId, ticketId, position }: { teamId: string; operatorId: string; ticketId: string; position: number },
): Promise<boolean> {
  const moved = await db.$executeRaw`
    INSERT INTO read_marks (team_id, operator_id, ticket_id, position)
    SELECT t.team_id, ${operatorId}, t.id, least(${position}::int, c.next_position - 1)
    FROM tickets t JOIN conversations c ON c.id = t.conversation_id WHERE t.id = ${ticketId} AND t.team_id = ${teamId}
    ON CONFLICT (operator_id, ticket_id) DO UPDATE SET position = greatest(read_marks.position, excluded.position), at = now()`;
  return moved > 0;
}
