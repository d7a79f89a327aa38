import type { ServerResponse } from 'node:http';
import { setTimeout } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { createConversation } from '#api/conversations/create-conversation.ts';
import { postMessage } from '#api/conversations/post-message.ts';
import { takeOver } from '#api/conversations/take-over.ts';
import { conversation } from '#api/queries/conversation.ts';
import { reply } from '#api/tickets/reply.ts';
import { resendWebhook, webhookDeliveries } from '#api/webhooks/deliveries.ts';
import { createWebhook, webhook } from '#api/webhooks/webhooks.ts';
import { aKey, aTeam, aTicketWorld, type TicketWorld } from '#tests/api/ticket-world.ts';
import { aReceiver, type Manner, type Receiver, taking } from '#tests/support/a-receiver.ts';
import { value } from '#tests/support/team.ts';
import { waitFor } from '#tests/support/wait-for.ts';

// The customer's own app, told of everything by webhook: on the API channel that is how a message reaches somebody.

let world: TicketWorld;
beforeAll(async () => {
  world = await aTicketWorld();
}, 120_000);
afterAll(() => world.close(), 60_000);

const receivers: Receiver[] = [];
afterEach(() => Promise.all(receivers.splice(0).map((one) => one.close())));

/** An app that asked something, with what its agent and its team may do. */
async function anApp({ manner = taking }: { manner?: Manner } = {}) {
  const team = await aTeam(world);
  const receiver = await aReceiver(manner);
  receivers.push(receiver);
  const hook = value(await createWebhook(world.deps, team.admin, { url: receiver.url, events: ['message.created'] }));
  const robin = await team.agent();
  const asked = value(await createConversation(world.deps, robin.principal, { requester: { name: 'Jane', email: 'jane@customer.test' }, subject: 'Size', message: 'Is it small?' }, aKey()));
  const said = { author: 'agent' as const, text: 'A bit.', epoch: asked.ai.epoch, lastSeenMessage: asked.lastCustomerMessage };
  return {
    ...team,
    robin,
    receiver,
    hook,
    id: asked.id,
    teamId: team.id,
    answers: async () => value(await postMessage(world.deps, robin.principal, asked.id, said, aKey())).id,
    isTakenOver: async () => value(await takeOver(world.deps, team.admin, asked.id, {}, aKey())),
    read: async () => value(await conversation(world.deps, robin.principal, asked.id)),
    log: async () => value(await webhookDeliveries(world.deps, team.admin, hook.id, { limit: 200 })).items.reverse(),
    /** How often its app was given a text. */
    heard: (text: string) => receiver.received.filter(({ body }) => body.data['text'] === text).length,
  };
}

const rowOf = (id: string) => world.deps.prisma.message.findUniqueOrThrow({ where: { id } });
const isNow = (id: string, delivery: string) => waitFor(async () => (await rowOf(id)).delivery === delivery, `it is ${delivery}`, { withinMs: 30_000 });
const eventsOf = (conversationId: string) => world.deps.prisma.teamEvent.count({ where: { conversationId, kind: 'conversation' } });

describe('a message whose webhook an app has accepted', () => {
  it('is delivered although nobody reads it by GET, and a takeover does not say that it was held back', async () => {
    const app = await anApp();
    await waitFor(async () => (await app.log())[0]?.state === 'delivered', 'the question is told');
    const before = await eventsOf(app.id);
    const answered = await app.answers();
    await isNow(answered, 'delivered');
    expect((await rowOf(answered)).deliveredAt).not.toBeNull();
    // Operators are told that something was said, and that it has arrived.
    expect(await eventsOf(app.id)).toBe(before + 2);
    const ticket = await app.isTakenOver();
    expect((await rowOf(answered)).delivery).toBe('delivered');
    const { message } = value(await reply(world.deps, app.admin, ticket.id, { text: 'It runs small.', force: true }, aKey()));
    await isNow(message.id, 'delivered');
  }, 90_000);

  it('is not delivered as long as the app refuses it', async () => {
    const app = await anApp({ manner: answersAs(500) });
    const answered = await app.answers();
    await waitFor(async () => (await app.log())[1]?.attempts === 1, 'it was refused', { withinMs: 30_000 });
    expect((await rowOf(answered)).delivery).toBe('pending');
  }, 60_000);

  it.each([
    ['a mail', { channel: 'email' }],
    ['a web chat', { channel: 'live_chat', widgetId: 'wdg_shop' }],
  ])('stays as it was where %s brings it: that webhook is a report', async (_what, shownBy) => {
    const app = await anApp();
    await world.deps.prisma.conversation.update({ where: { id: app.id }, data: shownBy });
    const answered = await app.answers();
    await waitFor(async () => (await app.log())[1]?.state === 'delivered', 'it was told', { withinMs: 30_000 });
    expect((await rowOf(answered)).delivery).not.toBe('delivered');
  }, 60_000);
});

/** Leaves the AI's message unanswered, and everything else accepted, until `lets` says what becomes of it. */
function keeping() {
  let held: ServerResponse | null = null;
  const manner: Manner = (response, { body }) => {
    if (body.data['author'] === 'agent') held = response;
    else response.writeHead(204).end();
  };
  return { manner, isHeld: () => held !== null, lets: (status: number) => void held?.writeHead(status).end() };
}

