import { z } from 'zod';
import type { Db } from '#prisma/client.ts';
import { actorNames, parseActor } from '#store/actor-names.ts';
import { DEED_KINDS, deedIn, HAND_BACK, readHandBack } from '#store/ai-agents/hand-back.ts';
import { deliveryIn } from '#workflows/contract/delivery.ts';
import type { Delivery } from '#workflows/contract/delivery.ts';
import type { Actor } from '#workflows/domain/actor.ts';
import { channelIn } from '#workflows/domain/channel.ts';
import type { Channel } from '#workflows/domain/channel.ts';
import { whatFits } from './what-fits.ts';

/** A file that came with a message: what it is called and said to be, never what is in it. */
interface AttachedFile {
  readonly name: string;
  readonly mediaType: string;
}

/** One thing that was said or done, as an agent is told it. */
export type HistoryLine =
  | { readonly kind: 'said'; readonly id: string; readonly from: 'customer' | 'agent' | 'colleague' | 'automatic'; readonly name: string | null; /** A mail may belong to a chat. */ readonly channel: Channel; readonly text: string; readonly attachments: readonly AttachedFile[]; readonly at: Date; /** Null: it is the customer's, or was never to be delivered. */ readonly delivery: Delivery | null }
  | { readonly kind: 'note'; readonly name: string | null; readonly text: string; readonly attachments: readonly AttachedFile[]; readonly at: Date }
  | { readonly kind: 'done'; readonly name: string | null; readonly what: string; readonly at: Date }
  /** P15: the silence that began at `since` has ended. */
  | { readonly kind: 'hand_back'; readonly name: string | null; readonly since: Date | null; readonly hadPeople: boolean; readonly at: Date };

export interface History {
  readonly subject: string;
  /** The one on which the agent answers. */
  readonly channel: Channel;
  readonly requester: string;
  readonly lines: readonly HistoryLine[];
  /** Older lines were left out. */
  readonly isCut: boolean;
}

const MOST_LINES = 300;
/** Of one message. */
const MOST_FILES = 20;

interface StoredLine {
  readonly id: string | null;
  readonly kind: string;
  readonly author: string | null;
  readonly channel: string | null;
  readonly actor: unknown;
  readonly text: string;
  readonly automatic: boolean;
  readonly delivery: string | null;
  readonly data: unknown;
  readonly at: Date;
  readonly attachments: unknown;
}

/**
 * A conversation up to the message that a turn answers, oldest first: what reached both sides, what people did while
 * they had it, and where they gave it back. Notes only where the agent may read them (P39).
 */
export async function readHistory(
  db: Db,
  { teamId, conversationId, upTo, readsNotes }: { teamId: string; conversationId: string; upTo: string; readsNotes: boolean },
): Promise<History> {
  const [conversation, read] = await Promise.all([
    db.conversation.findFirstOrThrow({ where: { id: conversationId, teamId }, select: { subject: true, channel: true, requesterId: true } }),
    readLines(db, { teamId, conversationId, upTo, readsNotes }),
  ]);
  const hasOlder = read.length > MOST_LINES;
  const rows = read.slice(0, MOST_LINES);
  const requester = await db.requester.findFirst({ where: { id: conversation.requesterId, teamId }, select: { name: true } });
  const nameOf = await actorNames(db, teamId, rows.map(actorOf));
  const kept = whatFits(rows);
  const lines = kept.reverse().flatMap((row) => lineOf(row, nameOf(actorOf(row)).name));
  return { subject: conversation.subject, channel: channelIn(conversation.channel), requester: requester?.name ?? '', lines, isCut: kept.length < rows.length || hasOlder };
}

/** The newest first, and one more than are told: then there are older ones. A later message of the customer is the next turn's; what people wrote meanwhile is known. */
async function readLines(db: Db, { teamId, conversationId, upTo, readsNotes }: Parameters<typeof readHistory>[1]): Promise<StoredLine[]> {
  return db.$queryRaw<StoredLine[]>`
    WITH last AS (SELECT position FROM messages WHERE id = ${upTo} AND conversation_id = ${conversationId})
    SELECT * FROM (
      SELECT m.id, m.kind, m.author, m.channel, CASE WHEN m.author_id IS NULL THEN NULL ELSE jsonb_build_object('kind',
          CASE WHEN m.author = 'customer' THEN 'requester' WHEN m.author = 'agent' THEN 'agent' WHEN m.author_id LIKE 'key\\_%' THEN 'key' ELSE 'operator' END, 'id', m.author_id) END AS actor,
        m.text, m.automatic, m.delivery, NULL::jsonb AS data, coalesce(m.released_at, m.created_at) AS at, m.position,
        (SELECT jsonb_agg(jsonb_build_object('name', f.file_name, 'mediaType', f.media_type)) FROM
          (SELECT a.file_name, a.media_type FROM attachments a WHERE a.message_id = m.id AND a.team_id = m.team_id ORDER BY a.place, a.id LIMIT ${MOST_FILES}::int) f) AS attachments
      FROM messages m, last WHERE m.conversation_id = ${conversationId} AND m.team_id = ${teamId} AND m.accepted_at IS NOT NULL
        AND (m.kind = 'message' AND m.released_at IS NOT NULL AND coalesce(m.delivery, '') NOT IN ('suppressed', 'cancelled') OR m.kind = 'note' AND ${readsNotes})
        AND (m.author <> 'customer' OR m.position <= last.position)
      UNION ALL
      SELECT NULL, t.kind, NULL, NULL, t.actor, '', false, NULL, CASE WHEN t.kind = 'ai_resumed' THEN ${HAND_BACK} ELSE t.data END, t.at, t.position, NULL::jsonb
      FROM timeline t WHERE t.conversation_id = ${conversationId} AND t.team_id = ${teamId} AND t.kind = ANY(${['ai_resumed', ...DEED_KINDS]}::text[])
    ) AS lines ORDER BY position DESC LIMIT ${MOST_LINES + 1}::int`;
}

function actorOf({ actor }: StoredLine): Actor {
  return actor === null ? { kind: 'baton' } : parseActor(actor);
}

const filesOf = z.array(z.object({ name: z.string(), mediaType: z.string() }));

function lineOf({ id, kind, author, channel, actor, text, automatic, delivery, data, at, attachments: stored }: StoredLine, name: string): HistoryLine[] {
  const attachments = filesOf.safeParse(stored).data ?? [];
  const by = actor === null ? null : name;
  switch (kind) {
    case 'message':
      return [{ kind: 'said', id: id ?? '', from: author === 'customer' ? 'customer' : author === 'agent' ? 'agent' : automatic ? 'automatic' : 'colleague', name: by, channel: channelIn(channel), text, attachments, at, delivery: deliveryIn(delivery) }];
    case 'note':
      return [{ kind: 'note', name: by, text, attachments, at }];
    case 'ai_resumed': {
      const { since, hadPeople } = readHandBack(data);
      return [{ kind: 'hand_back', name: by, since, hadPeople, at }];
    }
    default: {
      const what = deedIn({ kind, actor, data });
      return what === null ? [] : [{ kind: 'done', name: by, what, at }];
    }
  }
}
