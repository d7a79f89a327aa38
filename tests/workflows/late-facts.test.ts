import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { z } from 'zod';
import type { Mailer, SendResult } from '#activities/email/mailer.ts';
import { recordAiMessage } from '#store/ai-messages.ts';
import { newId } from '#store/new-id.ts';
import { reserveBirth, reserveReopening } from '#store/generations.ts';
import { followAiMessage } from '#switchboard/deliveries.ts';
import { bearTicket } from '#switchboard/tickets.ts';
import { aDesk, type TestDesk } from '#tests/support/desk.ts';
import { recount } from '#tests/support/recount.ts';
import { skipTimeOf } from '#tests/support/skip-time.ts';
import { storedMessage } from '#tests/support/stored-message.ts';
import { waitFor } from '#tests/support/wait-for.ts';
import { WEBHOOK_PAYLOADS } from '#workflows/contract/webhook-events.ts';
import { deliverWorkflowId, ticketWorkflowId } from '#workflows/contract/workflow-ids.ts';
import { DAY_MS, HOUR_MS } from '#workflows/domain/instant.ts';
import { commandUpdate } from '#workflows/messages.ts';
import { aNote, aPlace, aWish, handed, isDense, say, Ticket } from './a-life.ts';

/** What the mail server says to the next mails; that it took them, when nothing else is said. */
const answers: SendResult[] = [];
const mailer: Mailer = {
  kind: 'smtp',
  send: () => Promise.resolve(answers.shift() ?? { kind: 'sent', response: '250 ok', refused: [] }),
};

let desk: TestDesk;
beforeAll(async () => {
  desk = await aDesk({ mailer });
}, 60_000);
afterAll(async () => desk.close());

/** A mail ticket that was answered, closed, and whose run has ended. */
async function aClosedTicket() {
  const place = await aPlace(desk, { channel: 'email' });
  const ticket = new Ticket(desk, place, (await say(desk, place)).ticketId ?? '');
  const replyId = await ticket.replies(place.mia);
  await ticket.does({ kind: 'set_status', by: place.mia, to: 'closed' });
  await ticket.ends();
  return { place, ticket, replyId };
}

it('ends its run only when everything is written down and sent (P9)', async () => {
  const { ticket, replyId } = await aClosedTicket();
  const message = await desk.prisma.message.findUniqueOrThrow({ where: { id: replyId } });
  expect(message.delivery).toBe('sent');
  const row = await ticket.row();
  expect(row.state).toMatchObject({ seq: row.lastSeq, deliveries: {}, held: {} });
  expect(isDense(await ticket.timeline())).toBe(true);
});

it('takes a note after the end, and ends again (P39)', async () => {
  const { place, ticket } = await aClosedTicket();
  const messageId = await ticket.writes(place.mia, 'For the record.', 'note');
  const answer = await ticket.does(aNote(place.mia, messageId), messageId);
  expect((await ticket.row()).lastSeq).toBe(answer.seq);
  await ticket.ends();
  expect((await ticket.does(aNote(place.mia, messageId), messageId)).seq).toBe(answer.seq);
  await ticket.ends();
  expect((await ticket.kinds()).filter((kind) => kind === 'noted')).toHaveLength(1);
});

it('takes a bounce after the end, shows it on the message, and tells the author once (P53, P60)', async () => {
  const { place, ticket, replyId } = await aClosedTicket();
  await ticket.tell({ kind: 'bounced', messageId: replyId, detail: '5.1.1 no such user' }, 'dsn:1');
  await ticket.tell({ kind: 'bounced', messageId: replyId, detail: '5.1.1 no such user' }, 'dsn:1');
  await waitFor(async () => (await desk.prisma.message.findUniqueOrThrow({ where: { id: replyId } })).delivery === 'failed', 'the bounce is shown');
  await ticket.ends();
  expect((await ticket.kinds()).filter((kind) => kind === 'bounced')).toHaveLength(1);
  expect(await desk.prisma.notification.count({ where: { ticketId: ticket.id, operatorId: place.mia.id, kind: 'delivery_failed' } })).toBe(1);
});

it('leaves no run behind when what came late is refused', async () => {
  const { place, ticket } = await aClosedTicket();
  expect(await ticket.command({ kind: 'take_over', by: place.mia, force: false })).toMatchObject({ ok: false, code: 'ticket_finished', legal: ['on_you'] });
  await ticket.ends();
  expect(await ticket.command({ kind: 'set_status', by: place.mia, to: 'on_hold' })).toMatchObject({ ok: false, code: 'illegal_move', legal: ['on_you'] });
  await ticket.ends();
});

it('takes many notes at once although its run may end between any two of them', async () => {
  const { place, ticket } = await aClosedTicket();
  const ids = await Promise.all(Array.from({ length: 12 }, () => ticket.writes(place.mia, 'Me too.', 'note')));
  const answers = await Promise.all(ids.map((id) => ticket.command(aNote(place.mia, id), id)));
  expect(answers.filter(({ ok }) => !ok)).toEqual([]);
  expect((await ticket.kinds()).filter((kind) => kind === 'noted')).toHaveLength(12);
  expect(isDense(await ticket.timeline())).toBe(true);
  await ticket.ends();
});

