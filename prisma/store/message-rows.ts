import type { Channel } from '#workflows/domain/channel.ts';
import type { Citation } from './ai-agents/answers.ts';
import type { SqlDb } from '../transaction.ts';

export interface NewMessage {
  readonly id: string;
  readonly teamId: string;
  readonly conversationId: string;
  readonly ticketId?: string | null;
  readonly kind?: 'message' | 'note';
  readonly author: 'customer' | 'agent' | 'operator' | 'baton';
  readonly authorId: string | null;
  readonly channel: Channel;
  readonly text: string;
  readonly quoted?: string;
  readonly automatic?: boolean;
  /** P48: a model helped its writer. */
  readonly aiAssisted?: boolean;
  readonly at: Date;
  /** Seen at once; otherwise nobody sees it until its workflow has accepted it. */
  readonly accepted?: boolean;
  readonly epoch?: number;
  readonly lastSeenMessageId?: string | null;
  readonly citations?: readonly Citation[];
  readonly delivery?: 'pending' | 'suppressed';
  /** Nobody has to be told of it, or has been: the sweeper leaves it alone. */
  readonly handed?: boolean;
  readonly headerId?: string | null;
  readonly mailTo?: readonly string[];
  readonly mailCc?: readonly string[];
  readonly clientId?: string | null;
  /** What it is written in, where that is known. */
  readonly language?: string | null;
  /** P47: what its author wrote, where `text` is a translation of it. */
  readonly source?: { readonly text: string; readonly language: string; readonly translatedBy: { readonly model: string | null; readonly isEdited: boolean } };
}

/**
 * Stores a message's body and takes its position, before anything else learns of it. The id is made from what caused
 * it, so storing it twice is storing it once. Returns whether this call stored it.
 */
export async function insertMessage(db: SqlDb, message: NewMessage): Promise<boolean> {
  const accepted = message.accepted === true ? message.at : null;
  const handed = message.handed ?? (message.author === 'operator' || message.author === 'baton') ? message.at : null;
  const inserted = await db.$executeRaw`
    WITH absent AS (SELECT 1 WHERE NOT EXISTS (SELECT 1 FROM messages WHERE id = ${message.id})),
    taken AS (UPDATE conversations SET next_position = next_position + 1
      WHERE id = ${message.conversationId} AND EXISTS (SELECT 1 FROM absent) RETURNING next_position - 1 AS position)
    INSERT INTO messages (id, team_id, conversation_id, position, ticket_id, kind, author, author_id, channel, text, quoted, automatic,
      created_at, accepted_at, released_at, epoch, last_seen_message_id, delivery, handed_at, header_id, mail_to, mail_cc, citations, client_id, language,
      source_text, source_language, translated_by, ai_assisted, search)
    SELECT ${message.id}, ${message.teamId}, ${message.conversationId}, position, ${message.ticketId ?? null}, ${message.kind ?? 'message'},
      ${message.author}, ${message.authorId}, ${message.channel}, ${message.text}, ${message.quoted ?? ''}, ${message.automatic ?? false},
      ${message.at}, ${accepted}, ${accepted}, ${message.epoch ?? null}::int, ${message.lastSeenMessageId ?? null}, ${message.delivery ?? null},
      ${handed}, ${message.headerId ?? null}, ${[...(message.mailTo ?? [])]}::text[], ${[...(message.mailCc ?? [])]}::text[],
      ${message.citations === undefined || message.citations.length === 0 ? null : JSON.stringify(message.citations)}::jsonb, ${message.clientId ?? null}, ${message.language ?? null},
      ${message.source?.text ?? null}, ${message.source?.language ?? null}, ${message.source === undefined ? null : JSON.stringify(message.source.translatedBy)}::jsonb, ${message.aiAssisted ?? false},
      to_tsvector('simple', left(${message.text}, 100000))
    FROM taken
    ON CONFLICT (id) DO NOTHING`;
  return inserted > 0;
}
