import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { newId } from '#store/new-id.ts';
import { storeCustomerMessage } from '#store/customer-messages.ts';
import { insertMessage } from '#store/message-rows.ts';
import { handOver } from '#switchboard/hand-over.ts';
import { commandTicket } from '#switchboard/tickets.ts';
import { aConversation, anOperator, aTeam } from '#tests/support/people.ts';
import { aDesk, type TestDesk } from '#tests/support/desk.ts';
import { waitFor } from '#tests/support/wait-for.ts';

let desk: TestDesk;
beforeAll(async () => {
  desk = await aDesk();
}, 60_000);
afterAll(async () => desk.close());

it('opens a ticket for a customer who writes a mail, and mails them the answer once', async () => {
  const { prisma, deps } = desk;
  const teamId = await aTeam(prisma);
  const mia = await anOperator(prisma, teamId);
  const conversation = await aConversation(prisma, { teamId, channel: 'email' });
  const messageId = newId('message');
  await prisma.$transaction((db) =>
    storeCustomerMessage(db, { id: messageId, teamId, conversationId: conversation.id, requesterId: conversation.requesterId, channel: 'email', text: 'Where is my order?', language: null, at: new Date() }),
  );
  const handed = await handOver(deps, { teamId, messageId });
  if (!handed.ok || handed.value.ticketId === null) throw new Error('no ticket');
  const { ticketId } = handed.value;
  const row = await prisma.ticket.findUniqueOrThrow({ where: { id: ticketId } });
  expect(row).toMatchObject({ number: 1, status: 'new', origin: 'email', channel: 'email' });

  const replyId = newId('message');
  await insertMessage(prisma, { id: replyId, teamId, conversationId: conversation.id, author: 'operator', authorId: mia, channel: 'email', text: 'On its way.', at: new Date() });
  const answer = await commandTicket(deps, { teamId, ticketId }, {
    id: replyId,
    command: { kind: 'reply', by: { kind: 'operator', id: mia }, messageId: replyId, takeOver: false, holdMs: 0, status: null, force: false },
  });
  expect(answer.ok).toBe(true);
  expect(await prisma.ticket.findUniqueOrThrow({ where: { id: ticketId } })).toMatchObject({ status: 'on_customer' });
  await waitFor(async () => (await prisma.message.findUniqueOrThrow({ where: { id: replyId } })).delivery === 'sent', 'the reply is sent');
  const mails = await desk.mailbox.list(10);
  expect(mails).toHaveLength(1);
});