it('is not born again by a birth that is sent once more after the end', async () => {
  const place = await aPlace(desk);
  const { ticketId, input } = await reserveBirth(desk.prisma, aWish(place, place.mia));
  const ticket = new Ticket(desk, place, ticketId);
  await ticket.does({ kind: 'set_status', by: place.mia, to: 'closed' });
  await ticket.ends();
  expect(await bearTicket(desk.deps, input)).toMatchObject({ ok: true, value: { state: { status: 'closed' } } });
  await ticket.ends();
  expect((await ticket.kinds()).filter((kind) => kind === 'created')).toHaveLength(1);
  expect(await recount(desk.prisma, place.teamId)).toEqual([]);
});

it('says that there is no such ticket, and leaves no run behind either', async () => {
  const { place } = await aClosedTicket();
  const nobody = new Ticket(desk, place, newId('ticket'));
  expect(await nobody.command({ kind: 'look' })).toMatchObject({ ok: false, code: 'not_found' });
});

it('is reopened by hand into the generation that was reserved, and lives on (P10)', async () => {
  const { place, ticket } = await aClosedTicket();
  const { conversationId, teamId, mia } = place;
  const updateId = newId('message');
  const reserved = await reserveReopening(desk.prisma, { conversationId, teamId, ticketId: ticket.id, updateId });
  if (!('generation' in reserved)) throw new Error('not free');
  await ticket.does({ kind: 'set_status', by: mia, to: 'on_you', generation: reserved.generation }, updateId);
  expect(await ticket.row()).toMatchObject({ status: 'on_you', generation: 2 });
  expect(await ticket.isRunning()).toBe(true);
  expect((await say(desk, place, 'Thank you for looking again.')).ticketId).toBe(ticket.id);
  await ticket.replies(mia);
  expect((await ticket.row()).status).toBe('on_customer');
  expect(await recount(desk.prisma, teamId)).toEqual([]);
});

it('is no change of the AI’s mode when somebody reopens it: an answer that is under way still counts (P10, P12)', async () => {
  const place = await aPlace(desk, { policy: {} });
  const { conversationId, teamId, mia } = place;
  const ticket = await Ticket.open(desk, place, mia);
  await ticket.does({ kind: 'pause_ai', by: mia });
  await ticket.does({ kind: 'set_status', by: mia, to: 'closed' });
  await ticket.ends();
  const epoch = async () => (await desk.prisma.conversation.findUniqueOrThrow({ where: { id: conversationId } })).epoch;
  const before = await epoch();
  const updateId = newId('message');
  const reserved = await reserveReopening(desk.prisma, { conversationId, teamId, ticketId: ticket.id, updateId });
  if (!('generation' in reserved)) throw new Error('not free');
  await ticket.does({ kind: 'set_status', by: mia, to: 'on_you', generation: reserved.generation }, updateId);
  expect(await epoch()).toBe(before);
  await ticket.does({ kind: 'pause_ai', by: mia });
  expect(await epoch()).toBe(before + 1);
});

it('takes a customer’s message though it was refused when the ticket was closed in the same moment, and then reopened', async () => {
  const { client } = desk.deps;
  /** Both come in one activation: what the message's validator let pass its handler refuses, and Temporal keeps that. */
  async function aKeptRefusal() {
    const place = await aPlace(desk);
    const ticket = await Ticket.open(desk, place, place.mia);
    const { teamId, conversationId, requesterId, mia } = place;
    const messageId = await storedMessage(desk.prisma, place, { text: 'One more thing' });
    const { position } = await desk.prisma.message.findUniqueOrThrow({ where: { id: messageId } });
    const said = { id: `said:${messageId}`, command: { kind: 'customer_message' as const, by: { kind: 'requester' as const, id: requesterId }, messageId, position, automated: false } };
    const tell = () => client.workflow.getHandle(ticketWorkflowId(ticket.id)).executeUpdate(commandUpdate('customer_message'), { args: [said], updateId: said.id });
    const [, told] = await Promise.allSettled([ticket.does({ kind: 'set_status', by: mia, to: 'closed' }), tell()]);
    const updateId = newId('message');
    const reserved = told.status === 'rejected' ? await reserveReopening(desk.prisma, { conversationId, teamId, ticketId: ticket.id, updateId }) : null;
    if (reserved === null || !('generation' in reserved)) return null;
    await ticket.does({ kind: 'set_status', by: mia, to: 'on_you', generation: reserved.generation }, updateId);
    return { place, ticket, messageId, tell };
  }
  const kept = await waitFor(async () => {
    const one = await aKeptRefusal();
    // Asked under the same id it is still refused, in the same run; where that ended, or the validator refused, another is tried.
    return one !== null && (await Promise.allSettled([one.tell()]))[0].status === 'rejected' ? one : undefined;
  }, 'a refusal that Temporal keeps', { withinMs: 40_000 });
  expect(await handed(desk, kept.place, kept.messageId)).toBe(kept.ticket.id);
  expect((await desk.prisma.message.findUniqueOrThrow({ where: { id: kept.messageId } })).handedAt).not.toBeNull();
  expect((await kept.ticket.kinds()).filter((kind) => kind === 'customer_wrote')).toHaveLength(1);
}, 60_000);

