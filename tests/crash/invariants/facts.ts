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

export async function gatherFacts(from: Pick<Facts, 'teamId' | 'prisma' | 'client' | 'ledger' | 'arrived' | 'mailDomain'>): Promise<Facts> {
  const { prisma, teamId } = from;
  const where = { teamId };
  const [tickets, conversations, messages, timeline, generations, mails, attempts] = await Promise.all([
    prisma.ticket.findMany({ where, orderBy: { number: 'asc' } }),
    prisma.conversation.findMany({ where }),
    prisma.message.findMany({ where, orderBy: { position: 'asc' } }),
    prisma.timelineEntry.findMany({ where, orderBy: [{ conversationId: 'asc' }, { position: 'asc' }] }),
    prisma.generation.findMany({ where, orderBy: { generation: 'asc' } }),
    prisma.inboundMail.findMany({ where }),
    prisma.sendAttempt.findMany({ where }),
  ]);
  return { ...from, tickets, conversations, messages, timeline, generations, mails, attempts };
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
