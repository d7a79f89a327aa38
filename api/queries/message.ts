import type { SqlDb } from '#prisma/transaction.ts';
import { actorNames } from '#prisma/store/actor-names.ts';
import type { MessageView } from '#workflows/contract/views.ts';
import { attachmentsOf, authorOf, heldRepliesOf, toMessageView } from './message-view.ts';
import type { StoredMessage } from './message-view.ts';

/** One message of the team for a command's answer; null where there is none. */
export async function readMessageView(db: SqlDb, teamId: string, messageId: string): Promise<MessageView | null> {
  const [row] = await db.$queryRaw<StoredMessage[]>`
    SELECT id, position, ticket_id AS "ticketId", kind, author, author_id AS "authorId", text, quoted, automatic, created_at AS "createdAt", accepted_at AS "acceptedAt",
      released_at AS "releasedAt", delivery, delivery_detail AS "deliveryDetail", mail_to AS "mailTo", mail_cc AS "mailCc"
    FROM messages WHERE id = ${messageId} AND team_id = ${teamId}`;
  if (row === undefined) return null;
  const [nameOf, attachments, heldUntil] = await Promise.all([
    actorNames(db, teamId, [authorOf(row)]),
    attachmentsOf(db, teamId, [row.id]),
    heldRepliesOf(db, teamId, [row]),
  ]);
  return toMessageView(row, { nameOf, attachments, heldUntil });
}
