import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { createConversation } from '#api/conversations/create-conversation.ts';
import { postMessage } from '#api/conversations/post-message.ts';
import { takeOver } from '#api/conversations/take-over.ts';
import { resumeAi } from '#api/conversations/resume-ai.ts';
import { notifications } from '#api/queries/notifications.ts';
import { createTicket } from '#api/tickets/create-ticket.ts';
import { changeTicket } from '#api/tickets/change-ticket.ts';
import { note } from '#api/tickets/note.ts';
import { reply } from '#api/tickets/reply.ts';
import { setStatus } from '#api/tickets/set-status.ts';
import { resendWebhook, testWebhook, webhookDeliveries } from '#api/webhooks/deliveries.ts';
import { putSla } from '#api/sla/put-sla.ts';
import { changeWebhook, createWebhook, deleteWebhook, rotateWebhookSecret, webhook } from '#api/webhooks/webhooks.ts';
import { project } from '#store/project.ts';
import { startSweeper } from '#switchboard/sweepers.ts';
import { aKey, aTeam, aTicketWorld, type Person, type TicketWorld } from '#tests/api/ticket-world.ts';
import { answering, aReceiver, isSignedWith, type Receiver, taking } from '#tests/support/a-receiver.ts';
import { recount } from '#tests/support/recount.ts';
import { skipTimeOf } from '#tests/support/skip-time.ts';
import { value } from '#tests/support/team.ts';
import { waitFor } from '#tests/support/wait-for.ts';
import { WEBHOOK_PAYLOADS, type WebhookEventType } from '#workflows/contract/webhook-events.ts';
import { webhookDrainWorkflowId } from '#workflows/contract/workflow-ids.ts';
import { HOUR_MS, MINUTE_MS } from '#workflows/domain/instant.ts';
import { aPlace, say, Ticket } from './a-life.ts';

let world: TicketWorld;
/** Called where a receiver has answered and nobody has written it down. */
let interrupt: () => void = () => undefined;
beforeAll(async () => {
  world = await aTicketWorld({ webhookMs: 3_000, failpoint: (name) => void (name === 'webhook_answered_not_marked' && interrupt()) });
}, 120_000);
afterAll(() => world.close(), 60_000);

const receivers: Receiver[] = [];
afterEach(async () => {
  interrupt = () => undefined;
  await Promise.all(receivers.splice(0).map((one) => one.close()));
});

/** A team whose admin has a webhook on a receiver of its own. */
async function aListener({ events = [], manner = taking }: { events?: WebhookEventType[]; manner?: Parameters<typeof aReceiver>[0] } = {}) {
  const team = await aTeam(world);
  const receiver = await aReceiver(manner);
  receivers.push(receiver);
  const hook = value(await createWebhook(world.deps, team.admin, { url: receiver.url, events }));
  const log = async () => value(await webhookDeliveries(world.deps, team.admin, hook.id, { limit: 200 })).items;
  /** How it stands with the oldest delivery of a type. */
  const oldest = async (type: string) => (await log()).filter((one) => one.type === type).at(-1);
  const aTicketOf = async (subject = 'My order') =>
    value(await createTicket(world.deps, team.admin, { subject, text: 'Where is it?', requester: { email: `jane-${subject.length}@customer.test` } }, aKey()));
  return { ...team, receiver, hook, log, oldest, aTicketOf };
}

const typesOf = (receiver: Receiver) => receiver.received.map(({ body }) => body.type);

