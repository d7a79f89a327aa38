import type { Db } from '../../client.ts';

export interface WidgetReply {
  /** What an AI wrote and a connection has taken is pending until the widget says that it came: the connection may be dead. */
  readonly delivery: string | null;
  readonly createdAt: Date;
  readonly releasedAt: Date | null;
  /** Until when the last of the customer's widgets was connected; null: none has been since it is counted. */
  readonly connectedUntil: Date | null;
  /** Whether an address of the customer is known; for what an AI wrote, that it is theirs: nobody's typing makes programs write to others. */
  readonly hasAddress: boolean;
  /** Whether the customer's last message came by mail. */
  readonly wroteByMail: boolean;
  /** Whether the team has an address at which their answer arrives. */
  readonly canAnswer: boolean;
}

/** Where a reply stands that a widget should take; null: there is no such message, or no widget shows it. */
export async function widgetOfReply(db: Db, { teamId, messageId }: { teamId: string; messageId: string }): Promise<WidgetReply | null> {
  const rows = await db.$queryRaw<WidgetReply[]>`
    SELECT CASE WHEN m.author = 'agent' AND m.delivery = 'delivered' AND m.widget_seq > c.widget_seen THEN 'pending' ELSE m.delivery END AS delivery,
      m.created_at AS "createdAt", m.released_at AS "releasedAt",
      (SELECT max(v.connected_until) FROM widget_visitors v WHERE v.conversation_id = c.id) AS "connectedUntil",
      EXISTS (SELECT 1 FROM requester_addresses a WHERE a.requester_id = c.requester_id AND a.kind = 'email' AND (a.verified OR m.author = 'operator')) AS "hasAddress",
      EXISTS (SELECT 1 FROM messages l WHERE l.id = c.last_customer_message_id AND l.channel = 'email') AS "wroteByMail",
      EXISTS (SELECT 1 FROM addresses a WHERE a.team_id = c.team_id) AS "canAnswer"
    FROM messages m JOIN conversations c ON c.id = m.conversation_id
    WHERE m.id = ${messageId} AND m.team_id = ${teamId} AND m.author IN ('operator', 'agent') AND m.kind = 'message' AND c.widget_id IS NOT NULL`;
  return rows[0] ?? null;
}

/** Whether a widget shows the conversation: then a reply in it is followed until it has arrived. */
export async function hasWidget(db: Db, { teamId, conversationId }: { teamId: string; conversationId: string }): Promise<boolean> {
  return (await db.conversation.count({ where: { id: conversationId, teamId, widgetId: { not: null } } })) > 0;
}
