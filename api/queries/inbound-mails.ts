import { z } from 'zod';
import { actorNames, parseActor } from '#prisma/store/actor-names.ts';
import type { Db } from '#prisma/client.ts';
import { Prisma } from '#prisma/generated/client.ts';
import { listInbound } from '#workflows/contract/queries.ts';
import type { InboundMailView } from '#workflows/contract/inbound-mail-view.ts';
import type { Page } from '#workflows/contract/views.ts';
import { ok } from '#workflows/domain/errors.ts';
import type { Result } from '#workflows/domain/errors.ts';
import { parseInput } from '../parse-input.ts';
import type { Principal } from '../principal.ts';
import { refuseUnlessReader } from '../require-role.ts';
import type { TicketDeps } from '../ticket-deps.ts';
import { pageOfRows, readCursor } from './cursor.ts';
import { iso } from './instants.ts';


/** The inbound log (P50): every mail received and what became of it, newest first. */
export async function inboundMails({ prisma }: Pick<TicketDeps, 'prisma'>, principal: Principal, query: z.input<typeof listInbound>): Promise<Result<Page<InboundMailView>>> {
  const refused = refuseUnlessReader(principal);
  if (refused) return refused;
  const parsed = parseInput(listInbound, query, 'query');
  if (!parsed.ok) return parsed;
  const { limit, cursor, verdict } = parsed.value;
  const after = readCursor(cursor);
  if (!after.ok) return after;
  const from =
    after.value === null
      ? Prisma.empty
      : Prisma.sql`AND i.received_at <= ${after.value.at} AND (i.received_at < ${after.value.at} OR i.id > ${after.value.id})`;
  const judged = verdict === undefined ? Prisma.empty : Prisma.sql`AND i.verdict = ${verdict}`;
  const rows = await select(prisma, Prisma.sql`i.team_id = ${principal.teamId} ${judged} ${from} ORDER BY i.received_at DESC, i.id LIMIT ${limit + 1}::int`);
  const page = pageOfRows(rows, limit, { view: (row) => row, keyset: ({ received_at: at, id }) => ({ at, id }) });
  return ok({ items: await withNames(prisma, principal.teamId, page.items), next: page.next });
}

/** One mail of the log; null where the team has no such mail. */
export async function readInboundMail(db: Db, teamId: string, mailId: string): Promise<InboundMailView | null> {
  const rows = await select(db, Prisma.sql`i.team_id = ${teamId} AND i.id = ${mailId}`);
  const [view] = await withNames(db, teamId, rows);
  return view ?? null;
}

interface StoredMail {
  readonly id: string;
  readonly received_at: Date;
  readonly header_id: string | null;
  readonly envelope_from: string;
  readonly from_address: string;
  readonly envelope_to: string[];
  readonly subject: string;
  readonly size: number;
  readonly verdict: string | null;
  readonly reason: string;
  readonly threaded_by: string | null;
  readonly repeats: number;
  readonly conversation_id: string | null;
  readonly ticket_id: string | null;
  readonly ticket_number: number | null;
  readonly resolution: unknown;
}

async function select(db: Db, where: Prisma.Sql): Promise<StoredMail[]> {
  return db.$queryRaw<StoredMail[]>`
    SELECT i.id, i.received_at, i.header_id, i.envelope_from, i.from_address, i.envelope_to, i.subject, i.size, i.verdict, i.reason, i.threaded_by, i.repeats,
      i.conversation_id, t.id AS ticket_id, t.number AS ticket_number, i.resolution
    FROM inbound_mails i LEFT JOIN tickets t ON t.id = i.ticket_id AND t.team_id = i.team_id WHERE ${where}`;
}

const storedResolution = z.object({ action: z.string(), by: z.unknown(), at: z.union([z.number(), z.string()]) });

async function withNames(db: Db, teamId: string, rows: readonly StoredMail[]): Promise<InboundMailView[]> {
  const resolutions = rows.map(({ resolution }) => {
    const parsed = storedResolution.safeParse(resolution);
    return parsed.success ? { action: parsed.data.action, by: parseActor(parsed.data.by), at: new Date(parsed.data.at) } : null;
  });
  const nameOf = await actorNames(db, teamId, resolutions.flatMap((one) => (one === null ? [] : [one.by])));
  return rows.map((row, index): InboundMailView => {
    const resolution = resolutions[index] ?? null;
    return {
      id: row.id,
      receivedAt: iso(row.received_at),
      messageId: row.header_id,
      from: row.from_address === '' ? row.envelope_from : row.from_address,
      to: row.envelope_to,
      subject: row.subject,
      size: row.size,
      verdict: row.verdict,
      reason: row.reason,
      threadedBy: row.threaded_by,
      repeats: row.repeats,
      conversationId: row.conversation_id,
      ticket: row.ticket_id === null || row.ticket_number === null ? null : { id: row.ticket_id, number: row.ticket_number },
      resolution: resolution === null ? null : { action: resolution.action, by: nameOf(resolution.by), at: iso(resolution.at) },
    };
  });
}
