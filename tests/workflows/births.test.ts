import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { PrismaClient } from '#prisma/client.ts';
import { pipelined, prepared } from '#prisma/transaction.ts';
import { recordAiMessage } from '#store/ai-messages.ts';
import { storeCustomerMessage } from '#store/customer-messages.ts';
import { findConversation } from '#store/conversations.ts';
import { newId } from '#store/new-id.ts';
import { reserveBirth, reserveBirthIn, reserveReopening } from '#store/generations.ts';
import { openTicket } from '#switchboard/births.ts';
import { openConversationTicket } from '#switchboard/open-conversation-ticket.ts';
import { followAiMessage } from '#switchboard/deliveries.ts';
import { resendReopening } from '#switchboard/reopenings.ts';
import { tellTicket } from '#switchboard/tickets.ts';
import { aConversation, anOperator, aTeam } from '#tests/support/people.ts';
import { aDesk, type TestDesk } from '#tests/support/desk.ts';
import { recount } from '#tests/support/recount.ts';
import { waitFor } from '#tests/support/wait-for.ts';
import { ticketWorkflowId } from '#workflows/contract/workflow-ids.ts';
import { aNote, aPlace, aWish, handed, isDense, say, Ticket } from './a-life.ts';

let desk: TestDesk;
beforeAll(async () => {
  desk = await aDesk();
}, 60_000);
afterAll(async () => desk.close());

it('makes one ticket of two births at once, and both callers get it (P1)', async () => {
  const place = await aPlace(desk);
  const born = await Promise.all([1, 2, 3].map(() => openTicket(desk.deps, aWish(place, place.mia))));
  const tickets = born.map((one) => (one.ok ? one.value : null));
  expect(new Set(tickets.map((one) => one?.ticketId)).size).toBe(1);
  expect(tickets.filter((one) => one?.isNew)).toHaveLength(1);
  expect(await desk.prisma.ticket.count({ where: { teamId: place.teamId } })).toBe(1);
});

it('numbers 30 tickets that are born at once from 1 to 30 (P5)', async () => {
  const { prisma } = desk;
  const teamId = await aTeam(prisma);
  const mia = { kind: 'operator', id: await anOperator(prisma, teamId) } as const;
  const conversations = await Promise.all(Array.from({ length: 30 }, () => aConversation(prisma, { teamId })));
  const born = await Promise.all(
    conversations.map(({ id }) => openTicket(desk.deps, aWish({ teamId, conversationId: id, requesterId: '', channel: 'api', agentId: null }, mia))),
  );
  expect(born.filter(({ ok }) => ok)).toHaveLength(30);
  const rows = await prisma.ticket.findMany({ where: { teamId }, orderBy: { number: 'asc' }, select: { number: true } });
  expect(rows.map(({ number }) => number)).toEqual(Array.from({ length: 30 }, (_, index) => index + 1));
  expect(await recount(prisma, teamId)).toEqual([]);
});

it('bears the ticket of a birth whose sender died after the row was stored, whoever touches it first', async () => {
  const place = await aPlace(desk);
  const { ticketId } = await reserveBirth(desk.prisma, aWish(place, place.mia));
  const ticket = new Ticket(desk, place, ticketId);
  await tellTicket(desk.deps, { teamId: place.teamId, ticketId }, { id: 'late', fact: { kind: 'summary_made', text: 'x', madeBy: 'extract', why: null } });
  await waitFor(async () => (await ticket.kinds()).includes('summary_made'), 'the fact is written down');
  expect(await ticket.kinds()).toEqual(['created', 'summary_made']);
});

it('hands a message to the ticket that it did not open, once (P50)', async () => {
  const place = await aPlace(desk);
  const ticket = await Ticket.open(desk, place, place.mia);
  const { ticketId, messageId } = await say(desk, place);
  expect(ticketId).toBe(ticket.id);
  const command = { kind: 'customer_message', by: { kind: 'requester', id: place.requesterId }, messageId, position: 1, automated: false } as const;
  await ticket.does(command, `said:${messageId}`);
  expect((await ticket.kinds()).filter((kind) => kind === 'customer_wrote')).toHaveLength(1);
});

const PEOPLE_DO = [
  ['escalation', { kind: 'escalate', by: { kind: 'key', id: 'key_1' }, case: null, reason: 'Wants a person', priority: null }, 'escalated'],
  ['takeover', { kind: 'take_over', by: { kind: 'key', id: 'key_1' }, force: false }, 'taken_over'],
] as const;

