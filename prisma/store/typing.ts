import { z } from 'zod';
import type { SqlDb } from '../transaction.ts';
import { EVENT_CHANNEL } from './team-events.ts';

/** Somebody writes in a conversation right now: told to whoever listens, and kept nowhere. */
const typing = z.object({ teamId: z.string(), conversationId: z.string(), by: z.enum(['visitor', 'operator', 'agent']), name: z.string() });
export type Typing = z.infer<typeof typing>;

/** Tells every api process; the channel is that of the events, whose payloads are ids and never begin with a brace. */
export async function tellTyping(db: SqlDb, { teamId, conversationId, by, name }: Typing): Promise<void> {
  // A payload holds 8,000 bytes; a name that is longer than that is nobody's.
  const payload = JSON.stringify({ teamId, conversationId, by, name: name.slice(0, 200) });
  await db.$queryRaw`SELECT pg_notify(${EVENT_CHANNEL}, ${payload})::text`;
}

/**
 * The same of a conversation's AI agent; false, and nothing is told, where it may not speak or is another one's. The row is held
 * until it is told, so that nobody hears of an agent's writing after the pause that ended it.
 */
export async function tellAgentTyping(db: SqlDb, { teamId, conversationId, agentId }: { teamId: string; conversationId: string; agentId: string }): Promise<boolean> {
  const told = await db.$queryRaw<unknown[]>`
    WITH speaking AS (
      SELECT c.id, a.name FROM conversations c JOIN agents a ON a.id = c.agent_id AND a.team_id = c.team_id
      WHERE c.id = ${conversationId} AND c.team_id = ${teamId} AND c.agent_id = ${agentId} AND NOT c.is_paused FOR SHARE OF c)
    SELECT pg_notify(${EVENT_CHANNEL}, json_build_object('teamId', ${teamId}::text, 'conversationId', id, 'by', 'agent', 'name', left(name, 200))::text)::text FROM speaking`;
  return told.length > 0;
}

/** Null: the payload is something else. */
export function typingIn(payload: string): Typing | null {
  if (!payload.startsWith('{')) return null;
  const parsed = typing.safeParse(JSON.parse(payload));
  return parsed.success ? parsed.data : null;
}
