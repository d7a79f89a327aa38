import type { WebhookEvent } from '#workflows/contract/webhook-events.ts';
import type { SqlDb } from '../../transaction.ts';
import { queueWebhooks } from './queue.ts';

type Failure = Extract<WebhookEvent, { type: 'message.failed' }>['data'];

/** Tells of a mail that no ticket owed and that did not arrive; the caller holds the conversation's lock. */
export async function queueFailure(db: SqlDb, { teamId, conversationId, messageId, detail, at }: { teamId: string; conversationId: string; messageId: string; detail: string; at: Date }): Promise<void> {
  const [ticket] = await db.$queryRaw<Omit<Failure, 'conversationId' | 'messageId' | 'detail' | 'actor'>[]>`
    SELECT t.id AS "ticketId", t.number, t.status, t.priority, t.assignee_id AS "assigneeId", c.requester_id AS "requesterId", c.agent_id AS "agentId"
    FROM conversations c LEFT JOIN tickets t ON t.id = c.open_ticket_id WHERE c.id = ${conversationId} AND c.team_id = ${teamId}`;
  if (ticket === undefined) return;
  const data: Failure = { ...ticket, conversationId, actor: { kind: 'baton', id: null }, messageId, detail };
  await queueWebhooks(db, {
    teamId,
    streamId: ticket.ticketId ?? conversationId,
    events: [{ source: `failed:${messageId}`, event: { type: 'message.failed', data }, happenedAt: at.getTime() }],
  });
}
