import { createTicket } from '#api/tickets/create-ticket.ts';
import { assign, claim } from '#api/tickets/assign.ts';
import { changeTicket } from '#api/tickets/change-ticket.ts';
import { draft, saveDraft } from '#api/tickets/drafts.ts';
import { markRead } from '#api/tickets/mark-read.ts';
import { note } from '#api/tickets/note.ts';
import { reply } from '#api/tickets/reply.ts';
import { retryDelivery } from '#api/tickets/retry-delivery.ts';
import { setStatus } from '#api/tickets/set-status.ts';
import { snooze, unsnooze } from '#api/tickets/snooze.ts';
import { withdrawReply } from '#api/tickets/withdraw-reply.ts';
import { markMentionDone, markNotificationsRead } from '#api/notifications/mark-notifications.ts';
import { counts } from '#api/queries/counts.ts';
import { notifications } from '#api/queries/notifications.ts';
import { ticket } from '#api/queries/ticket.ts';
import { tickets } from '#api/queries/tickets.ts';
import { timeline } from '#api/queries/timeline.ts';
import type { Principal } from '#api/principal.ts';
import { codeOf, value } from '#tests/support/team.ts';
import { waitFor } from '#tests/support/wait-for.ts';
import { aKey, aTeam, aTicketWorld, customerWrites, type TicketWorld } from './ticket-world.ts';

let world: TicketWorld;
beforeAll(async () => {
  world = await aTicketWorld();
}, 60_000);
afterAll(() => world.close());

const aTicket = async (principal: Principal, more: { author?: 'customer' | 'operator'; subject?: string; assignee?: string } = {}) =>
  value(
    await createTicket(world.deps, principal, { subject: 'Broken lamp', text: 'It does not shine.', requester: { name: 'Carla', email: 'carla@customer.test' }, ...more }, aKey()),
  );
const mailsTo = async (address: string) => (await world.desk.mailbox.list(500)).filter((mail) => mail.to.includes(address));

describe('a ticket made by hand', () => {
  it('is new, with what the customer wrote, and is answered by mail', async () => {
    const { deps } = world;
    const { admin } = await aTeam(world);
    const made = await aTicket(admin);
    expect(made).toMatchObject({ number: 1, status: 'new', origin: 'form', channel: 'email', subject: 'Broken lamp', isSendLocked: false, requester: { name: 'Carla' }, ai: { state: 'off' } });
    const { items } = value(await timeline(deps, admin, made.id));
    expect(items.flatMap(({ message }) => (message === null ? [] : [message.text]))).toEqual(['It does not shine.']);
    const sent = value(await reply(deps, admin, made.id, { text: 'We send a new one.' }, aKey()));
    expect(sent).toMatchObject({ ticket: { status: 'on_customer' }, message: { text: 'We send a new one.', by: { name: 'Ada' }, to: ['carla@customer.test'] } });
    await waitFor(async () => (await mailsTo('carla@customer.test')).length > 0, 'the reply is in the mailbox');
  });

  it('is one ticket however often the form is sent, even twice at once', async () => {
    const { deps } = world;
    const { admin } = await aTeam(world);
    const input = { subject: 'Twice', text: 'Once, please.', requester: { email: 'dora@customer.test' } };
    const [one, two] = await Promise.all([createTicket(deps, admin, input, 'same'), createTicket(deps, admin, input, 'same')]);
    const three = await createTicket(deps, admin, input, 'same');
    expect(new Set([value(one).id, value(two).id, value(three).id]).size).toBe(1);
    const { items } = value(await tickets(deps, admin, {}));
    expect(items.map(({ number }) => number)).toEqual([1]);
    expect(value(await timeline(deps, admin, value(one).id)).items.filter(({ message }) => message !== null)).toHaveLength(1);
  });

  it('is two tickets when two people happen to send the same key', async () => {
    const { deps } = world;
    const { admin, person } = await aTeam(world);
    const input = { subject: 'Same key', text: 'Hello', requester: { email: 'emil@customer.test' } };
    const [mine, yours] = [value(await createTicket(deps, admin, input, 'k')), value(await createTicket(deps, await person('Jonas'), input, 'k'))];
    expect(mine.id).not.toBe(yours.id);
  });

  it('written by us is mailed to the customer and waits for them', async () => {
    const { deps } = world;
    const { admin } = await aTeam(world);
    const made = await aTicket(admin, { author: 'operator' });
    expect(made.status).toBe('on_customer');
    const { items } = value(await timeline(deps, admin, made.id));
    expect(items.flatMap(({ message }) => (message === null ? [] : [message.author]))).toEqual(['operator']);
  });

  it('belongs to the verified owner of the address, and to a stranger where it is only typed', async () => {
    const { deps } = world;
    const { admin } = await aTeam(world);
    const first = await aTicket(admin);
    const second = await aTicket(admin);
    expect(second.requester.id).not.toBe(first.requester.id);
    await deps.prisma.requesterAddress.updateMany({ where: { requesterId: first.requester.id }, data: { verified: true } });
    expect((await aTicket(admin)).requester.id).toBe(first.requester.id);
  });
});

