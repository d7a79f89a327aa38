import type { WebhookEvent } from '#workflows/contract/webhook-events.ts';
import { webhookPayload } from '#workflows/contract/webhook-events.ts';
import { Prisma } from '../../generated/client.ts';
import type { SqlDb } from '../../transaction.ts';

/** The channel that workers listen on: `<team> <endpoint> <stream>` has something to send. */
export const WEBHOOK_CHANNEL = 'baton_webhooks';

/** What of a message's text travels. */
const MOST_TEXT = 100_000;

export interface QueuedEvent {
  /** What it tells of, once per endpoint: `<ticket>:<seq>`, or a message's id. */
  readonly source: string;
  readonly event: WebhookEvent;
  /** Milliseconds since 1970. */
  readonly happenedAt: number;
  /** The message whose text goes into it, where the event does not have it. */
  readonly textOf?: string | null;
  /** Endpoints of the team that get it whatever they listen to (P33). */
  readonly alsoTo?: readonly string[];
}

/**
 * Owes events to every endpoint of the team that listens to them or is named, once each, in the caller's transaction, and has the drains told
 * once it is committed. The caller holds the conversation's lock: positions grow in the order of commits. An event that
 * was queued before is not queued again. Takes no lock that anybody waits for.
 */
export async function queueWebhooks(db: SqlDb, { teamId, streamId, events }: { teamId: string; streamId: string; events: readonly QueuedEvent[] }): Promise<void> {
  if (events.length === 0) return;
  const rows = events.map(
    ({ source, event, happenedAt, textOf = null, alsoTo = [] }, index) =>
      Prisma.sql`(${index}::int, ${source}::text, ${event.type}::text, ${JSON.stringify(webhookPayload(event, happenedAt))}::jsonb, ${textOf}::text,
        ${alsoTo}::text[])`,
  );
  await db.$queryRaw`
    WITH made AS (
      INSERT INTO webhook_deliveries (id, team_id, endpoint_id, stream_id, source, type, payload, next_try_at, created_at)
      SELECT 'whd_' || translate(encode(substring(sha256(convert_to(w.id || ' ' || e.source, 'UTF8')) FOR 16), 'base64'), '+/=', 'AZ'),
        w.team_id, w.id, ${streamId}::text, e.source, e.type,
        CASE WHEN m.id IS NULL THEN e.payload ELSE jsonb_set(e.payload, '{data,text}', to_jsonb(left(m.text, ${MOST_TEXT}::int))) END,
        clock_timestamp(), clock_timestamp()
      FROM webhook_endpoints w CROSS JOIN (VALUES ${Prisma.join(rows)}) AS e (index, source, type, payload, text_of, also_to)
      LEFT JOIN messages m ON m.id = e.text_of
      WHERE w.team_id = ${teamId} AND w.disabled_at IS NULL AND (w.events = '{}' OR e.type = ANY(w.events) OR w.id = ANY(e.also_to))
      ORDER BY e.index
      ON CONFLICT DO NOTHING RETURNING team_id, endpoint_id, stream_id)
    SELECT pg_notify(${WEBHOOK_CHANNEL}, team_id || ' ' || endpoint_id || ' ' || stream_id)::text FROM made GROUP BY team_id, endpoint_id, stream_id`;
}
