import { Prisma } from '#prisma/generated/client.ts';
import type { TicketRow } from '#workflows/contract/views.ts';
import type { Channel, Origin } from '#workflows/domain/channel.ts';
import type { Priority } from '#workflows/domain/priority.ts';
import type { SlaLedger } from '#workflows/domain/sla-ledger.ts';
import type { Status } from '#workflows/domain/status.ts';
import { iso, isoOrNull } from './instants.ts';

/** What a line of the list is made of; names are those of now. */
export interface StoredTicketRow {
  readonly id: string;
  readonly number: number;
  readonly subject: string;
  readonly preview: string;
  readonly status: Status;
  readonly priority: Priority;
  readonly channel: Channel;
  readonly origin: Origin;
  readonly tags: string[];
  readonly is_snoozed: boolean;
  readonly snoozed_until: number | null;
  readonly created_at: Date;
  readonly updated_at: Date;
  readonly agent_id: string | null;
  readonly agent_name: string | null;
  readonly assignee_id: string | null;
  readonly assignee_name: string | null;
  readonly requester_id: string;
  readonly requester_name: string;
  readonly is_unread: boolean;
  readonly sla: SlaLedger | null;
}

/**
 * The columns of a line, over `t`, and the joins they need. Unread means: this person has never looked at it, or the
 * customer has written since; what colleagues do is told by the bell and not by bold type. A key reads for nobody.
 */
export const TICKET_ROW_COLUMNS = Prisma.sql`
  t.id, t.number, t.subject, t.preview, t.status, t.priority, t.channel, t.origin, t.tags, t.is_snoozed, t.created_at, t.updated_at,
  (t.state->'snooze'->>'until')::float8 AS snoozed_until,
  t.agent_id, ag.name AS agent_name, t.assignee_id, op.name AS assignee_name, t.requester_id,
  coalesce(rq.name, t.requester_name) AS requester_name,
  t.state->'sla' AS sla,
  rm.position IS NULL OR rm.position < (t.state->>'lastCustomerPosition')::int AS is_unread`;

/** The joins of `TICKET_ROW_COLUMNS`, each by a primary key. */
export function ticketRowJoins(operatorId: string | null): Prisma.Sql {
  return Prisma.sql`
    LEFT JOIN agents ag ON ag.id = t.agent_id
    LEFT JOIN operators op ON op.id = t.assignee_id
    LEFT JOIN requesters rq ON rq.id = t.requester_id
    LEFT JOIN read_marks rm ON rm.operator_id = ${operatorId} AND rm.ticket_id = t.id`;
}

/** A line of the list but for its clock, which is measured and not read. */
export function toTicketRow(row: StoredTicketRow): Omit<TicketRow, 'nextClock'> {
  return {
    id: row.id,
    number: row.number,
    subject: row.subject,
    preview: row.preview,
    status: row.status,
    priority: row.priority,
    channel: row.channel,
    origin: row.origin,
    agent: row.agent_id === null ? null : { id: row.agent_id, name: row.agent_name ?? row.agent_id },
    assignee: row.assignee_id === null ? null : { id: row.assignee_id, name: row.assignee_name ?? row.assignee_id },
    requester: { id: row.requester_id, name: row.requester_name },
    tags: row.tags,
    isUnread: row.is_unread,
    snoozedUntil: isoOrNull(row.snoozed_until),
    isSnoozed: row.is_snoozed,
    createdAt: iso(row.created_at),
    updatedAt: iso(row.updated_at),
  };
}