describe('a reply', () => {
  it('sent twice under one key is one message and one mail', async () => {
    const { deps } = world;
    const { admin } = await aTeam(world);
    const made = await aTicket(admin);
    const [one, two] = await Promise.all([reply(deps, admin, made.id, { text: 'Once.' }, 'r'), reply(deps, admin, made.id, { text: 'Once.' }, 'r')]);
    const three = await reply(deps, admin, made.id, { text: 'Once.' }, 'r');
    expect(new Set([one, two, three].map((answer) => value(answer).message.id)).size).toBe(1);
    const { items } = value(await timeline(deps, admin, made.id));
    expect(items.filter(({ message }) => message?.text === 'Once.')).toHaveLength(1);
    expect(value(await ticket(deps, admin, made.id)).seq).toBe(value(three).ticket.seq);
  });

  it('to a closed ticket is refused with what to do, and nothing is kept', async () => {
    const { deps } = world;
    const { admin } = await aTeam(world);
    const made = await aTicket(admin);
    value(await setStatus(deps, admin, made.id, { status: 'closed' }, aKey()));
    const refused = await reply(deps, admin, made.id, { text: 'Too late?' }, aKey());
    expect(refused).toMatchObject({ code: 'ticket_finished', legal: ['on_you'] });
    expect(await deps.prisma.message.count({ where: { conversationId: made.conversationId, text: 'Too late?' } })).toBe(0);
  });

  it('asks first when the customer wrote meanwhile', async () => {
    const { deps } = world;
    const { admin } = await aTeam(world);
    const made = await aTicket(admin);
    await customerWrites(world, made.conversationId, 'And another thing');
    const stale = { text: 'About the first thing', lastSeenMessage: made.lastCustomerMessage };
    expect(codeOf(await reply(deps, admin, made.id, stale, aKey()))).toBe('newer_message');
    expect(codeOf(await reply(deps, admin, made.id, { ...stale, force: true }, aKey()))).toBe('ok');
  });

  it('can be taken back while it is held, and then never leaves', async () => {
    const { deps } = world;
    const { admin } = await aTeam(world);
    const made = await aTicket(admin);
    const held = value(await reply(deps, admin, made.id, { text: 'Oops', holdMs: 60_000 }, aKey()));
    expect(held.message.heldUntil).not.toBeNull();
    expect(held.ticket.status).toBe('new');
    expect(held.ticket.timers.map(({ kind }) => kind)).toContain('release');
    value(await withdrawReply(deps, admin, made.id, held.message.id, aKey()));
    const { items } = value(await timeline(deps, admin, made.id));
    expect(items.find(({ message }) => message?.id === held.message.id)?.message).toMatchObject({ delivery: 'cancelled', heldUntil: null, releasedAt: null });
    expect(codeOf(await withdrawReply(deps, admin, made.id, held.message.id, aKey()))).toBe('too_late');
    expect(codeOf(await retryDelivery(deps, admin, made.id, held.message.id, aKey()))).toBe('too_late');
  });

  it('forgets the draft it was written in, and a note forgets its own', async () => {
    const { deps } = world;
    const { admin } = await aTeam(world);
    const made = await aTicket(admin);
    value(await saveDraft(deps, admin, made.id, { kind: 'reply', text: 'Dear' }));
    value(await saveDraft(deps, admin, made.id, { kind: 'note', text: 'Strange' }));
    expect(value(await draft(deps, admin, made.id))).toMatchObject({ reply: 'Dear', note: 'Strange' });
    value(await reply(deps, admin, made.id, { text: 'Dear Carla' }, aKey()));
    expect(value(await draft(deps, admin, made.id))).toMatchObject({ reply: '', note: 'Strange' });
    value(await note(deps, admin, made.id, { text: 'Strange lamp' }, aKey()));
    expect(value(await draft(deps, admin, made.id))).toMatchObject({ reply: '', note: '' });
  });

  it('with an attachment of nobody is refused, and nothing is kept', async () => {
    const { deps } = world;
    const { admin } = await aTeam(world);
    const made = await aTicket(admin);
    const refused = await reply(deps, admin, made.id, { text: 'See file', attachments: ['att_0000000000'] }, aKey());
    expect(refused).toMatchObject({ code: 'invalid', errors: [{ path: 'body.attachments.0' }] });
    expect(await deps.prisma.message.count({ where: { conversationId: made.conversationId, text: 'See file' } })).toBe(0);
  });
});

