import { z } from 'zod';
import type { SqlDb } from '../transaction.ts';
import { EVENT_CHANNEL } from './team-events.ts';

/** Somebody writes in a conversation right now: told to whoever listens, and kept nowhere. */
const typing = z.object({ teamId: z.string(), conversationId: z.string(), by: z.enum(['visitor', 'operator']), name: z.string() });
export type Typing = z.infer<typeof typing>;

/** Tells every api process; the channel is that of the events, whose payloads are ids and never begin with a brace. */
export async function tellTyping(db: SqlDb, { teamId, conversationId, by, name }: Typing): Promise<void> {
  // A payload holds 8,000 bytes; a name that is longer than that is nobody's.
  const payload = JSON.stringify({ teamId, conversationId, by, name: name.slice(0, 200) });
  await db.$queryRaw`SELECT pg_notify(${EVENT_CHANNEL}, ${payload})::text`;
}

/** Null: the payload is something else. */
export function typingIn(payload: string): Typing | null {
  if (!payload.startsWith('{')) return null;
  const parsed = typing.safeParse(JSON.parse(payload));
  return parsed.success ? parsed.data : null;
}
