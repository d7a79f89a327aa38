import type { PrismaClient } from '../client.ts';
import { pipelined } from '../transaction.ts';
import type { SqlDb } from '../transaction.ts';
import { announce } from './team-events.ts';

interface Mark {
  readonly teamId: string;
  readonly operatorId: string;
  readonly ticketId: string;
  readonly position: number;
}

/**
 * Notes how far a person has read a ticket, never back and never past its end; false where the team has no such ticket.
 * A visitor of its web chat is told that what they wrote has been read, and not by whom.
 */
export async function moveReadMark(prisma: PrismaClient, mark: Mark): Promise<boolean> {
  return pipelined(prisma, async (db) => {
    const [moved] = await db.$queryRaw<{ conversationId: string; position: number; isTold: boolean }[]>`
      WITH found AS (
        SELECT t.id, t.team_id, c.id AS conversation_id, least(${mark.position}::int, c.next_position - 1) AS position, c.widget_id, c.team_read
        FROM tickets t JOIN conversations c ON c.id = t.conversation_id WHERE t.id = ${mark.ticketId} AND t.team_id = ${mark.teamId}),
      marked AS (
        INSERT INTO read_marks (team_id, operator_id, ticket_id, position) SELECT team_id, ${mark.operatorId}, id, position FROM found
        ON CONFLICT (operator_id, ticket_id) DO UPDATE SET position = greatest(read_marks.position, excluded.position), at = now())
      SELECT conversation_id AS "conversationId", position, widget_id IS NOT NULL AND position > team_read AS "isTold" FROM found`;
    if (moved?.isTold) await tellVisitor(db, { ...moved, teamId: mark.teamId });
    return moved !== undefined;
  });
}

async function tellVisitor(db: SqlDb, { teamId, conversationId, position }: { teamId: string; conversationId: string; position: number }): Promise<void> {
  const [moved] = await db.$queryRaw<{ isNews: boolean }[]>`
    UPDATE conversations c SET team_read = ${position}::int
    FROM (SELECT team_read AS before FROM conversations WHERE id = ${conversationId} AND team_id = ${teamId} FOR UPDATE) AS old
    WHERE c.id = ${conversationId} AND c.team_id = ${teamId} AND old.before < ${position}::int
    RETURNING EXISTS (SELECT 1 FROM messages m WHERE m.conversation_id = c.id AND m.author = 'customer' AND m.position > old.before AND m.position <= ${position}::int) AS "isNews"`;
  if (moved?.isNews) await announce(db, teamId, { events: [{ kind: 'conversation', conversationId }] });
}