describe('what a receiver is told', () => {
  it('hears of a ticket from its birth to its end in the order in which it happened, signed (P45)', async () => {
    const { receiver, hook, admin, aTicketOf } = await aListener();
    const ticket = await aTicketOf();
    value(await note(world.deps, admin, ticket.id, { text: 'A secret among us' }, aKey()));
    value(await changeTicket(world.deps, admin, ticket.id, { priority: 'high' }, aKey()));
    value(await reply(world.deps, admin, ticket.id, { text: 'It is on its way.', force: true }, aKey()));
    value(await setStatus(world.deps, admin, ticket.id, { status: 'closed' }, aKey()));
    await waitFor(() => receiver.received.some(({ body }) => body.data['to'] === 'closed'), 'the end has come');
    const ofTicket = receiver.received.filter(({ body }) => body.data['ticketId'] === ticket.id && body.data['changed'] !== 'summary' && body.type !== 'message.failed');
    expect(ofTicket.map(({ body }) => body.type)).toEqual(['ticket.created', 'ticket.updated', 'message.created', 'ticket.status_changed', 'ticket.status_changed']);
    expect(ofTicket[2]?.body.data).toMatchObject({ text: 'It is on its way.', author: 'operator', number: ticket.number, automatic: false });
    expect(receiver.of('message.created')[0]?.body.data).toMatchObject({ text: 'Where is it?', author: 'customer', conversationId: ticket.conversationId });
    expect(JSON.stringify(receiver.received)).not.toContain('secret among us');
    for (const one of receiver.received) {
      expect(isSignedWith(hook.secret, one)).toBe(true);
      expect(isSignedWith('whsec_c29tZWJvZHkgZWxzZXMgc2VjcmV0', one)).toBe(false);
      expect([one.body.type, Object.entries(WEBHOOK_PAYLOADS).find(([type]) => type === one.body.type)?.[1].safeParse(one.body).error]).toEqual([one.body.type, undefined]);
    }
  }, 90_000);

  it('lets an external agent know when it must be silent, when it may speak again, and under which epoch (P17)', async () => {
    const { receiver, admin, agent } = await aListener({ events: ['ai.paused', 'ai.resumed', 'message.created'] });
    const robin = await agent();
    const made = value(await createConversation(world.deps, robin.principal, { requester: { name: 'Jane' }, subject: 'Size', message: 'Is it small?' }, aKey()));
    const said = value(await postMessage(world.deps, robin.principal, made.id, { author: 'agent', text: 'A bit.', epoch: made.ai.epoch, lastSeenMessage: made.lastCustomerMessage }, aKey()));
    const ticket = value(await takeOver(world.deps, admin, made.id, {}, aKey()));
    value(await resumeAi(world.deps, admin, made.id, aKey()));
    await waitFor(() => receiver.of('ai.resumed').length === 1, 'the agent may speak again');
    // Said before there was a ticket: another stream, which may come later.
    await waitFor(() => receiver.of('message.created').length === 2, 'both messages have come');
    expect(receiver.of('message.created').map(({ body }) => [body.data['author'], body.data['text'], body.data['ticketId']])).toEqual([['customer', 'Is it small?', null], ['agent', 'A bit.', null]]);
    expect(receiver.of('message.created')[1]?.body.data).toMatchObject({ messageId: said.id, authorId: robin.id });
    expect(receiver.of('ai.paused')[0]?.body.data).toMatchObject({ ticketId: ticket.id, conversationId: made.id, epoch: made.ai.epoch + 1, reason: 'takeover', actor: { kind: 'operator', id: admin.operatorId } });
    expect(receiver.of('ai.resumed')[0]?.body.data).toMatchObject({ epoch: made.ai.epoch + 2, cause: 'by_hand' });
    expect(new Set(typesOf(receiver))).toEqual(new Set(['ai.paused', 'ai.resumed', 'message.created']));
  }, 90_000);

  it('is owed one delivery of what is projected twice, and nothing of another team', async () => {
    const one = await aListener();
    const other = await aListener();
    const ticket = await one.aTicketOf();
    await waitFor(async () => (await one.oldest('ticket.created'))?.state === 'delivered', 'it was delivered');
    const { state } = await world.deps.prisma.ticket.findUniqueOrThrow({ where: { id: ticket.id } });
    const rows = await world.deps.prisma.timelineEntry.findMany({ where: { ticketId: ticket.id }, orderBy: { seq: 'asc' } });
    const changes = rows.map(({ seq, at, actor, kind, data }) => ({ seq, at: at.getTime(), actor, what: { kind, ...(typeof data === 'object' ? data : {}) } }));
    const request: Parameters<typeof project>[1] = JSON.parse(JSON.stringify({ state, changes }));
    await project(world.deps.prisma, request);
    const before = (await one.log()).length;
    // The ticket's row was lost, as after a restored backup, and everything is written again.
    await world.deps.prisma.$transaction([world.deps.prisma.ticket.deleteMany({ where: { id: ticket.id } }), world.deps.prisma.timelineEntry.deleteMany({ where: { ticketId: ticket.id } })]);
    await project(world.deps.prisma, request);
    expect(await world.deps.prisma.timelineEntry.count({ where: { ticketId: ticket.id } })).toBe(rows.length);
    expect((await one.log()).length).toBe(before);
    expect(other.receiver.received).toEqual([]);
    expect(await other.log()).toEqual([]);
  }, 60_000);
});

