import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { aDesk, type TestDesk } from '#tests/support/desk.ts';
import { recount } from '#tests/support/recount.ts';
import { waitFor } from '#tests/support/wait-for.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '#workflows/domain/instant.ts';
import { aPlace, isDense, say, Ticket } from './a-life.ts';

// Days pass on the real server, for one ticket at a time.

let desk: TestDesk;
beforeAll(async () => {
  desk = await aDesk();
}, 60_000);
afterAll(async () => desk.close());

it('closes a resolved ticket after 4 days, frees its conversation, and gives the customer’s next mail a linked ticket (P9)', async () => {
  const place = await aPlace(desk, { channel: 'email' });
  const { ticketId } = await say(desk, place);
  const ticket = new Ticket(desk, place, ticketId ?? '');
  await ticket.does({ kind: 'set_status', by: place.mia, to: 'resolved' });
  const resolvedAt = (await ticket.timeline()).find(({ kind }) => kind === 'status_changed')?.at.getTime() ?? 0;
  await ticket.skips(4 * DAY_MS + MINUTE_MS);
  await ticket.becomes('closed');
  const closed = (await ticket.timeline()).find(({ data }) => JSON.stringify(data).includes('reopen_window_over'));
  expect(closed?.at.getTime()).toBe(resolvedAt + 4 * DAY_MS);
  await ticket.ends();
  const next = await say(desk, place, 'It broke again.');
  expect(next.ticketId).not.toBe(ticket.id);
  const linked = new Ticket(desk, place, next.ticketId ?? '');
  expect(await linked.row()).toMatchObject({ number: 2, status: 'new', generation: 2 });
  expect((await linked.timeline())[0]?.data).toMatchObject({ linkedTicketId: ticket.id });
  expect(await recount(desk.prisma, place.teamId)).toEqual([]);
});

it('takes the customer’s message in the window back to us, where no AI serves (P9)', async () => {
  const place = await aPlace(desk, { channel: 'email' });
  const ticket = new Ticket(desk, place, (await say(desk, place)).ticketId ?? '');
  await ticket.does({ kind: 'set_status', by: place.mia, to: 'resolved' });
  await ticket.skips(3 * DAY_MS);
  expect((await say(desk, place, 'Not yet.')).ticketId).toBe(ticket.id);
  expect(await ticket.row()).toMatchObject({ status: 'on_you' });
});

it('wakes a snoozed ticket at its time, and counts it in Inbox again (P37)', async () => {
  const place = await aPlace(desk);
  const ticket = await Ticket.open(desk, place, place.mia, { assigneeId: place.mia.id });
  const until = Date.now() + 3 * HOUR_MS;
  await ticket.does({ kind: 'snooze', by: place.mia, until });
  const inbox = () => desk.prisma.counter.findUnique({ where: { teamId_key: { teamId: place.teamId, key: `inbox:${place.mia.id}` } } });
  expect(await inbox()).toMatchObject({ n: 0 });
  expect(await recount(desk.prisma, place.teamId)).toEqual([]);
  await ticket.skips(3 * HOUR_MS);
  await waitFor(async () => !(await ticket.row()).isSnoozed, 'the ticket is awake');
  expect(await inbox()).toMatchObject({ n: 1 });
  expect((await ticket.timeline()).find(({ kind }) => kind === 'woke')?.at.getTime()).toBe(until);
});

it('keeps a snooze to the year 9999 without harm', async () => {
  const place = await aPlace(desk);
  const ticket = await Ticket.open(desk, place, place.mia);
  await ticket.does({ kind: 'snooze', by: place.mia, until: Date.UTC(9999, 11, 31) });
  await ticket.does({ kind: 'unsnooze', by: place.mia });
  expect((await ticket.row()).isSnoozed).toBe(false);
});

it('reminds on day 4 and day 6 and resolves on day 7, by mail that the customer gets (P37)', async () => {
  const place = await aPlace(desk, { channel: 'email' });
  const ticket = new Ticket(desk, place, (await say(desk, place)).ticketId ?? '');
  await ticket.replies(place.mia);
  const repliedAt = (await ticket.timeline()).find(({ kind }) => kind === 'reply_released')?.at.getTime() ?? 0;
  await ticket.skips(7 * DAY_MS + HOUR_MS);
  await ticket.becomes('resolved');
  const steps = (await ticket.timeline()).filter(({ kind, data }) => kind === 'baton_wrote' || JSON.stringify(data).includes('no_answer'));
  expect(steps.map(({ kind, at }) => [kind, Math.round((at.getTime() - repliedAt) / MINUTE_MS) / 60 / 24])).toEqual([
    ['baton_wrote', 4],
    ['baton_wrote', 6],
    ['status_changed', 7],
  ]);
  await waitFor(async () => (await desk.prisma.message.count({ where: { ticketId: ticket.id, author: 'baton', delivery: 'sent' } })) === 2, 'both reminders are sent');
  expect(isDense(await ticket.timeline())).toBe(true);
});