it('shows what the server said to a reply that it refuses for good, and can send it again (P52)', async () => {
  const place = await aPlace(desk, { channel: 'email' });
  const ticket = new Ticket(desk, place, (await say(desk, place)).ticketId ?? '');
  answers.push({ kind: 'failed', permanent: true, response: '550 5.1.1 no such user', refused: [] });
  const messageId = await ticket.replies(place.mia);
  const message = () => desk.prisma.message.findUniqueOrThrow({ where: { id: messageId } });
  await waitFor(async () => (await message()).delivery === 'failed', 'the refusal is shown');
  expect((await message()).deliveryDetail).toContain('550 5.1.1 no such user');
  await ticket.does({ kind: 'retry_delivery', by: place.mia, messageId, author: place.mia });
  await waitFor(async () => (await message()).delivery === 'sent', 'it is sent at the second try');
});

it('hands a reply that failed for now to a workflow of its own, and the run stays until that reports (P52)', async () => {
  const place = await aPlace(desk, { channel: 'email' });
  const ticket = new Ticket(desk, place, (await say(desk, place)).ticketId ?? '');
  answers.push({ kind: 'temporary', response: '451 try later', refused: [] });
  const messageId = await ticket.replies(place.mia);
  await ticket.does({ kind: 'set_status', by: place.mia, to: 'closed' });
  const { client } = desk.deps;
  await waitFor(async () => (await client.workflow.getHandle(deliverWorkflowId(messageId)).describe()).status.name === 'RUNNING', 'the delivery has a workflow');
  expect(await ticket.isRunning()).toBe(true);
  await waitFor(async () => (await desk.prisma.message.findUniqueOrThrow({ where: { id: messageId } })).delivery === 'sent', 'it is sent in the end');
  await ticket.ends();
  expect((await ticket.row()).state).toMatchObject({ deliveries: {} });
});

describe('an agent’s mail, which no ticket owes', () => {
  /** Robin answers a mail; the team has a webhook. Says what became of the answer, and what the webhook is owed of it. */
  async function anAnswerByMail({ withTicket = false } = {}) {
    const place = await aPlace(desk, { channel: 'email', policy: {} });
    const { teamId, conversationId, agentId } = place;
    await desk.prisma.webhookEndpoint.create({ data: { id: newId('webhook'), teamId, url: 'https://hook.example/in', description: '', events: ['message.failed'], createdBy: { kind: 'baton' } } });
    if (withTicket) await Ticket.open(desk, place, place.mia);
    const { epoch } = await desk.prisma.conversation.findUniqueOrThrow({ where: { id: conversationId } });
    const id = newId('message');
    const recorded = await recordAiMessage(desk.prisma, { id, teamId, conversationId, agentId: agentId ?? '', text: 'It is on its way.', epoch, lastSeenMessage: null, at: new Date() }, () => Promise.resolve(null));
    expect(recorded.ok).toBe(true);
    const owed = async () => (await desk.prisma.webhookDelivery.findMany({ where: { teamId } })).map(({ payload }) => payload);
    const becomes = (delivery: string) => waitFor(async () => (await desk.prisma.message.findUniqueOrThrow({ where: { id } })).delivery === delivery, `it is ${delivery}`);
    return { ...place, id, owed, becomes, leaves: () => followAiMessage(desk.deps, { teamId, messageId: id }) };
  }
  const schema = new Map<string, z.ZodType>(Object.entries(WEBHOOK_PAYLOADS)).get('message.failed');

  it.each([[false], [true]])('is told to webhooks when the server refuses it for good, with an open ticket: %s (P52)', async (withTicket) => {
    const { id, conversationId, agentId, owed, becomes, leaves } = await anAnswerByMail({ withTicket });
    answers.push({ kind: 'failed', permanent: true, response: '550 5.1.1 no such user', refused: [] });
    await leaves();
    await becomes('failed');
    const payloads = await owed();
    expect(payloads).toMatchObject([{ type: 'message.failed', version: 1, data: { messageId: id, conversationId, agentId, detail: '550 5.1.1 no such user', number: withTicket ? expect.any(Number) : null } }]);
    for (const payload of payloads) expect(schema?.safeParse(payload).error).toBeUndefined();
  });

  it('is told, and shown as failed, when it was tried for a day (P52)', async () => {
    const { id, owed, becomes, leaves } = await anAnswerByMail();
    const later: SendResult = { kind: 'temporary', response: '451 try later', refused: [] };
    answers.push(...Array.from({ length: 80 }, () => later));
    await leaves();
    await skipTimeOf(desk.deps.client, deliverWorkflowId(id), DAY_MS + HOUR_MS);
    await becomes('failed');
    answers.length = 0;
    expect(await owed()).toMatchObject([{ data: { messageId: id, detail: 'Given up after a day: 451 try later' } }]);
  }, 60_000);
});