describe('a webhook that SLA policies name', () => {
  it('is sent each of their warnings and breaches once and nothing else, also where it listens to them anyway (P33)', async () => {
    const place = await aPlace(world.desk, { channel: 'email' });
    const admin: Person = { kind: 'operator', teamId: place.teamId, operatorId: place.mia.id, name: 'Mia', role: 'admin' };
    const [pager, log] = [await aReceiver(), await aReceiver()];
    receivers.push(pager, log);
    const { id: webhookId } = value(await createWebhook(world.deps, admin, { url: pager.url, description: 'The pager', events: ['none'] }));
    const { id: logId } = value(await createWebhook(world.deps, admin, { url: log.url, events: ['ticket.sla_breached'] }));
    const policy = (name: string) => ({ name, targets: { firstReply: { ms: 4 * HOUR_MS, hours: 'calendar' as const } } });
    const paging = { action: 'webhook' as const, webhookId };
    const policies = [{ ...policy('Gold'), onWarning: [paging, paging], onBreach: [paging, { ...paging, webhookId: logId }] }];
    value(await putSla(world.deps, admin, { policies }, 0));
    const ticket = new Ticket(world.desk, place, (await say(world.desk, place)).ticketId ?? '');
    await ticket.measured();
    await ticket.skips(5 * HOUR_MS);
    await log.gets(1);
    await pager.gets(2);
    expect(pager.received.map(({ body }) => body)).toMatchObject([
      { type: 'ticket.sla_warning', data: { ticketId: ticket.id, clock: 'first_reply', policy: 'Gold' } },
      { type: 'ticket.sla_breached', data: { ticketId: ticket.id, clock: 'first_reply', policy: 'Gold' } },
    ]);
    const owed = await world.deps.prisma.webhookDelivery.findMany({ where: { teamId: place.teamId }, select: { endpointId: true, type: true }, orderBy: { position: 'asc' } });
    const breach = (endpointId: string) => ({ endpointId, type: 'ticket.sla_breached' });
    expect(owed.slice(1)).toEqual(expect.arrayContaining([breach(webhookId), breach(logId)]));
    expect(owed).toHaveLength(3);

    expect(await deleteWebhook(world.deps, admin, webhookId)).toMatchObject({ ok: false, code: 'in_use', detail: expect.stringContaining('“Gold”') });
    value(await putSla(world.deps, admin, { policies: [policy('Gold')] }, 1));
    value(await deleteWebhook(world.deps, admin, webhookId));
    const gone = await putSla(world.deps, admin, { policies }, 2);
    expect(gone).toMatchObject({ code: 'invalid', errors: [{ path: 'body.policies.0.onWarning.0.webhookId', message: `${webhookId} is no webhook of this team` }, { path: 'body.policies.0.onWarning.1.webhookId' }, { path: 'body.policies.0.onBreach.0.webhookId' }] });
  }, 60_000);
});

