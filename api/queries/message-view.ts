import { z } from 'zod';
import { Prisma } from '#prisma/generated/client.ts';
import type { SqlDb } from '#prisma/transaction.ts';
import { citationsIn } from '#prisma/store/ai-agents/answers.ts';
import type { NameActor } from '#prisma/store/actor-names.ts';
import { deliveryIn } from '#workflows/contract/delivery.ts';
import { AUTHORS } from '#workflows/contract/views.ts';
import type { MessageView } from '#workflows/contract/views.ts';
import { BATON } from '#workflows/domain/actor.ts';
import type { Actor } from '#workflows/domain/actor.ts';
import { channelIn } from '#workflows/domain/channel.ts';
import type { TicketState } from '#workflows/domain/ticket-state.ts';
import { toAttachmentView } from './attachment-view.ts';
import { iso, isoOrNull } from './instants.ts';
import type { TranslationFor } from './translations.ts';

/** A message's row, without its search index. */
export interface StoredMessage {
  readonly id: string;
  readonly position: number;
  readonly ticketId: string | null;
  readonly kind: string;
  readonly author: string;
  readonly authorId: string | null;
  readonly channel: string;
  readonly text: string;
  readonly quoted: string;
  readonly automatic: boolean;
  readonly aiAssisted: boolean;
  readonly createdAt: Date;
  readonly acceptedAt: Date | null;
  readonly releasedAt: Date | null;
  readonly delivery: string | null;
  readonly deliveryDetail: string;
  readonly readAt: Date | null;
  readonly mailTo: string[];
  readonly mailCc: string[];
  readonly citations: unknown;
  readonly language: string | null;
  readonly sourceText: string | null;
  readonly sourceLanguage: string | null;
  readonly translatedBy: unknown;
}

/** Who wrote it; `operator` is a person or a program with a key of the team. */
export function authorOf({ author, authorId }: Pick<StoredMessage, 'author' | 'authorId'>): Actor {
  if (authorId === null) return BATON;
  if (author === 'customer') return { kind: 'requester', id: authorId };
  if (author === 'agent') return { kind: 'agent', id: authorId };
  return authorId.startsWith('key_') ? { kind: 'key', id: authorId } : { kind: 'operator', id: authorId };
}

export interface MessageContext {
  readonly nameOf: NameActor;
  readonly attachments: readonly StoredAttachment[];
  /** Until when an undo can still withdraw a message, by its id. */
  readonly heldUntil: ReadonlyMap<string, number>;
  /** In the reader's language; left out: nobody asked for it. */
  readonly translationFor?: TranslationFor;
}

export interface StoredAttachment {
  readonly id: string;
  readonly messageId: string | null;
  readonly fileName: string;
  readonly mediaType: string;
  readonly size: number;
}

/** SQL: a `StoredAttachment` of `attachments`. */
export const ATTACHMENT_COLUMNS = Prisma.sql`id, message_id AS "messageId", file_name AS "fileName", media_type AS "mediaType", size`;

/** A message as people and programs read it. */
export function toMessageView(row: StoredMessage, { nameOf, attachments, heldUntil, translationFor }: MessageContext): MessageView {
  return {
    id: row.id,
    position: row.position,
    kind: row.kind === 'note' ? 'note' : 'message',
    author: AUTHORS.find((one) => one === row.author) ?? 'baton',
    by: nameOf(authorOf(row)),
    channel: channelIn(row.channel),
    text: row.text,
    quoted: row.quoted,
    automatic: row.automatic,
    aiAssisted: row.aiAssisted,
    createdAt: iso(row.createdAt),
    releasedAt: isoOrNull(row.releasedAt),
    heldUntil: row.releasedAt === null && row.delivery === 'pending' ? isoOrNull(heldUntil.get(row.id)) : null,
    delivery: deliveryIn(row.delivery),
    deliveryDetail: row.deliveryDetail,
    readAt: isoOrNull(row.readAt),
    to: row.mailTo,
    cc: row.mailCc,
    attachments: attachments.filter(({ messageId }) => messageId === row.id).map(toAttachmentView),
    language: row.language,
    translation: translationFor?.(row) ?? null,
    source: sourceOf(row),
    cites: citationsIn(row.citations).map(({ title, passage }) => ({ title, passage })),
  };
}

const translator = z.object({ model: z.string().nullable(), isEdited: z.boolean() });

function sourceOf({ sourceText: text, sourceLanguage: language, translatedBy }: StoredMessage): MessageView['source'] {
  if (text === null || language === null) return null;
  return { text, language, ...(translator.safeParse(translatedBy).data ?? { model: null, isEdited: false }) };
}

/** The attachments of these messages, each message's in its sender's order; one query, none where there are no messages. */
export async function attachmentsOf(db: SqlDb, teamId: string, messageIds: readonly string[]): Promise<StoredAttachment[]> {
  if (messageIds.length === 0) return [];
  return db.$queryRaw<StoredAttachment[]>`
    SELECT ${ATTACHMENT_COLUMNS} FROM attachments WHERE team_id = ${teamId} AND message_id = ANY(${[...messageIds]}::text[]) ORDER BY place, id`;
}

/** Until when the replies of these tickets are held. */
export async function heldRepliesOf(db: SqlDb, teamId: string, messages: readonly StoredMessage[]): Promise<Map<string, number>> {
  const waiting = messages.filter((one) => one.author === 'operator' && one.kind === 'message' && one.releasedAt === null && one.delivery === 'pending');
  const ticketIds = [...new Set(waiting.flatMap(({ ticketId }) => (ticketId === null ? [] : [ticketId])))];
  if (ticketIds.length === 0) return new Map();
  const rows = await db.$queryRaw<{ held: TicketState['held'] }[]>`
    SELECT state->'held' AS held FROM tickets WHERE team_id = ${teamId} AND id = ANY(${ticketIds}::text[])`;
  return heldIn(rows.map(({ held }) => held));
}

/** The instants at which held replies leave, by message. */
export function heldIn(states: readonly TicketState['held'][]): Map<string, number> {
  return new Map(states.flatMap((held) => Object.entries(held).map(([id, { releaseAt }]): [string, number] => [id, releaseAt])));
}

export const MESSAGE_FIELDS = {
  id: true,
  position: true,
  ticketId: true,
  kind: true,
  author: true,
  authorId: true,
  channel: true,
  text: true,
  quoted: true,
  automatic: true,
  aiAssisted: true,
  createdAt: true,
  acceptedAt: true,
  releasedAt: true,
  delivery: true,
  deliveryDetail: true,
  readAt: true,
  mailTo: true,
  mailCc: true,
  citations: true,
  language: true,
  sourceText: true,
  sourceLanguage: true,
  translatedBy: true,
} as const;
