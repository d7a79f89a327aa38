import { Prisma } from '#prisma/generated/client.ts';
import { AUTHORS } from '#workflows/contract/views.ts';
import type { ConversationRow } from '#workflows/contract/views.ts';
import type { Channel } from '#workflows/domain/channel.ts';
import { iso, isoOrNull } from './instants.ts';

export interface StoredConversationRow {
  readonly id: string;
  readonly channel: Channel;
  readonly subject: string;
  readonly requester_id: string;
  readonly requester_name: string | null;
  readonly agent_id: string | null;
  readonly agent_name: string | null;
  readonly last_message_at: Date | null;
  readonly last_message_preview: string;
  readonly last_message_author: string | null;
  readonly unanswered_since: Date | null;
  readonly flagged_at: Date | null;
  readonly flag_reason: string | null;
  readonly open_ticket_id: string | null;
  readonly open_ticket_number: number | null;
  readonly created_at: Date;
}

/** The columns of a line, over `c`. */
export const CONVERSATION_ROW_COLUMNS = Prisma.sql`
  c.id, c.channel, c.subject, c.requester_id, rq.name AS requester_name, c.agent_id, ag.name AS agent_name, c.last_message_at,
  c.last_message_preview, c.last_message_author, c.unanswered_since, c.flagged_at, c.flag_reason, c.open_ticket_id,
  ot.number AS open_ticket_number, c.created_at`;

/** Their joins, each by a primary key. */
export const CONVERSATION_ROW_JOINS = Prisma.sql`
  LEFT JOIN requesters rq ON rq.id = c.requester_id
  LEFT JOIN agents ag ON ag.id = c.agent_id
  LEFT JOIN tickets ot ON ot.id = c.open_ticket_id`;

/** A line of the Conversations view. */
export function toConversationRow(row: StoredConversationRow): ConversationRow {
  return {
    id: row.id,
    requester: { id: row.requester_id, name: row.requester_name ?? row.requester_id },
    agent: row.agent_id === null ? null : { id: row.agent_id, name: row.agent_name ?? row.agent_id },
    channel: row.channel,
    subject: row.subject,
    preview: row.last_message_preview,
    lastMessageAt: isoOrNull(row.last_message_at),
    lastMessageAuthor: AUTHORS.find((one) => one === row.last_message_author) ?? null,
    waitingSince: isoOrNull(row.unanswered_since),
    flag: row.flagged_at === null ? null : { at: iso(row.flagged_at), reason: row.flag_reason ?? '' },
    openTicket: row.open_ticket_id === null || row.open_ticket_number === null ? null : { id: row.open_ticket_id, number: row.open_ticket_number },
    createdAt: iso(row.created_at),
  };
}
