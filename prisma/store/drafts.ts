import type { AttachmentView } from '#workflows/contract/views.ts';
import type { Db } from '../client.ts';

export interface Drafts {
  readonly reply: Draft;
  readonly note: Draft;
}

interface Draft {
  readonly text: string;
  /** Files that its writer uploaded and that no message has, in their order. */
  readonly files: readonly Omit<AttachmentView, 'url'>[];
}

interface Place {
  readonly teamId: string;
  readonly operatorId: string;
  readonly ticketId: string;
}

/** What a person has begun to write on a ticket; empty where nothing. */
export async function readDrafts(db: Db, { teamId, operatorId, ticketId }: Place): Promise<Drafts> {
  const rows = await db.draft.findMany({ where: { teamId, operatorId, ticketId }, select: { kind: true, text: true, attachments: true } });
  const ids = rows.flatMap(({ attachments }) => attachments);
  const files = ids.length === 0 ? [] : await db.attachment.findMany({ where: { id: { in: ids }, teamId, uploadedBy: operatorId, messageId: null }, select: { id: true, fileName: true, mediaType: true, size: true } });
  const of = (kind: string): Draft => {
    const row = rows.find((one) => one.kind === kind);
    return { text: row?.text ?? '', files: (row?.attachments ?? []).flatMap((id) => files.filter((file) => file.id === id)) };
  };
  return { reply: of('reply'), note: of('note') };
}

/** Keeps a draft; one without text and files is none. */
export async function writeDraft(db: Db, { teamId, operatorId, ticketId, kind, text, attachments }: Place & { kind: 'reply' | 'note'; text: string; attachments: readonly string[] }): Promise<void> {
  if (text.trim() === '' && attachments.length === 0) {
    await forgetDraft(db, { teamId, operatorId, ticketId, kind });
    return;
  }
  const kept = { text, attachments: [...attachments] };
  await db.draft.upsert({
    where: { operatorId_ticketId_kind: { operatorId, ticketId, kind } },
    create: { teamId, operatorId, ticketId, kind, ...kept },
    update: kept,
  });
}

/** The draft became a message. */
export async function forgetDraft(db: Db, { teamId, operatorId, ticketId, kind }: Place & { kind: 'reply' | 'note' }): Promise<void> {
  await db.draft.deleteMany({ where: { teamId, operatorId, ticketId, kind } });
}