describe('a receiver that fails', () => {
  it('gets a ticket’s events in order although it refused the first, under the same ids', async () => {
    const { receiver, admin, aTicketOf, oldest } = await aListener({ events: ['ticket.created', 'ticket.updated'], manner: answering(500) });
    const ticket = await aTicketOf();
    await receiver.gets(1);
    value(await changeTicket(world.deps, admin, ticket.id, { priority: 'high' }, aKey()));
    await waitFor(async () => (await oldest('ticket.created'))?.lastStatus === 500, 'the refusal is written down');
    expect(await oldest('ticket.created')).toMatchObject({ state: 'pending', attempts: 1, lastError: 'The receiver answered 500.' });
    receiver.behaves(taking);
    await waitFor(async () => (await oldest('ticket.updated'))?.state === 'delivered', 'both were taken');
    const heard = receiver.received.filter(({ body }) => body.data['changed'] !== 'summary');
    expect(heard.map(({ body }) => body.type)).toEqual(['ticket.created', 'ticket.created', 'ticket.updated']);
    expect(heard[1]?.id).toBe(heard[0]?.id);
    expect(heard[1]?.text).toBe(heard[0]?.text);
    expect((await oldest('ticket.created'))?.attempts).toBe(2);
  }, 60_000);

  it('keeps no other ticket waiting', async () => {
    const { receiver, aTicketOf } = await aListener({ events: ['ticket.created'], manner: (response, { body }) => void response.writeHead(body.data['number'] === 1 ? 500 : 204).end() });
    await aTicketOf('First');
    await receiver.gets(1);
    await aTicketOf('The second');
    await waitFor(() => receiver.received.some(({ body }) => body.data['number'] === 2), 'the second is told');
  }, 60_000);

  it('is asked for three days, then turned off, and the admins hear of it; turned on again it gets what it is owed', async () => {
    const { receiver, hook, admin, aTicketOf, oldest, id: teamId } = await aListener({ events: ['ticket.created'], manner: answering(503) });
    const ticket = await aTicketOf();
    const streamId = ticket.id;
    await waitFor(async () => (await oldest('ticket.created'))?.attempts === 1, 'it failed once');
    expect(value(await webhook(world.deps, admin, hook.id)).state).toBe('failing');
    const workflowId = webhookDrainWorkflowId({ endpointId: hook.id, streamId });
    for (let tries = 1; value(await webhook(world.deps, admin, hook.id)).state !== 'off'; tries += 1) {
      expect(tries).toBeLessThan(60);
      await skipTimeOf(world.deps.client, workflowId, 3 * HOUR_MS + MINUTE_MS);
      await waitFor(async () => ((await oldest('ticket.created'))?.attempts ?? 0) > tries, 'it was tried again');
    }
    expect(await oldest('ticket.created')).toMatchObject({ state: 'failed', lastStatus: 503, nextTryAt: null });
    expect(receiver.received.length).toBeGreaterThan(20);
    expect(new Set(receiver.received.map(({ id }) => id)).size).toBe(1);
    expect(value(await webhook(world.deps, admin, hook.id)).off).toMatchObject({ why: 'failing' });
    const told = value(await notifications(world.deps, admin, {})).items.filter(({ kind }) => kind === 'webhook_off');
    expect(told).toMatchObject([{ ticket: null, webhook: { id: hook.id, url: receiver.url }, isRead: false }]);
    expect(await recount(world.deps.prisma, teamId)).toEqual([]);
    await world.desk.prisma.webhookDelivery.updateMany({ where: { endpointId: hook.id }, data: { state: 'pending' } });
    const before = receiver.received.length;
    receiver.behaves(taking);
    value(await changeWebhook(world.deps, admin, hook.id, { enabled: true }));
    await startSweeper(world.deps, teamId);
    await waitFor(async () => (await oldest('ticket.created'))?.state === 'delivered', 'what it was owed has come', { withinMs: 40_000 });
    expect(receiver.received.length).toBe(before + 1);
  }, 150_000);

  it('is turned off at once where it says that it is gone', async () => {
    const { hook, admin, aTicketOf, oldest, log } = await aListener({ events: ['ticket.created'], manner: answering(410) });
    await aTicketOf('Once');
    await waitFor(async () => (await oldest('ticket.created'))?.state === 'failed', 'it said so');
    expect(value(await webhook(world.deps, admin, hook.id))).toMatchObject({ state: 'off', off: { why: 'gone' } });
    await aTicketOf('And twice');
    expect(await log()).toHaveLength(1);
    expect(await testWebhook(world.deps, admin, hook.id)).toMatchObject({ ok: false, code: 'webhook_off' });
  }, 60_000);

  it('is tried again where it wants to speak another protocol, as after any other failure', async () => {
    const { receiver, aTicketOf, oldest } = await aListener({ events: ['ticket.created'], manner: (response) => void response.socket?.write('HTTP/1.1 101 Switching Protocols\r\nUpgrade: other\r\nConnection: Upgrade\r\n\r\n') });
    await aTicketOf();
    await waitFor(async () => (await oldest('ticket.created'))?.lastError === 'The receiver answered 101.', 'the log says it');
    receiver.behaves(taking);
    await waitFor(async () => (await oldest('ticket.created'))?.state === 'delivered', 'it has come', { withinMs: 30_000 });
  }, 60_000);

  it('is not waited for, and the log says so', async () => {
    const { aTicketOf, oldest } = await aListener({ events: ['ticket.created'], manner: () => undefined });
    await aTicketOf();
    await waitFor(async () => (await oldest('ticket.created'))?.lastError === 'No answer within 3 s.', 'the log says it');
  }, 60_000);
});

it('is sent nothing unsigned: a secret that cannot be opened is a failure that says what to do', async () => {
  const { receiver, hook, admin, oldest } = await aListener();
  await world.desk.prisma.secret.updateMany({ where: { teamId: admin.teamId, name: `webhook:${hook.id}` }, data: { sealed: 'v1.a.b.c' } });
  value(await testWebhook(world.deps, admin, hook.id));
  await waitFor(async () => (await oldest('webhook.test'))?.state === 'failed', 'it failed');
  expect((await oldest('webhook.test'))?.lastError).toMatch(/cannot be opened.*Make a new one/);
  expect(receiver.received).toEqual([]);
  const { secret } = value(await rotateWebhookSecret(world.deps, admin, hook.id));
  value(await testWebhook(world.deps, admin, hook.id));
  const [heard] = await receiver.gets(1);
  expect(heard && isSignedWith(secret, heard)).toBe(true);
}, 60_000);

