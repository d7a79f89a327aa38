import type { Db } from '#prisma/client.ts';
import { actorNames } from '#prisma/store/actor-names.ts';
import type { MessageView } from '#workflows/contract/views.ts';
import { attachmentsOf, authorOf, heldRepliesOf, MESSAGE_FIELDS, toMessageView } from './message-view.ts';

/** One message of the team for a command's answer; null where there is none. */
export async function readMessageView(db: Db, teamId: string, messageId: string): Promise<MessageView | null> {
  const row = await db.message.findFirst({ where: { id: messageId, teamId }, select: MESSAGE_FIELDS });
  if (row === null) return null;
  const [nameOf, attachments, heldUntil] = await Promise.all([
    actorNames(db, teamId, [authorOf(row)]),
    attachmentsOf(db, teamId, [row.id]),
    heldRepliesOf(db, teamId, [row]),
  ]);
  return toMessageView(row, { nameOf, attachments, heldUntil });
}
