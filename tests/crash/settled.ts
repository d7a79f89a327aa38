import type { Client } from '@temporalio/client';
import type { PrismaClient } from '#prisma/client.ts';
import { ticketWorkflowId } from '#workflows/contract/workflow-ids.ts';
import { stateQuery } from '#workflows/messages.ts';

/** What a team still has under way; empty when its story has come to rest. In words, for whoever waits in vain. */
export async function stillUnderWay({ prisma, client, teamId }: { prisma: PrismaClient; client: Client; teamId: string }): Promise<string[]> {
  const [births, unhanded, mails, unsent] = await Promise.all([
    prisma.generation.count({ where: { teamId, state: 'pending' } }),
    prisma.message.count({ where: { teamId, kind: 'message', author: { in: ['customer', 'agent'] }, handedAt: null } }),
    prisma.inboundMail.count({ where: { teamId, settledAt: null } }),
    prisma.message.count({ where: { teamId, channel: 'email', author: 'agent', delivery: { in: ['pending', 'claimed'] } } }),
  ]);
  const rows = [
    births > 0 ? `${births} births or reopenings` : '',
    unhanded > 0 ? `${unhanded} messages nobody was handed` : '',
    mails > 0 ? `${mails} inbound mails` : '',
    unsent > 0 ? `${unsent} AI mails` : '',
  ].filter((words) => words !== '');
  return rows.length > 0 ? rows : ticketsUnderWay({ prisma, client, teamId });
}

async function ticketsUnderWay({ prisma, client, teamId }: { prisma: PrismaClient; client: Client; teamId: string }): Promise<string[]> {
  const tickets = await prisma.ticket.findMany({ where: { teamId }, select: { id: true, number: true, lastSeq: true } });
  const found = await Promise.all(
    tickets.map(async ({ id, number, lastSeq }) => {
      const carried = await client.workflow.getHandle(ticketWorkflowId(id)).query(stateQuery);
      if (carried === null) return [`#${number} loads`];
      const { state, outbox } = carried;
      return [
        outbox.length > 0 ? `#${number}: ${outbox.length} changes to write down` : '',
        Object.keys(state.deliveries).length > 0 ? `#${number}: deliveries ${JSON.stringify(state.deliveries)}` : '',
        Object.keys(state.held).length > 0 ? `#${number}: held replies` : '',
        state.owesSummary ? `#${number}: a summary` : '',
        state.turnSince !== null ? `#${number}: the AI's turn` : '',
        state.snooze !== null ? `#${number}: snoozed` : '',
        state.seq !== lastSeq && outbox.length === 0 ? `#${number}: seq ${state.seq}, written ${lastSeq}` : '',
      ];
    }),
  );
  return found.flat().filter((words) => words !== '');
}