describe('what is sent again', () => {
  it('carries the same id where the worker died between the answer and its record', async () => {
    const { receiver, aTicketOf, oldest } = await aListener({ events: ['ticket.created'] });
    // Whoever else is sent something meanwhile is sent it again, too.
    interrupt = () => {
      if (receiver.received.length === 1) throw new Error('the worker died here');
    };
    await aTicketOf();
    await waitFor(async () => (await oldest('ticket.created'))?.state === 'delivered', 'it is recorded');
    expect(receiver.received).toHaveLength(2);
    expect(receiver.received[1]?.id).toBe(receiver.received[0]?.id);
  }, 60_000);

  it('by hand carries the same id, and is tried now although the next try is hours away', async () => {
    const { receiver, hook, admin, aTicketOf, oldest } = await aListener({ events: ['ticket.created'], manner: answering(500) });
    await aTicketOf();
    const failed = await waitFor(async () => {
      const one = await oldest('ticket.created');
      return one?.attempts === 1 && one;
    }, 'it failed');
    await world.desk.prisma.webhookDelivery.update({ where: { id: failed.id }, data: { attempts: 6 } });
    await waitFor(async () => (await oldest('ticket.created'))?.attempts === 7, 'it failed again, and waits for hours');
    receiver.behaves(taking);
    value(await resendWebhook(world.deps, admin, hook.id, failed.id));
    await waitFor(async () => (await oldest('ticket.created'))?.state === 'delivered', 'it was taken');
    value(await resendWebhook(world.deps, admin, hook.id, failed.id));
    await receiver.gets(4);
    expect(new Set(receiver.received.map(({ id }) => id))).toEqual(new Set([failed.id]));
  }, 60_000);

  it('was left by a process that died before anybody was told of it', async () => {
    const { receiver, hook, admin } = await aListener({ manner: taking });
    const test = value(await testWebhook(world.deps, admin, hook.id));
    await receiver.gets(1);
    const drain = world.deps.client.workflow.getHandle(webhookDrainWorkflowId({ endpointId: hook.id, streamId: test.id }));
    await waitFor(async () => (await drain.describe()).status.name === 'COMPLETED', 'nobody is sending any more');
    const longAgo = new Date(Date.now() - 20_000);
    await world.desk.prisma.webhookDelivery.update({ where: { id: test.id }, data: { state: 'pending', nextTryAt: longAgo } });
    await startSweeper(world.deps, admin.teamId);
    await receiver.gets(2);
  }, 60_000);
});

describe('an endpoint’s secrets', () => {
  it('are two for a day after a rotation, and both sign', async () => {
    const { receiver, hook, admin } = await aListener();
    const second = value(await rotateWebhookSecret(world.deps, admin, hook.id));
    value(await testWebhook(world.deps, admin, hook.id));
    const [first] = await receiver.gets(1);
    if (first === undefined) throw new Error('nothing came');
    expect(first.headers['webhook-signature']?.split(' ')).toHaveLength(2);
    expect([isSignedWith(hook.secret, first), isSignedWith(second.secret, first)]).toEqual([true, true]);
    const third = value(await rotateWebhookSecret(world.deps, admin, hook.id));
    value(await testWebhook(world.deps, admin, hook.id));
    const [, later] = await receiver.gets(2);
    if (later === undefined) throw new Error('nothing came');
    expect([hook.secret, second.secret, third.secret].map((secret) => isSignedWith(secret, later))).toEqual([false, true, true]);
    await world.desk.prisma.webhookEndpoint.update({ where: { id: hook.id }, data: { oldSecretUntil: new Date(Date.now() - 1) } });
    value(await testWebhook(world.deps, admin, hook.id));
    const [, , last] = await receiver.gets(3);
    if (last === undefined) throw new Error('nothing came');
    expect([second.secret, third.secret].map((secret) => isSignedWith(secret, last))).toEqual([false, true]);
    const rows = await world.desk.prisma.secret.findMany({ where: { teamId: admin.teamId } });
    expect(rows).toHaveLength(2);
    for (const { sealed } of rows) for (const { secret } of [hook, second, third]) expect(sealed).not.toContain(secret.slice(6));
  }, 60_000);
});