/** Whether a promise is settled, without waiting for it. */
function watching(promise: Promise<unknown>): () => boolean {
  let isOver = false;
  void promise.finally(() => {
    isOver = true;
  });
  return () => isOver;
}

const answersAs = (status: number): Manner => (response, { body }) => void response.writeHead(body.data['author'] === 'agent' ? status : 204).end();

describe('an AI’s message whose webhook an app has not accepted yet (P12)', () => {
  it('is not handed to it again after a takeover; the log says so, nobody counts it as a failure, and what comes behind it does', async () => {
    const app = await anApp({ manner: answersAs(500) });
    const answered = await app.answers();
    await waitFor(async () => (await app.log())[1]?.attempts === 1, 'it was refused', { withinMs: 30_000 });
    value(await postMessage(world.deps, app.robin.principal, app.id, { author: 'customer', text: 'And is it wide?' }, aKey()));
    const ticket = await app.isTakenOver();
    const later = app.heard('A bit.');
    expect(app.heard('And is it wide?')).toBe(0);
    app.receiver.behaves(taking);
    value(await reply(world.deps, app.admin, ticket.id, { text: 'It runs small.', force: true }, aKey()));
    await waitFor(() => app.heard('It runs small.') === 1 && app.heard('And is it wide?') === 1, 'what was said after it has come', { withinMs: 90_000 });
    expect((await app.log())[1]?.state).toBe('held_back');
    expect((await app.log())[1]).toMatchObject({ attempts: later, lastError: 'Held back: a person has taken over.', nextTryAt: null });
    expect(app.heard('A bit.')).toBe(later);
    expect(later).toBeGreaterThan(0);
    expect(value(await webhook(world.deps, app.admin, app.hook.id)).state).toBe('on');
    // It came to the app, which may have shown it: read now, it would come after the takeover.
    expect(await rowOf(answered)).toMatchObject({ delivery: 'unknown', deliveryDetail: expect.stringContaining('may have seen it') });
    expect((await app.read()).messages.map(({ text, delivery }) => [text, delivery])).toEqual([['Is it small?', null], ['', 'unknown'], ['And is it wide?', null], ['It runs small.', 'delivered']]);
    value(await resendWebhook(world.deps, app.admin, app.hook.id, (await app.log())[1]?.id ?? ''));
    await waitFor(async () => (await app.log())[1]?.state === 'held_back', 'it is held back again', { withinMs: 30_000 });
    expect(app.heard('A bit.')).toBe(later);
  }, 240_000);

  it('keeps a takeover waiting while it is being handed over, and is delivered when the app takes it', async () => {
    const { manner, isHeld, lets } = keeping();
    const app = await anApp({ manner });
    const answered = await app.answers();
    await waitFor(isHeld, 'it is being handed over', { withinMs: 30_000 });
    const taken = app.isTakenOver();
    const isOver = watching(taken);
    await waitFor(async () => (await world.deps.prisma.conversation.findUniqueOrThrow({ where: { id: app.id } })).isPaused, 'the pause is written', { withinMs: 30_000 });
    await setTimeout(500);
    expect(isOver()).toBe(false);
    lets(204);
    await taken;
    expect((await rowOf(answered)).delivery).toBe('delivered');
    expect((await app.log())[1]?.state).toBe('delivered');
  }, 60_000);

  it('is cut off after 10 s where its app does not answer, and the takeover says that it may have been seen', async () => {
    const { manner, isHeld } = keeping();
    const app = await anApp({ manner });
    const answered = await app.answers();
    await waitFor(isHeld, 'it is being handed over', { withinMs: 30_000 });
    await app.isTakenOver();
    expect((await rowOf(answered)).delivery).toBe('unknown');
    // The claim's 10 s, less what was spent between it and the call.
    await waitFor(async () => /^No answer within (?:10|[89](?:\.\d)?) s\.$/.test((await app.log())[1]?.lastError ?? ''), 'the log says it');
    expect(app.heard('A bit.')).toBe(1);
  }, 60_000);

  it('was held back where its app could not be reached at all', async () => {
    const app = await anApp();
    await waitFor(async () => (await app.log())[0]?.state === 'delivered', 'the question is told', { withinMs: 30_000 });
    await app.receiver.close();
    const answered = await app.answers();
    await waitFor(async () => (await app.log())[1]?.attempts === 1, 'it was tried', { withinMs: 30_000 });
    await app.isTakenOver();
    expect((await rowOf(answered)).delivery).toBe('suppressed');
  }, 60_000);

  it('goes out after all where a mail brings it: that webhook is a report', async () => {
    const app = await anApp({ manner: answersAs(500) });
    await world.deps.prisma.conversation.update({ where: { id: app.id }, data: { channel: 'email' } });
    await app.answers();
    await waitFor(async () => (await app.log())[1]?.attempts === 1, 'it was refused', { withinMs: 30_000 });
    await app.isTakenOver();
    app.receiver.behaves(taking);
    await waitFor(async () => (await app.log())[1]?.state === 'delivered', 'it is told', { withinMs: 90_000 });
  }, 150_000);
});
