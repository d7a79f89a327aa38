import type { AgentKind } from '#workflows/contract/agent-kind.ts';
import type { Db, PrismaClient } from '../../client.ts';
import { Prisma } from '../../generated/client.ts';

/** The channel that workers listen on: `<team> <conversation> <epoch> <TurnNewsKind>`. */
export const TURN_CHANNEL = 'baton_ai_turns';

/** What a turn answers; `<epoch>:<last customer message>` marks it. */
const MARK = Prisma.sql`c.epoch || ':' || c.last_customer_message_id`;

/** Somebody wrote; or the mode changed, and there is something to answer (`due`) or there is not (`stop`). */
export type TurnNewsKind = 'wrote' | 'due' | 'stop';

/** SQL: whether Baton runs the agent of conversation `c`. */
const RUNS_TURNS = Prisma.sql`EXISTS (SELECT 1 FROM agents a WHERE a.id = c.agent_id AND a.kind <> 'external')`;

/**
 * SQL, to be selected in the statement that writes conversation `c` where `when` holds: has its turn told once the
 * transaction is committed. What nobody hears (no worker was there) the sweeper finds by its marks.
 */
export function tellTurn({ when, news }: { when: Prisma.Sql; news: Prisma.Sql }): Prisma.Sql {
  return Prisma.sql`CASE WHEN ${when} AND ${RUNS_TURNS}
    THEN pg_notify(${TURN_CHANNEL}, c.team_id || ' ' || c.id || ' ' || c.epoch || ' ' || ${news})::text END`;
}

/** A turn that somebody has to take. */
export interface DueTurn {
  readonly agentId: string;
  readonly kind: AgentKind;
  readonly epoch: number;
  readonly lastSeenMessage: string;
  /** The newest unanswered message, and the oldest. */
  readonly newestAt: Date;
  readonly oldestAt: Date;
  /** Its ticket, where it has one, knows of the newest: what it decides about the AI is written. */
  readonly isHanded: boolean;
}

/**
 * Notes that the conversation's workflow has picked its turn up, and says what there is to answer; null: nothing, or
 * nothing any more. Twice is once.
 */
export async function beginTurn(db: Db, { teamId, conversationId }: { teamId: string; conversationId: string }): Promise<DueTurn | null> {
  const rows = await db.$queryRaw<DueTurn[]>`
    UPDATE conversations c SET turn_begun = ${MARK}
    FROM agents a, messages m
    WHERE c.id = ${conversationId} AND c.team_id = ${teamId} AND a.id = c.agent_id AND a.kind <> 'external' AND m.id = c.last_customer_message_id
      AND NOT c.is_paused AND c.unanswered_since IS NOT NULL AND c.turn_ended IS DISTINCT FROM ${MARK}
    RETURNING c.agent_id AS "agentId", a.kind, c.epoch, c.last_customer_message_id AS "lastSeenMessage", m.created_at AS "newestAt", c.unanswered_since AS "oldestAt",
      m.handed_at IS NOT NULL AS "isHanded"`;
  return rows[0] ?? null;
}

/** Notes that a turn ended, however it ended: nobody takes it again. */
export async function endTurn(db: Db, { conversationId, epoch, lastSeenMessage }: { conversationId: string; epoch: number; lastSeenMessage: string }): Promise<void> {
  // One that is no longer the conversation's needs no mark, and must not take a newer one's.
  await db.$executeRaw`UPDATE conversations c SET turn_ended = ${MARK} WHERE c.id = ${conversationId} AND ${MARK} = ${`${epoch}:${lastSeenMessage}`}`;
}

/** Conversations whose turn is due since before `before` and that no workflow has picked up. */
export async function turnsLeft(prisma: PrismaClient, { teamId, before, limit }: { teamId: string; before: Date; limit: number }): Promise<{ conversationId: string; epoch: number }[]> {
  return prisma.$queryRaw`
    SELECT c.id AS "conversationId", c.epoch FROM agents a JOIN conversations c ON c.team_id = a.team_id AND c.agent_id = a.id
    WHERE a.team_id = ${teamId} AND a.kind <> 'external' AND NOT c.is_paused AND c.unanswered_since < ${before}
      AND c.last_customer_message_id IS NOT NULL AND c.turn_begun IS DISTINCT FROM ${MARK} AND c.turn_ended IS DISTINCT FROM ${MARK}
    ORDER BY c.unanswered_since LIMIT ${limit}::int`;
}

/** What waited for another kind of agent since before `before` is none of the new one's business. */
export async function leaveOldTurns(db: Db, { teamId, agentId, before }: { teamId: string; agentId: string; before: Date }): Promise<void> {
  await db.$executeRaw`
    UPDATE conversations c SET turn_ended = ${MARK}
    WHERE c.team_id = ${teamId} AND c.agent_id = ${agentId} AND NOT c.is_paused AND c.unanswered_since < ${before} AND c.last_customer_message_id IS NOT NULL`;
}

/**
 * SQL: conversation `c` waits for an external agent since before `before`, not longer than since `after`, and neither a ticket nor
 * a flag says so to people. What a ticket had that is finished by now was somebody's decision, and not the agent's silence.
 */
const awaits = ({ teamId, after, before }: { teamId: string; after: Date; before: Date }) => Prisma.sql`
  c.team_id = ${teamId} AND a.kind = 'external' AND NOT c.is_paused AND c.unanswered_since > ${after} AND c.unanswered_since <= ${before}
    AND c.open_ticket_id IS NULL AND c.flagged_at IS NULL AND c.last_customer_message_id IS NOT NULL AND c.turn_ended IS DISTINCT FROM ${MARK}
    AND NOT EXISTS (SELECT 1 FROM tickets t WHERE t.id = c.last_ticket_id AND t.updated_at >= c.unanswered_since)`;

/** External agents for which customers without a ticket wait. */
export async function agentsAwaited(prisma: PrismaClient, when: { teamId: string; after: Date; before: Date }): Promise<string[]> {
  const rows = await prisma.$queryRaw<{ id: string }[]>`
    SELECT a.id FROM agents a WHERE a.team_id = ${when.teamId} AND EXISTS (SELECT 1 FROM conversations c WHERE c.agent_id = a.id AND ${awaits(when)}) ORDER BY a.id`;
  return rows.map(({ id }) => id);
}

/** What such an agent has left unanswered, the longest waiting first. */
export async function turnsMissed(prisma: PrismaClient, { agentId, limit, ...when }: { teamId: string; agentId: string; after: Date; before: Date; limit: number }): Promise<{ conversationId: string; epoch: number; lastSeenMessage: string }[]> {
  return prisma.$queryRaw`
    SELECT c.id AS "conversationId", c.epoch, c.last_customer_message_id AS "lastSeenMessage" FROM agents a JOIN conversations c ON c.team_id = a.team_id AND c.agent_id = a.id
    WHERE a.id = ${agentId} AND ${awaits(when)} ORDER BY c.unanswered_since LIMIT ${limit}::int`;
}
