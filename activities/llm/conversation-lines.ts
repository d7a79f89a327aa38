import type { Db } from '#prisma/client.ts';
import { actorNames } from '#store/actor-names.ts';
import type { Actor } from '#workflows/domain/actor.ts';
import { whatFits } from '../agents/what-fits.ts';

/** One message as a model is shown it; `alias` is the only name that it is given for it. */
export interface ConversationLine {
  readonly alias: string;
  readonly id: string;
  readonly position: number;
  readonly from: 'customer' | 'ai' | 'colleague' | 'automatic' | 'note';
  readonly name: string;
  readonly text: string;
  readonly at: Date;
}

export interface ReadConversation {
  readonly subject: string;
  readonly requester: string;
  readonly lines: readonly ConversationLine[];
  /** Older messages were left out. */
  readonly isCut: boolean;
}

const MOST_MESSAGES = 60;
const LONGEST_TEXT = 4_000;

/** What was said in a conversation, the newest messages of it, oldest first. Notes only where they are asked for (P39, P48). */
export async function readConversation(db: Db, { teamId, conversationId, readsNotes = false }: { teamId: string; conversationId: string; readsNotes?: boolean }): Promise<ReadConversation> {
  const [conversation, rows] = await Promise.all([
    db.conversation.findFirstOrThrow({ where: { id: conversationId, teamId }, select: { subject: true, requesterId: true } }),
    db.message.findMany({
      where: {
        teamId,
        conversationId,
        acceptedAt: { not: null },
        OR: [{ kind: 'message', releasedAt: { not: null }, OR: [{ delivery: null }, { delivery: { notIn: ['suppressed', 'cancelled'] } }] }, ...(readsNotes ? [{ kind: 'note' }] : [])],
      },
      orderBy: { position: 'desc' },
      take: MOST_MESSAGES,
      select: { id: true, position: true, kind: true, author: true, authorId: true, automatic: true, text: true, createdAt: true },
    }),
  ]);
  const requester = await db.requester.findFirst({ where: { id: conversation.requesterId, teamId }, select: { name: true } });
  const nameOf = await actorNames(db, teamId, rows.map(actorOf));
  const kept = whatFits(rows.map((row) => ({ ...row, text: row.text.slice(0, LONGEST_TEXT) }))).reverse();
  return {
    subject: conversation.subject,
    requester: requester?.name ?? '',
    lines: kept.map((row, index) => ({ alias: `m${index + 1}`, id: row.id, position: row.position, from: fromOf(row), name: nameOf(actorOf(row)).name, text: row.text, at: row.createdAt })),
    isCut: kept.length < rows.length || rows.length === MOST_MESSAGES,
  };
}

/** JSON lines, in which no text can pass for a line of somebody else. */
export function conversationAsJson({ subject, requester, lines, isCut }: ReadConversation): string {
  return [
    `The conversation with ${JSON.stringify(requester)} about ${JSON.stringify(subject)}, one JSON object per line, oldest first:`,
    ...(isCut ? [JSON.stringify({ event: 'older messages were left out' })] : []),
    ...lines.map(({ alias, from, name, text, at }) => JSON.stringify({ id: alias, at: at.toISOString(), from, name, text })),
  ].join('\n');
}

interface Row {
  readonly kind: string;
  readonly author: string;
  readonly authorId: string | null;
  readonly automatic: boolean;
}

function fromOf({ kind, author, automatic }: Row): ConversationLine['from'] {
  if (kind === 'note') return 'note';
  if (author === 'customer') return 'customer';
  if (author === 'agent') return 'ai';
  return automatic || author === 'baton' ? 'automatic' : 'colleague';
}

function actorOf({ author, authorId }: Row): Actor {
  if (authorId === null) return { kind: 'baton' };
  if (author === 'customer') return { kind: 'requester', id: authorId };
  if (author === 'agent') return { kind: 'agent', id: authorId };
  return authorId.startsWith('key_') ? { kind: 'key', id: authorId } : { kind: 'operator', id: authorId };
}
