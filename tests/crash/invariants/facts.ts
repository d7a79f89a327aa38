import type { Client } from '@temporalio/client';
import type { Prisma } from '#prisma/generated/client.ts';
import type { PrismaClient } from '#prisma/client.ts';
import type { Arrived } from '../mail-server.ts';
import type { Ledger } from '../ledger.ts';

type Ticket = Prisma.TicketGetPayload<object>;
type Conversation = Prisma.ConversationGetPayload<object>;
type Message = Prisma.MessageGetPayload<object>;
type TimelineEntry = Prisma.TimelineEntryGetPayload<object>;
type Generation = Prisma.GenerationGetPayload<object>;
type InboundMail = Prisma.InboundMailGetPayload<object>;
type SendAttempt = Prisma.SendAttemptGetPayload<object>;

/** Everything that is known of one team when its story has come to rest. */
export interface Facts {
  readonly teamId: string;
  readonly prisma: PrismaClient;
  readonly client: Client;
  readonly ledger: Ledger;
  readonly arrived: readonly Arrived[];
  readonly mailDomain: string;
  readonly tickets: readonly Ticket[];
  readonly conversations: readonly Conversation[];
  readonly messages: readonly Message[];
  readonly timeline: readonly TimelineEntry[];
  readonly generations: readonly Generation[];
  readonly mails: readonly InboundMail[];
  readonly attempts: readonly SendAttempt[];
}

/** One rule: what is wrong, in words; nothing where all is well. */
export type Invariant = (facts: Facts) => Promise<string[]> | string[];

/** One snapshot of the database: what is written between two statements must not look like a contradiction. */
export async function gatherFacts(from: Pick<Facts, 'teamId' | 'prisma' | 'client' | 'ledger' | 'arrived' | 'mailDomain'>): Promise<Facts> {
  const where = { teamId: from.teamId };
  return from.prisma.$transaction(
    async (db) => ({
      ...from,
      tickets: await db.ticket.findMany({ where, orderBy: { number: 'asc' } }),
      conversations: await db.conversation.findMany({ where }),
      messages: await db.message.findMany({ where, orderBy: { position: 'asc' } }),
      timeline: await db.timelineEntry.findMany({ where, orderBy: [{ conversationId: 'asc' }, { position: 'asc' }] }),
      generations: await db.generation.findMany({ where, orderBy: { generation: 'asc' } }),
      mails: await db.inboundMail.findMany({ where }),
      attempts: await db.sendAttempt.findMany({ where }),
    }),
    { isolationLevel: 'RepeatableRead', timeout: 30_000 },
  );
}

/** Groups by a key, in the order of arrival. */
export function groupedBy<T>(rows: readonly T[], keyOf: (row: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    const group = groups.get(keyOf(row));
    if (group === undefined) groups.set(keyOf(row), [row]);
    else group.push(row);
  }
  return groups;
}