describe('a note', () => {
  it('tells who is mentioned until they are done with it, and never reaches the customer', async () => {
    const { deps } = world;
    const { admin, person } = await aTeam(world);
    const jonas = await person('Jonas');
    const made = await aTicket(admin);
    const noted = value(await note(deps, admin, made.id, { text: 'Jonas, have a look', mentions: [jonas.operatorId] }, aKey()));
    expect(noted.status).toBe('new');
    expect(value(await counts(deps, jonas))).toMatchObject({ mentions: 1, unreadNotifications: 1 });
    const [entry] = value(await notifications(deps, jonas, {})).items;
    expect(entry).toMatchObject({ kind: 'mention', actor: { name: 'Ada' }, ticket: { number: 1 }, isRead: false });
    expect(value(await tickets(deps, jonas, { view: 'mentions' })).items.map(({ id }) => id)).toEqual([made.id]);
    value(await markMentionDone(deps, jonas, made.id));
    value(await markMentionDone(deps, jonas, made.id));
    value(await markNotificationsRead(deps, jonas, 'all'));
    expect(value(await counts(deps, jonas))).toMatchObject({ mentions: 0, unreadNotifications: 0 });
    expect(value(await tickets(deps, jonas, { view: 'mentions' })).items).toEqual([]);
  });

  it('cannot mention a person of another team', async () => {
    const { deps } = world;
    const { admin } = await aTeam(world);
    const stranger = await aTeam(world);
    const made = await aTicket(admin);
    const refused = await note(deps, admin, made.id, { text: 'Psst', mentions: [stranger.admin.operatorId] }, aKey());
    expect(refused).toMatchObject({ code: 'invalid', errors: [{ path: 'body.mentions' }] });
  });
});

