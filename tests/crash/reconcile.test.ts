import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { newId } from '#store/new-id.ts';
import { openTicket } from '#switchboard/births.ts';
import { openTickets, reconcileTicket } from '#switchboard/reconcile.ts';
import { commandTicket } from '#switchboard/tickets.ts';
import { aConversation, anOperator, aTeam } from '#tests/support/people.ts';
import { aDesk, type TestDesk } from '#tests/support/desk.ts';
import { waitFor } from '#tests/support/wait-for.ts';
import { ticketWorkflowId } from '#workflows/contract/workflow-ids.ts';
import { stateQuery } from '#workflows/messages.ts';

let desk: TestDesk;
beforeAll(async () => {
  desk = await aDesk();
}, 120_000);
afterAll(async () => desk.close());

async function aTicket() {
  const { prisma, deps } = desk;
  const teamId = await aTeam(prisma);
  const mia = await anOperator(prisma, teamId);
  const conversation = await aConversation(prisma, { teamId });
  const by = { kind: 'operator', id: mia } as const;
  const ticketId = newId('ticket');
  const born = await openTicket(deps, {
    ticketId, teamId, conversationId: conversation.id, origin: 'form', priority: null, tags: [], assigneeId: null, by, at: Date.now(),
    escalation: null, takenBy: null, firstReply: null, heeds: 'nothing',
  });
  expect(born.ok).toBe(true);
  const say = (subject: string) => commandTicket(deps, { teamId, ticketId }, { id: newId('ticket'), command: { kind: 'change', by, subject } });
  return { teamId, ticketId, say };
}

it('leaves a ticket alone that is as its workflow says', async () => {
  const { teamId, ticketId, say } = await aTicket();
  await say('One');
  expect(await openTickets(desk.deps, teamId)).toEqual([{ teamId, ticketId }]);
  expect(await reconcileTicket(desk.deps, { teamId, ticketId })).toBe('same');
}, 60_000);

it('writes a ticket down again whose row was set back by a restored backup, and says so in its timeline', async () => {
  const { prisma, deps } = desk;
  const { teamId, ticketId, say } = await aTicket();
  await say('One');
  const backup = await prisma.ticket.findUniqueOrThrow({ where: { id: ticketId } });
  await say('Two');
  await say('Three');
  const isIdle = async () => (await deps.client.workflow.getHandle(ticketWorkflowId(ticketId)).query(stateQuery))?.outbox.length === 0;
  await waitFor(isIdle, 'the ticket owes the database nothing');
  await prisma.timelineEntry.deleteMany({ where: { ticketId, seq: { gt: backup.lastSeq } } });
  await prisma.ticket.update({ where: { id: ticketId }, data: { lastSeq: backup.lastSeq, subject: backup.subject, state: JSON.parse(JSON.stringify(backup.state)) } });

  expect(await reconcileTicket(deps, { teamId, ticketId })).toBe('restored');
  expect(await prisma.ticket.findUniqueOrThrow({ where: { id: ticketId } })).toMatchObject({ subject: 'Three' });
  expect(await prisma.timelineEntry.count({ where: { ticketId, kind: 'renumbered' } })).toBeGreaterThan(0);
  expect(await reconcileTicket(deps, { teamId, ticketId })).toBe('same');
  expect(await say('Four')).toMatchObject({ ok: true });
  expect(await prisma.ticket.findUniqueOrThrow({ where: { id: ticketId } })).toMatchObject({ subject: 'Four' });
}, 60_000);
