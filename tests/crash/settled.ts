import type { Client } from '@temporalio/client';
import { z } from 'zod';
import type { PrismaClient } from '#prisma/client.ts';
import { agentsAwaited } from '#store/ai-agents/turns.ts';
import { HOUR_MS } from '#workflows/domain/instant.ts';
import type { TicketState } from '#workflows/domain/ticket-state.ts';
import { askTicket } from './ask-ticket.ts';

/** What a team still has under way; empty when its story has come to rest. In words, for whoever waits in vain. */
export async function stillUnderWay({ prisma, client, teamId }: { prisma: PrismaClient; client: Client; teamId: string }): Promise<string[]> {
  const now = new Date();
  const [births, unhanded, mails, unsent, passes, offers, awaited] = await Promise.all([
    prisma.generation.count({ where: { teamId, state: 'pending' } }),
    prisma.message.count({ where: { teamId, kind: 'message', author: { in: ['customer', 'agent'] }, handedAt: null } }),
    prisma.inboundMail.count({ where: { teamId, settledAt: null } }),
    prisma.message.count({ where: { teamId, channel: 'email', author: 'agent', delivery: { in: ['pending', 'claimed'] } } }),
    prisma.team.count({ where: { id: teamId, routerDirty: { not: null } } }),
    prisma.reservation.count({ where: { teamId } }),
    // What their agent never answers is escalated by itself, some seconds later.
    agentsAwaited(prisma, { teamId, after: new Date(now.getTime() - HOUR_MS), before: now }),
  ]);
  const rows = [
    births > 0 ? `${births} births or reopenings` : '',
    unhanded > 0 ? `${unhanded} messages nobody was handed` : '',
    mails > 0 ? `${mails} inbound mails` : '',
    unsent > 0 ? `${unsent} AI mails` : '',
    passes > 0 ? 'a pass of the router' : '',
    offers > 0 ? `${offers} choices of the router` : '',
    awaited.length > 0 ? 'customers whom an agent has not answered' : '',
  ].filter((words) => words !== '');
  return rows.length > 0 ? rows : ticketsUnderWay({ prisma, client, teamId });
}

/** Asks the rows before the workflows: a query costs the worker more than it costs PostgreSQL. */
async function ticketsUnderWay({ prisma, client, teamId }: { prisma: PrismaClient; client: Client; teamId: string }): Promise<string[]> {
  const tickets = await prisma.ticket.findMany({ where: { teamId }, select: { id: true, number: true, lastSeq: true, state: true } });
  const owed = tickets.flatMap(({ number, state }) => owedBy(number, restlessness.parse(state)));
  if (owed.length > 0) return owed;
  const found = await Promise.all(
    tickets.map(async ({ id, number, lastSeq }) => {
      const carried = await askTicket(client, id);
      if (carried === null) return [`#${number} loads`];
      const { state, outbox } = carried;
      const left = outbox.filter(({ seq }) => seq > lastSeq);
      if (left.length > 0) return [`#${number}: ${left.length} changes to write down`];
      return [...owedBy(number, state), ...(state.seq === lastSeq ? [] : [`#${number}: seq ${state.seq}, written ${lastSeq}`])];
    }),
  );
  return found.flat();
}

const restlessness = z.object({
  deliveries: z.record(z.string(), z.unknown()),
  held: z.record(z.string(), z.unknown()),
  owesSummary: z.boolean(),
  turnSince: z.number().nullable(),
  snooze: z.unknown(),
});
type Restlessness = Pick<TicketState, 'owesSummary' | 'turnSince'> & { readonly deliveries: object; readonly held: object; readonly snooze?: unknown };

function owedBy(number: number, { deliveries, held, owesSummary, turnSince, snooze }: Restlessness): string[] {
  return [
    Object.keys(deliveries).length > 0 ? `#${number}: deliveries ${JSON.stringify(deliveries)}` : '',
    Object.keys(held).length > 0 ? `#${number}: held replies` : '',
    owesSummary ? `#${number}: a summary` : '',
    turnSince !== null ? `#${number}: the AI's turn` : '',
    snooze !== null ? `#${number}: snoozed` : '',
  ].filter((words) => words !== '');
}