it('reminds nobody who has answered (P37)', async () => {
  const place = await aPlace(desk);
  const ticket = new Ticket(desk, place, (await say(desk, place)).ticketId ?? '');
  await ticket.replies(place.mia);
  await ticket.skips(3 * DAY_MS);
  await say(desk, place, 'Thanks, but no.');
  await ticket.skips(10 * DAY_MS);
  await ticket.does({ kind: 'assign', by: place.mia, to: place.mia.id });
  expect(await ticket.kinds()).not.toContain('baton_wrote');
  expect((await ticket.row()).status).toBe('on_you');
});

it('hands back to the AI after the agent’s minutes, and raises the conversation’s epoch (P12, P16)', async () => {
  const place = await aPlace(desk, { policy: { autoResumeMinutes: 30 } });
  const ticket = await Ticket.open(desk, place, place.mia, { origin: 'takeover', takenBy: place.mia });
  const conversation = () => desk.prisma.conversation.findUniqueOrThrow({ where: { id: place.conversationId } });
  expect(await conversation()).toMatchObject({ isPaused: true, epoch: 2 });
  await ticket.skips(31 * MINUTE_MS);
  // On you, it waits for us.
  expect((await ticket.command({ kind: 'note', by: place.mia, messageId: await ticket.writes(place.mia, 'hm', 'note'), mentions: [] })).ok).toBe(true);
  expect(await conversation()).toMatchObject({ isPaused: true });
  await ticket.replies(place.mia);
  expect(await conversation()).toMatchObject({ isPaused: true });
  await ticket.skips(30 * MINUTE_MS);
  await waitFor(async () => !(await conversation()).isPaused, 'the AI is back');
  expect((await conversation()).epoch).toBeGreaterThan(2);
  expect((await ticket.timeline()).find(({ kind }) => kind === 'ai_resumed')?.data).toMatchObject({ cause: 'auto' });
});

it('puts a message on us that the agent did not answer in its two minutes (P7)', async () => {
  const place = await aPlace(desk, { policy: {} });
  const ticket = await Ticket.open(desk, place, { kind: 'agent', id: place.agentId ?? '' }, { origin: 'escalation', escalation: { case: null, reason: 'x' } });
  await ticket.does({ kind: 'set_status', by: place.mia, to: 'on_customer' });
  await say(desk, place, 'Hello?');
  expect((await ticket.row()).status).toBe('on_customer');
  await ticket.skips(2 * MINUTE_MS);
  await ticket.becomes('on_you');
});

it('sends a held reply when its delay is over, and never one that was taken back (P42)', async () => {
  const place = await aPlace(desk, { channel: 'email' });
  const ticket = new Ticket(desk, place, (await say(desk, place)).ticketId ?? '');
  const kept = await ticket.replies(place.mia, { holdMs: 60_000 });
  const undone = await ticket.replies(place.mia, { holdMs: 60_000 });
  const message = (id: string) => desk.prisma.message.findUniqueOrThrow({ where: { id } });
  expect(await message(kept)).toMatchObject({ releasedAt: null, delivery: 'pending' });
  await ticket.does({ kind: 'withdraw_reply', by: place.mia, messageId: undone });
  await ticket.skips(2 * MINUTE_MS);
  await waitFor(async () => (await message(kept)).delivery === 'sent', 'the kept reply is sent');
  expect(await message(undone)).toMatchObject({ releasedAt: null, delivery: 'cancelled' });
  expect(await ticket.command({ kind: 'withdraw_reply', by: place.mia, messageId: kept })).toMatchObject({ ok: false, code: 'too_late' });
  const sent = (await desk.mailbox.list(50)).map((mail) => JSON.stringify(mail));
  expect(sent.filter((mail) => mail.includes(kept))).toHaveLength(1);
  expect(sent.filter((mail) => mail.includes(undone))).toHaveLength(0);
});