it.each(PEOPLE_DO)('carries what asks for a person (%s) out once, though its answer was lost and its ticket is closed by the time it is repeated (P1, P2)', async (origin, command, event) => {
  const place = await aPlace(desk, { policy: {} });
  const { teamId, conversationId: id } = place;
  const ticket = await Ticket.open(desk, place, place.mia);
  const conversation = await findConversation(prepared(desk.prisma), teamId, id);
  if (conversation === null) throw new Error('there is a conversation');
  const deed = { ticketId: newId('ticket'), birth: { origin, escalation: null, takenBy: null }, command: { id: newId('message'), command, always: false } };
  const repeated = () => openConversationTicket(desk.deps, command.by, conversation, deed);
  expect(await repeated()).toEqual({ ok: true, value: ticket.id });
  await ticket.does({ kind: 'set_status', by: place.mia, to: 'closed' });
  expect(await repeated()).toEqual({ ok: true, value: ticket.id });
  expect(await desk.prisma.timelineEntry.count({ where: { teamId, kind: event } })).toBe(1);
  expect(await desk.prisma.ticket.count({ where: { teamId } })).toBe(1);
});

async function isSomebodyWaiting(prisma: PrismaClient): Promise<boolean> {
  const rows = await prisma.$queryRaw<unknown[]>`SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
  return rows.length > 0;
}

it('is handed what the customer writes while the ticket is being reserved, though their AI would have answered it alone', async () => {
  const { prisma } = desk;
  const place = await aPlace(desk, { policy: {} });
  const { teamId, conversationId, requesterId, channel } = place;
  const messageId = newId('message');
  const { ticketId, writing } = await prisma.$transaction(async (db) => {
    const reserved = await reserveBirthIn(db, aWish(place, place.mia));
    const under = pipelined(prisma, (other) => storeCustomerMessage(other, { id: messageId, teamId, conversationId, requesterId, channel, text: 'And it is broken', language: null, at: new Date() }));
    await waitFor(() => isSomebodyWaiting(prisma), 'the customer’s message waits for the conversation');
    return { ticketId: reserved.ticketId, writing: { under } };
  });
  expect(await writing.under).toMatchObject({ mustHandOver: true });
  expect(await handed(desk, place, messageId)).toBe(ticketId);
  expect((await prisma.message.findUniqueOrThrow({ where: { id: messageId } })).ticketId).toBe(ticketId);
}, 30_000);

it('has heard what the customer was just writing when the ticket was reserved', async () => {
  const { prisma } = desk;
  const place = await aPlace(desk, { policy: {} });
  const { teamId, conversationId, requesterId, channel } = place;
  const messageId = newId('message');
  const { reserving } = await prisma.$transaction(async (db) => {
    expect(await storeCustomerMessage(db, { id: messageId, teamId, conversationId, requesterId, channel, text: 'And it is broken', language: null, at: new Date() })).toMatchObject({ mustHandOver: false });
    const under = reserveBirth(prisma, aWish(place, place.mia));
    await waitFor(() => isSomebodyWaiting(prisma), 'the birth waits for the conversation');
    return { reserving: { under } };
  });
  expect((await reserving.under).input).toMatchObject({ birth: { command: { customerMessage: { id: messageId, isAnswered: false } } } });
}, 30_000);

it('learns what the AI answered before it was born: nobody waits then (P7)', async () => {
  const { prisma } = desk;
  const place = await aPlace(desk, { policy: {} });
  const { teamId, conversationId, requesterId, agentId, channel } = place;
  const asked = newId('message');
  await prisma.$transaction((db) => storeCustomerMessage(db, { id: asked, teamId, conversationId, requesterId, channel, text: 'Where is it?', language: null, at: new Date() }));
  const { ticketId } = await reserveBirth(prisma, aWish(place, place.mia));
  const { epoch } = await prisma.conversation.findUniqueOrThrow({ where: { id: conversationId } });
  const answer = { id: newId('message'), teamId, conversationId, agentId: agentId ?? '', text: 'On its way.', epoch, lastSeenMessage: asked, at: new Date() };
  expect(await recordAiMessage(prisma, answer, () => Promise.resolve(null))).toMatchObject({ ok: true, value: { mustFollow: true } });
  await followAiMessage(desk.deps, { teamId, messageId: answer.id });
  const ticket = new Ticket(desk, place, ticketId);
  await waitFor(async () => (await ticket.kinds()).includes('ai_answered'), 'the ticket knows');
  expect((await ticket.row()).state).toMatchObject({ unanswered: null, turnSince: null });
  expect((await prisma.message.findUniqueOrThrow({ where: { id: answer.id } })).ticketId).toBe(ticketId);
});

it('refuses a takeover to the second of two at once, and names the first (P2)', async () => {
  const place = await aPlace(desk, { policy: {} });
  const tom = { kind: 'operator', id: await anOperator(desk.prisma, place.teamId, 'Tom') } as const;
  const ticket = await Ticket.open(desk, place, { kind: 'agent', id: place.agentId ?? '' }, { origin: 'escalation', escalation: { case: null, reason: 'help' } });
  const takes = await Promise.all([place.mia, tom].map((by) => ticket.command({ kind: 'take_over', by, force: false })));
  const winner = takes[0]?.ok ? place.mia : tom;
  expect(takes.filter(({ ok }) => ok)).toHaveLength(1);
  expect(takes.find(({ ok }) => !ok)).toMatchObject({ code: 'already_taken', holder: { id: winner.id } });
  const conversation = await desk.prisma.conversation.findUniqueOrThrow({ where: { id: place.conversationId } });
  expect(conversation).toMatchObject({ isPaused: true, epoch: 2, mode: { kind: 'paused', by: winner } });
  expect(await ticket.row()).toMatchObject({ status: 'on_you', assigneeId: winner.id });
  const forced = await ticket.command({ kind: 'take_over', by: winner === tom ? place.mia : tom, force: true });
  expect(forced.ok).toBe(true);
  expect((await ticket.kinds()).filter((kind) => kind === 'taken_over')).toHaveLength(2);
});

it('gives an escalation a summary that says why it is an extract (P1, P49)', async () => {
  const place = await aPlace(desk, { policy: {} });
  await say(desk, place, 'I want my money back.');
  const ticket = await Ticket.open(desk, place, { kind: 'agent', id: place.agentId ?? '' }, { origin: 'escalation', escalation: { case: null, reason: 'refund' } });
  const summary = await waitFor(async () => (await ticket.timeline()).find(({ kind }) => kind === 'summary_made'), 'the summary is there');
  expect(summary.data).toMatchObject({ madeBy: 'extract', text: expect.stringContaining('I want my money back.'), why: expect.stringMatching(/\w/) });
  expect((await ticket.row()).state).toMatchObject({ owesSummary: false });
});

it('answers a reader of its own write, and notifies whom a note mentions once (P39, P60)', async () => {
  const place = await aPlace(desk);
  const tom = await anOperator(desk.prisma, place.teamId, 'Tom');
  const ticket = await Ticket.open(desk, place, place.mia);
  const messageId = await ticket.writes(place.mia, '@Tom, look', 'note');
  const answer = await ticket.does(aNote(place.mia, messageId, [tom, place.mia.id]), messageId);
  expect((await ticket.row()).lastSeq).toBe(answer.seq);
  expect((await ticket.does(aNote(place.mia, messageId, [tom]), messageId)).seq).toBe(answer.seq);
  expect(await desk.prisma.notification.count({ where: { teamId: place.teamId, operatorId: tom } })).toBe(1);
  expect(isDense(await ticket.timeline())).toBe(true);
  expect(await recount(desk.prisma, place.teamId)).toEqual([]);
});

it('reopens a closed ticket into its next generation, whoever finds the reservation, and is found by the next escalation (P2, P10)', async () => {
  const place = await aPlace(desk, { policy: {} });
  const { teamId, conversationId, mia } = place;
  const ticket = await Ticket.open(desk, place, mia);
  await ticket.does({ kind: 'set_status', by: mia, to: 'closed' });
  await ticket.ends();
  const updateId = newId('message');
  const reserved = await reserveReopening(desk.prisma, { conversationId, teamId, ticketId: ticket.id, updateId });
  if (!('generation' in reserved)) throw new Error('not free');
  await resendReopening(desk.deps, { teamId, conversationId, ticketId: ticket.id, generation: reserved.generation, updateId });
  expect(await ticket.row()).toMatchObject({ status: 'on_you', generation: 2 });
  const again = await openTicket(desk.deps, aWish(place, mia, { origin: 'escalation', escalation: { case: null, reason: 'x' } }));
  expect(again).toMatchObject({ ok: true, value: { ticketId: ticket.id, isNew: false } });
  expect(await reserveReopening(desk.prisma, { conversationId, teamId, ticketId: newId('ticket'), updateId: newId('message') })).toEqual({ openTicketId: ticket.id });
});

it('is found in Temporal by its team, its status and its assignee, with words that say what it does next (P56)', async () => {
  const place = await aPlace(desk);
  const ticket = await Ticket.open(desk, place, place.mia, { assigneeId: place.mia.id });
  const handle = desk.deps.client.workflow.getHandle(ticketWorkflowId(ticket.id));
  const attributes = await waitFor(async () => {
    const { typedSearchAttributes } = await handle.describe();
    const ours = typedSearchAttributes.getAll().filter(({ key }) => key.name.startsWith('Baton'));
    return ours.length === 3 ? Object.fromEntries(ours.map(({ key, value }) => [key.name, value])) : null;
  }, 'the attributes are there');
  expect(attributes).toEqual({ BatonTeam: place.teamId, BatonStatus: 'new', BatonAssignee: place.mia.id });
  expect(await (await handle.describe()).staticSummary()).toContain('api');
});
