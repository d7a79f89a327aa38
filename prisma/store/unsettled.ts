import type { TicketInput } from '#workflows/contract/ticket-messages.ts';
import type { PrismaClient } from '../client.ts';
import { forgetOldAnswers } from './ai-agents/answers.ts';
import { turnsLeft } from './ai-agents/turns.ts';
import { forgetOldTexts, translationsLeft } from './translations.ts';
import { forgetOldDeliveries } from './webhooks/deliveries.ts';
import { streamsLeft } from './webhooks/drain.ts';
import type { Stream } from './webhooks/drain.ts';
import { forgetOldWidgetClaims } from './widgets/claims.ts';

export interface PendingReopening {
  readonly teamId: string;
  readonly conversationId: string;
  readonly ticketId: string;
  readonly generation: number;
  readonly updateId: string;
}

export interface Unsettled {
  readonly births: readonly TicketInput[];
  readonly reopenings: readonly PendingReopening[];
  readonly mails: readonly { teamId: string; mailId: string; hash: string }[];
  readonly customerMessages: readonly string[];
  readonly aiMessages: readonly string[];
  /** People's replies in web chats that nobody follows. */
  readonly widgetReplies: readonly string[];
  /** Active tickets of people who work tickets no longer: whose access was taken away, or who may only read. The router gives them to others. */
  readonly leftBehind: readonly { ticketId: string; operatorId: string; assignmentEpoch: number }[];
  /** Webhooks that nobody sends. */
  readonly streams: readonly Stream[];
  /** Conversations that an agent of ours is to answer, and does not. */
  readonly turns: readonly { conversationId: string; epoch: number }[];
  /** Messages that somebody wants to read in another language. */
  readonly translations: readonly { translationId: string; askedAt: number }[];
}

/** At most this many of each a round: what is more waits for the next. */
const BATCH = 100;

/**
 * Every row of the team that was stored before `before` and that nobody has picked up. One look after the other: this
 * comes round every few seconds, and looks side by side would keep a connection each open for good.
 */
export async function unsettled(prisma: PrismaClient, { teamId, before }: { teamId: string; before: Date }): Promise<Unsettled> {
  const generations = await prisma.$queryRaw<{ command: TicketInput | { reopening: true }; conversation_id: string; ticket_id: string; generation: number; update_id: string }[]>`
    SELECT command, conversation_id, ticket_id, generation, update_id FROM generations
    WHERE state = 'pending' AND created_at < ${before} AND team_id = ${teamId} ORDER BY created_at LIMIT ${BATCH}`;
  const mails = await prisma.inboundMail.findMany({
    where: { teamId, settledAt: null, receivedAt: { lt: before } },
    orderBy: { receivedAt: 'asc' },
    take: BATCH,
    select: { id: true, hash: true },
  });
  const messages = await prisma.message.findMany({
    where: { teamId, handedAt: null, kind: 'message', author: { in: ['customer', 'agent', 'operator'] }, createdAt: { lt: before } },
    orderBy: { createdAt: 'asc' },
    take: BATCH,
    select: { id: true, author: true },
  });
  const leftBehind = await prisma.$queryRaw<{ id: string; assignee_id: string; epoch: number }[]>`
    SELECT t.id, t.assignee_id, (t.state->>'assignmentEpoch')::int AS epoch FROM operators o
    JOIN tickets t ON t.team_id = o.team_id AND t.assignee_id = o.id AND t.is_active
    WHERE o.team_id = ${teamId} AND (o.disabled_at IS NOT NULL OR o.role = 'viewer') LIMIT ${BATCH}`;
  const streams = await streamsLeft(prisma, { teamId, before });
  const translations = await translationsLeft(prisma, { teamId, before, limit: BATCH });
  const turns = await turnsLeft(prisma, { teamId, before, limit: BATCH });
  return {
    births: generations.flatMap(({ command }) => ('reopening' in command ? [] : [command])),
    reopenings: generations.flatMap((row) =>
      'reopening' in row.command
        ? [{ teamId, conversationId: row.conversation_id, ticketId: row.ticket_id, generation: row.generation, updateId: row.update_id }]
        : [],
    ),
    mails: mails.map(({ id, hash }) => ({ teamId, mailId: id, hash })),
    customerMessages: messages.filter(({ author }) => author === 'customer').map(({ id }) => id),
    streams,
    turns,
    translations,
    leftBehind: leftBehind.map(({ id, assignee_id, epoch }) => ({ ticketId: id, operatorId: assignee_id, assignmentEpoch: epoch })),
    widgetReplies: messages.filter(({ author }) => author === 'operator').map(({ id }) => id),
    aiMessages: messages.filter(({ author }) => author === 'agent').map(({ id }) => id),
  };
}

const DAY_MS = 24 * 60 * 60_000;

/** Idempotency keys and the live stream's events are kept for a day, webhooks' deliveries for thirty. */
export async function forgetOld(prisma: PrismaClient, { teamId, now }: { teamId: string; now: Date }): Promise<void> {
  const dayAgo = new Date(now.getTime() - DAY_MS);
  await prisma.idempotencyKey.deleteMany({ where: { teamId, createdAt: { lt: dayAgo } } });
  await prisma.teamEvent.deleteMany({ where: { teamId, at: { lt: dayAgo } } });
  await forgetOldTexts(prisma, { teamId, before: dayAgo });
  await forgetOldAnswers(prisma, { teamId, before: dayAgo });
  await forgetOldWidgetClaims(prisma, { teamId, before: dayAgo });
  await forgetOldDeliveries(prisma, { teamId, now });
}
