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

/** So many of the newest; nobody does more while they have a conversation. */
const MOST_DEEDS = 100;

/** SQL: when the silence began that `t`, an `ai_resumed` of the timeline, has ended; null: it is not known any more. */
const SINCE = Prisma.sql`to_timestamp((t.data->>'pausedSince')::numeric / 1000)`;

/**
 * SQL: what `readHandBack` takes of `t`, an `ai_resumed`: the pause that it has ended, what was done in it, and whether a person
 * wrote in it. A note counts although an agent may not read it: whoever wrote it was there.
 */
export const HAND_BACK = Prisma.sql`jsonb_build_object(
    'pausedSince', t.data->'pausedSince',
    'pause', (SELECT p.data->'mode' FROM timeline p WHERE p.conversation_id = t.conversation_id AND p.kind = 'ai_paused' AND p.position < t.position ORDER BY p.position DESC LIMIT 1),
    'deeds', (SELECT jsonb_agg(jsonb_build_object('kind', e.kind, 'actor', e.actor, 'at', e.at, 'data', e.data) ORDER BY e.position) FROM (
      SELECT d.kind, d.actor, d.at, d.data, d.position FROM timeline d
      WHERE d.conversation_id = t.conversation_id AND d.kind = ANY(${[...DEED_KINDS]}::text[]) AND d.position < t.position AND (${SINCE} IS NULL OR d.at >= ${SINCE})
      ORDER BY d.position DESC LIMIT ${MOST_DEEDS}::int) e),
    'wrote', EXISTS (SELECT 1 FROM messages m WHERE m.conversation_id = t.conversation_id AND m.author = 'operator' AND NOT m.automatic AND m.accepted_at IS NOT NULL
      AND (m.kind = 'note' OR m.released_at IS NOT NULL AND m.delivery IS DISTINCT FROM 'cancelled')
      AND (${SINCE} IS NULL OR coalesce(m.released_at, m.created_at) >= ${SINCE}) AND coalesce(m.released_at, m.created_at) <= t.at))`;

/** P15: a time in which the AI was silent is over, and what people did in it. */
export interface Silence {
  /** Null: it is not known any more. */
  readonly since: Date | null;
  /** Why it was silent; null: a row from before that was written. */
  readonly reason: PauseReason | null;
  /** It was a person's pause, or one wrote or did something in it. False: nobody came, and the customer is still the AI's. */
  readonly hadPeople: boolean;
  readonly done: readonly { readonly at: Date; readonly by: Actor; readonly what: string }[];
}

const storedPause = z.object({ reason: z.enum(PAUSE_REASONS), by: z.unknown() }).nullable().catch(null);
const storedDeeds = z.array(z.object({ kind: z.string(), actor: z.unknown(), at: z.string().transform((text) => new Date(text)), data: z.unknown() }));
const storedSilence = z.object({ pausedSince: z.number().nullable().catch(null), pause: storedPause, deeds: storedDeeds.nullable(), wrote: z.boolean() });

/** What a `HAND_BACK` says. The one place that judges whether anybody came. */
export function readHandBack(stored: unknown): Silence {
  const { pausedSince, pause, deeds, wrote } = storedSilence.parse(stored);
  const since = pausedSince === null ? null : new Date(pausedSince);
  const done = (deeds ?? []).flatMap((deed) => {
    const by = parseActor(deed.actor);
    const what = isPeoples(deed, { by, since }) ? deedIn(deed) : null;
    return what === null ? [] : [{ at: deed.at, by, what }];
  });
  return { since, reason: pause?.reason ?? null, hadPeople: pause === null || isHumans(pause) || wrote || done.length > 0, done };
}

/** To ask for a colleague is not to come: neither the agent's own asking counts, nor whoever's began the silence. */
function isPeoples({ kind, at }: { kind: string; at: Date }, { by, since }: { by: Actor; since: Date | null }): boolean {
  return isHuman(by) && (kind !== 'escalated' || since === null || at > since);
}

function isHumans({ by, reason }: { by?: unknown; reason: PauseReason }): boolean {
  return isPausedByHuman({ kind: 'paused', by: parseActor(by), reason, since: 0 });
}

/** The newest of them, and who ended it. */
export interface HandBack extends Silence {
  readonly ticketId: string;
  readonly at: Date;
  readonly by: Actor;
}

interface StoredHandBack {
  readonly ticketId: string;
  readonly actor: unknown;
  readonly at: Date;
  readonly silence: unknown;
}

/** The newest hand-back of a conversation, the same for every kind of agent; null: there was none. */
export async function lastHandBack(db: SqlDb, { teamId, conversationId }: { teamId: string; conversationId: string }): Promise<HandBack | null> {
  const [row] = await db.$queryRaw<StoredHandBack[]>`
    SELECT t.ticket_id AS "ticketId", t.actor, t.at, ${HAND_BACK} AS silence
    FROM timeline t
    WHERE t.conversation_id = ${conversationId} AND t.team_id = ${teamId} AND t.kind = 'ai_resumed' AND t.ticket_id IS NOT NULL ORDER BY t.position DESC LIMIT 1`;
  return row === undefined ? null : { ticketId: row.ticketId, at: row.at, by: parseActor(row.actor), ...readHandBack(row.silence) };
}

/** Whose names it takes to tell it. */
export function actorsIn(handBack: HandBack | null): Actor[] {
  return handBack === null ? [] : [handBack.by, ...handBack.done.map(({ by }) => by)];
}
