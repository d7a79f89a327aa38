import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { createConversation } from '#api/conversations/create-conversation.ts';
import { postMessage } from '#api/conversations/post-message.ts';
import { takeOver } from '#api/conversations/take-over.ts';
import { conversation } from '#api/queries/conversation.ts';
import { reply } from '#api/tickets/reply.ts';
import { webhookDeliveries } from '#api/webhooks/deliveries.ts';
import { createWebhook } from '#api/webhooks/webhooks.ts';
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
    const app = await anApp({ manner: (response, { body }) => void response.writeHead(body.data['author'] === 'agent' ? 500 : 204).end() });
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
