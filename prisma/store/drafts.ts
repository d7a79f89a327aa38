import type { Db } from '../client.ts';

export interface Drafts {
  readonly reply: string;
  readonly note: string;
}

interface Place {
  readonly teamId: string;
  readonly operatorId: string;
  readonly ticketId: string;
}

/** What a person has begun to write on a ticket; empty where nothing. */
export async function readDrafts(db: Db, { teamId, operatorId, ticketId }: Place): Promise<Drafts> {
  const rows = await db.draft.findMany({ where: { teamId, operatorId, ticketId }, select: { kind: true, text: true } });
  const of = (kind: string) => rows.find((row) => row.kind === kind)?.text ?? '';
  return { reply: of('reply'), note: of('note') };
}

/** Keeps a draft; an empty one is none. */
export async function writeDraft(db: Db, { teamId, operatorId, ticketId, kind, text }: Place & { kind: 'reply' | 'note'; text: string }): Promise<void> {
  if (text.trim() === '') {
    await forgetDraft(db, { teamId, operatorId, ticketId, kind });
    return;
  }
  await db.draft.upsert({
    where: { operatorId_ticketId_kind: { operatorId, ticketId, kind } },
    create: { teamId, operatorId, ticketId, kind, text },
    update: { text },
  });
}

/** The draft became a message. */
export async function forgetDraft(db: Db, { teamId, operatorId, ticketId, kind }: Place & { kind: 'reply' | 'note' }): Promise<void> {
  await db.draft.deleteMany({ where: { teamId, operatorId, ticketId, kind } });
}
