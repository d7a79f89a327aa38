import type { Db } from '../client.ts';

/** Notes how far a person has read a ticket; a mark never goes back. */
export async function moveReadMark(
  db: Db,
  { teamId, operatorId, ticketId, position }: { teamId: string; operatorId: string; ticketId: string; position: number },
): Promise<void> {
  await db.$executeRaw`
    INSERT INTO read_marks (team_id, operator_id, ticket_id, position) VALUES (${teamId}, ${operatorId}, ${ticketId}, ${position}::int)
    ON CONFLICT (operator_id, ticket_id) DO UPDATE SET position = greatest(read_marks.position, excluded.position), at = now()`;
}