describe('working a ticket', () => {
  it('is claimed, snoozed, woken, changed and assigned, and the counts follow', async () => {
    const { deps } = world;
    const { admin, person } = await aTeam(world);
    const jonas = await person('Jonas');
    const made = await aTicket(admin);
    expect(value(await counts(deps, jonas))).toMatchObject({ all: 1, unassigned: 1, inbox: 0 });
    expect(value(await claim(deps, jonas, made.id, aKey()))).toMatchObject({ status: 'on_you', assignee: { name: 'Jonas' } });
    expect(value(await counts(deps, jonas))).toMatchObject({ all: 1, unassigned: 0, inbox: 1 });
    expect(value(await snooze(deps, jonas, made.id, { until: null }, aKey()))).toMatchObject({ isSnoozed: true, snoozedUntil: null });
    expect(value(await counts(deps, jonas))).toMatchObject({ all: 1, inbox: 0 });
    value(await unsnooze(deps, jonas, made.id, aKey()));
    expect(value(await changeTicket(deps, jonas, '1', { priority: 'urgent', tags: ['lamps'], subject: 'Lamp' }, aKey()))).toMatchObject({ priority: 'urgent', tags: ['lamps'], subject: 'Lamp' });
    expect(value(await assign(deps, admin, made.id, { assignee: null }, aKey())).assignee).toBeNull();
    expect(value(await setStatus(deps, admin, made.id, { status: 'resolved' }, aKey()))).toMatchObject({ status: 'resolved', legalMoves: ['on_you', 'closed'] });
    expect(value(await counts(deps, jonas))).toMatchObject({ all: 0, solved: 1 });
  });

  it('refuses an illegal move and lists the legal ones', async () => {
    const { deps } = world;
    const { admin } = await aTeam(world);
    const made = await aTicket(admin);
    value(await setStatus(deps, admin, made.id, { status: 'on_hold' }, aKey()));
    expect(await setStatus(deps, admin, made.id, { status: 'new' }, aKey())).toMatchObject({ code: 'illegal_move', legal: ['on_you', 'on_customer', 'resolved', 'closed', 'cancelled'] });
  });

  it('cannot be given to a viewer, a disabled person or a stranger', async () => {
    const { deps } = world;
    const { admin, person } = await aTeam(world);
    const stranger = await aTeam(world);
    const made = await aTicket(admin);
    for (const assignee of [(await person('Vera', 'viewer')).operatorId, stranger.admin.operatorId]) {
      expect(await assign(deps, admin, made.id, { assignee }, aKey())).toMatchObject({ code: 'invalid', errors: [{ path: 'body.assignee' }] });
    }
  });

  it('is read only for a viewer', async () => {
    const { deps } = world;
    const { admin, person } = await aTeam(world);
    const vera = await person('Vera', 'viewer');
    const made = await aTicket(admin);
    expect(value(await ticket(deps, vera, made.id)).id).toBe(made.id);
    const refusals = await Promise.all([
      reply(deps, vera, made.id, { text: 'x' }, aKey()),
      note(deps, vera, made.id, { text: 'x' }, aKey()),
      setStatus(deps, vera, made.id, { status: 'closed' }, aKey()),
      claim(deps, vera, made.id, aKey()),
      createTicket(deps, vera, { subject: 'x', text: 'x', requester: { email: 'x@x.test' } }, aKey()),
    ]);
    expect(refusals.map(codeOf)).toEqual(refusals.map(() => 'forbidden'));
  });

  it('is nothing to another team', async () => {
    const { deps } = world;
    const mine = await aTeam(world);
    const yours = await aTeam(world);
    const made = await aTicket(mine.admin);
    const refusals = await Promise.all([
      ticket(deps, yours.admin, made.id),
      timeline(deps, yours.admin, made.id),
      reply(deps, yours.admin, made.id, { text: 'x' }, aKey()),
      setStatus(deps, yours.admin, made.id, { status: 'closed' }, aKey()),
      markRead(deps, yours.admin, made.id, 1),
      saveDraft(deps, yours.admin, made.id, { kind: 'note', text: 'x' }),
    ]);
    expect(refusals.map(codeOf)).toEqual(refusals.map(() => 'not_found'));
  });
});

describe('reopening by hand', () => {
  it('brings a cancelled ticket back to us', async () => {
    const { deps } = world;
    const { admin } = await aTeam(world);
    const made = await aTicket(admin);
    value(await setStatus(deps, admin, made.id, { status: 'cancelled' }, aKey()));
    expect(value(await setStatus(deps, admin, made.id, { status: 'on_you' }, 'again'))).toMatchObject({ status: 'on_you' });
    expect(value(await setStatus(deps, admin, made.id, { status: 'on_you' }, 'again'))).toMatchObject({ status: 'on_you' });
  });

  it('is refused while the conversation has another open ticket, which is named', async () => {
    const { deps } = world;
    const { admin } = await aTeam(world);
    const made = await aTicket(admin);
    value(await setStatus(deps, admin, made.id, { status: 'closed' }, aKey()));
    await customerWrites(world, made.conversationId, 'Broken again');
    const refused = await setStatus(deps, admin, made.id, { status: 'on_you' }, aKey());
    expect(refused).toMatchObject({ code: 'has_open_ticket', detail: expect.stringContaining('#2') });
    expect(value(await ticket(deps, admin, '2')).linkedTicket).toEqual({ id: made.id, number: 1 });
  });
});

describe('the marks of a reader', () => {
  it('show as unread what the customer wrote since one last looked', async () => {
    const { deps } = world;
    const { admin } = await aTeam(world);
    const made = await aTicket(admin);
    const isUnread = async () => value(await tickets(deps, admin, {})).items[0]?.isUnread;
    expect(await isUnread()).toBe(true);
    value(await markRead(deps, admin, made.id, 1_000_000));
    expect(await isUnread()).toBe(false);
    await customerWrites(world, made.conversationId, 'Hello?');
    expect(await isUnread()).toBe(true);
  });
});
