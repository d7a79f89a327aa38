import { z } from 'zod';
import type { Actor } from '#workflows/domain/actor.ts';
import { isHuman } from '#workflows/domain/actor.ts';
import { isPausedByHuman, PAUSE_REASONS } from '#workflows/domain/ai-mode.ts';
import type { PauseReason } from '#workflows/domain/ai-mode.ts';
import { Prisma } from '../../generated/client.ts';
import type { SqlDb } from '../../transaction.ts';
import { parseActor } from '../actor-names.ts';

/** An entry of a timeline, as it is stored. */
interface StoredEntry {
  readonly kind: string;
  readonly actor: unknown;
  readonly data: unknown;
}

/** Entries that tell an agent what was done; see `deedIn`. */
export const DEED_KINDS = ['taken_over', 'escalated', 'status_changed'] as const;

const eventData = z.object({ to: z.string().nullish(), cause: z.string().nullish(), reason: z.string().nullish() });

/** What somebody did, as it follows their name; null: nothing that an agent is told. */
export function deedIn({ kind, actor, data }: StoredEntry): string | null {
  const { to, cause, reason } = eventData.safeParse(data).data ?? {};
  switch (kind) {
    case 'taken_over':
      return 'took the conversation over';
    case 'escalated':
      return `asked for a colleague: ${reason ?? ''}`;
    case 'status_changed':
      // What a rule of the desk did says nothing to an agent, and what came of a takeover or a message is said by those.
      return to == null || cause !== 'by_hand' || !isHuman(parseActor(actor)) ? null : `set the ticket to ${to}`;
    default:
      return null;
  }
}

/** SQL: the pause that `t`, an `ai_resumed` of the timeline, has ended. */
export const PAUSE_BEFORE = Prisma.sql`(SELECT p.data->'mode' FROM timeline p WHERE p.conversation_id = t.conversation_id AND p.kind = 'ai_paused' AND p.position < t.position
    ORDER BY p.position DESC LIMIT 1)`;

const storedPause = z.object({ reason: z.enum(PAUSE_REASONS), by: z.unknown() });

/** Whose pause it was; null: a row from before that was written. */
export function pauseIn(mode: unknown): { readonly reason: PauseReason; readonly isHuman: boolean } | null {
  const { data } = storedPause.safeParse(mode);
  if (data === undefined) return null;
  return { reason: data.reason, isHuman: isPausedByHuman({ kind: 'paused', by: parseActor(data.by), reason: data.reason, since: 0 }) };
}

/** P15: a time in which the AI was silent is over, and what was done in it. */
export interface HandBack {
  readonly ticketId: string;
  readonly at: Date;
  /** Null: it is not known any more. */
  readonly since: Date | null;
  readonly by: Actor;
  /** Why it was silent: `escalated` is its own asking, and then perhaps nobody came. */
  readonly reason: PauseReason | null;
  readonly done: readonly { readonly at: Date; readonly by: Actor; readonly what: string }[];
}

interface StoredHandBack {
  readonly ticketId: string;
  readonly actor: unknown;
  readonly at: Date;
  readonly data: unknown;
  readonly pause: unknown;
  readonly deeds: unknown;
}

const resumed = z.object({ pausedSince: z.number().nullable() });
const storedDeeds = z.array(z.object({ kind: z.string(), actor: z.unknown(), at: z.string().transform((text) => new Date(text)), data: z.unknown() }));
/** So many of the newest; nobody does more while they have a conversation. */
const MOST_DEEDS = 100;

/** The newest hand-back of a conversation, the same for every kind of agent; null: there was none. */
export async function lastHandBack(db: SqlDb, { teamId, conversationId }: { teamId: string; conversationId: string }): Promise<HandBack | null> {
  const [row] = await db.$queryRaw<StoredHandBack[]>`
    SELECT t.ticket_id AS "ticketId", t.actor, t.at, t.data, ${PAUSE_BEFORE} AS pause,
      (SELECT jsonb_agg(jsonb_build_object('kind', e.kind, 'actor', e.actor, 'at', e.at, 'data', e.data) ORDER BY e.position) FROM (
        SELECT kind, actor, at, data, position FROM timeline d
        WHERE d.conversation_id = t.conversation_id AND d.kind = ANY(${[...DEED_KINDS]}::text[]) AND d.position < t.position ORDER BY d.position DESC LIMIT ${MOST_DEEDS}::int) e) AS deeds
    FROM timeline t
    WHERE t.conversation_id = ${conversationId} AND t.team_id = ${teamId} AND t.kind = 'ai_resumed' AND t.ticket_id IS NOT NULL ORDER BY t.position DESC LIMIT 1`;
  if (row === undefined) return null;
  const since = resumed.safeParse(row.data).data?.pausedSince ?? null;
  const done = (storedDeeds.safeParse(row.deeds ?? []).data ?? []).flatMap((deed) => {
    const what = deed.at.getTime() >= (since ?? 0) ? deedIn(deed) : null;
    return what === null ? [] : [{ at: deed.at, by: parseActor(deed.actor), what }];
  });
  return { ticketId: row.ticketId, at: row.at, since: since === null ? null : new Date(since), by: parseActor(row.actor), reason: pauseIn(row.pause)?.reason ?? null, done };
}

/** Whose names it takes to tell it. */
export function actorsIn(handBack: HandBack | null): Actor[] {
  return handBack === null ? [] : [handBack.by, ...handBack.done.map(({ by }) => by)];
}
