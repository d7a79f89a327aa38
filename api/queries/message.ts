import type { SqlDb } from '#prisma/transaction.ts';
import type { NameActor } from '#prisma/store/actor-names.ts';
import type { MessageView } from '#workflows/contract/views.ts';
import { ATTACHMENT_COLUMNS, heldRepliesOf, toMessageView } from './message-view.ts';
import type { StoredAttachment, StoredMessage } from './message-view.ts';

/** One message of the team for a command's answer; null where there is none. */
export async function readMessageView(db: SqlDb, teamId: string, messageId: string): Promise<MessageView | null> {
  const rows = await db.$queryRaw<(StoredMessage & { authorName: string | null; attachments: StoredAttachment[] | null })[]>`
    SELECT m.id, m.position, m.ticket_id AS "ticketId", m.kind, m.author, m.author_id AS "authorId", m.channel, m.text, m.quoted, m.automatic, m.ai_assisted AS "aiAssisted",
      m.created_at AS "createdAt", m.accepted_at AS "acceptedAt", m.released_at AS "releasedAt", m.delivery, m.delivery_detail AS "deliveryDetail", m.read_at AS "readAt",
      m.mail_to AS "mailTo", m.mail_cc AS "mailCc", m.citations, m.language,
      m.source_text AS "sourceText", m.source_language AS "sourceLanguage", m.translated_by AS "translatedBy",
      coalesce(op.name, k.name, ag.name, rq.name) AS "authorName",
      (SELECT json_agg(a) FROM (SELECT ${ATTACHMENT_COLUMNS} FROM attachments WHERE message_id = m.id AND team_id = m.team_id ORDER BY place, id) a) AS attachments
    FROM messages m
    LEFT JOIN operators op ON op.id = m.author_id
    LEFT JOIN api_keys k ON k.id = m.author_id
    LEFT JOIN agents ag ON ag.id = m.author_id
    LEFT JOIN requesters rq ON rq.id = m.author_id
    WHERE m.id = ${messageId} AND m.team_id = ${teamId}`;
  const row = rows[0];
  if (row === undefined) return null;
  const nameOf: NameActor = (actor) => (actor.kind === 'baton' ? { kind: 'baton', id: null, name: 'Baton' } : { kind: actor.kind, id: actor.id, name: row.authorName ?? actor.id });
  return toMessageView(row, { nameOf, attachments: row.attachments ?? [], heldUntil: await heldRepliesOf(db, teamId, [row]) });
}
