import { postMessage } from '#api/conversations/post-message.ts';
import { takeOver } from '#api/conversations/take-over.ts';
import type { Principal } from '#api/principal.ts';
import { conversation } from '#api/queries/conversation.ts';
import { timeline } from '#api/queries/timeline.ts';
import { markRead } from '#api/tickets/mark-read.ts';
import { reply } from '#api/tickets/reply.ts';
import { widgetConversation } from '#workflows/contract/widget-api.ts';
import { anApi, type TestApi } from '#tests/support/api.ts';
import type { EventReader } from '#tests/support/event-source.ts';
import { aShopTeam } from '#tests/support/shop-team.ts';
import { codeOf, value } from '#tests/support/team.ts';
import { waitFor } from '#tests/support/wait-for.ts';
import { textsIn } from '#tests/support/widget.ts';
import { aKey } from './ticket-world.ts';

let api: TestApi;
beforeAll(async () => {
  api = await anApi({ withWorker: true, answerWithinMs: 20_000 });
}, 60_000);
afterAll(() => api.close());

/** A chat that Robin, an AI, answers, after the visitor's first message: number 1. */
async function aChat() {
  const { team, admin, robin, page } = await aShopTeam(api);
  const shop = await page();
  await shop.say('My lamp is dark');
  const { id } = await api.deps.prisma.conversation.findFirstOrThrow({ where: { teamId: team.id } });
  const aiSays = async (text: string) => {
    const { ai, lastCustomerMessage } = value(await conversation(api.deps, robin, id));
    return value(await postMessage(api.deps, robin, id, { author: 'agent', text, epoch: ai.epoch, lastSeenMessage: lastCustomerMessage }, aKey()));
  };
  const key: Principal = { kind: 'key', teamId: team.id, keyId: 'key_shopware', role: 'operator' };
  /** What was said, and whether the team is told that it was read. */
  const readBy = async () => value(await conversation(api.deps, admin.principal, id)).messages.map(({ text, readAt }) => [text, readAt !== null]);
  const eventsNow = async () => (await api.deps.prisma.team.findUniqueOrThrow({ where: { id: team.id } })).cursor;
  return { admin: admin.principal, shop, id, robin, key, aiSays, readBy, eventsNow };
}

const seenIn = (reader: EventReader) => reader.seen.flatMap(({ data }) => widgetConversation.safeParse(data).data?.seenUpTo ?? []).at(-1);

describe('the team', () => {
  it('sees that a message has come to a page, and later that the visitor has read it, as it happens', async () => {
    const { shop, aiSays, readBy, eventsNow } = await aChat();
    await aiSays('Is it plugged in?');
    await shop.read();
    expect((await shop.ask('POST /seen', { upTo: 2 })).status).toBe(204);
    expect(await readBy()).toEqual([['My lamp is dark', false], ['Is it plugged in?', false]]);
    const before = await eventsNow();
    expect((await shop.ask('POST /seen', { upTo: 2, readUpTo: 2 })).status).toBe(204);
    expect(await readBy()).toEqual([['My lamp is dark', false], ['Is it plugged in?', true]]);
    expect(await eventsNow()).toBe(before + 1n);
  });

  it('is told of it once, keeps its first time, and hears of no going back', async () => {
    const { admin, shop, id, aiSays, eventsNow } = await aChat();
    await aiSays('Is it plugged in?');
    await shop.read();
    await shop.ask('POST /seen', { upTo: 2, readUpTo: 2 });
    const readAt = async () => value(await conversation(api.deps, admin, id)).messages.at(-1)?.readAt;
    const [first, before] = [await readAt(), await eventsNow()];
    for (const again of [{ upTo: 2, readUpTo: 2 }, { upTo: 2, readUpTo: 0 }, { upTo: 1 }]) expect((await shop.ask('POST /seen', again)).status).toBe(204);
    expect([await readAt(), await eventsNow()]).toEqual([first, before]);
  });

  it('is told of nothing read that the page was not given, whatever a page says', async () => {
    const { shop, aiSays, readBy } = await aChat();
    await aiSays('Given');
    await shop.read();
    await aiSays('Not asked for yet');
    await shop.ask('POST /seen', { upTo: 1, readUpTo: 900 });
    expect(await readBy()).toEqual([['My lamp is dark', false], ['Given', false], ['Not asked for yet', false]]);
    await shop.ask('POST /seen', { upTo: 900, readUpTo: 900 });
    expect(await readBy()).toEqual([['My lamp is dark', false], ['Given', true], ['Not asked for yet', false]]);
  });

  it.each([-1, 1.5, '2', 1_000_000_001, null])('refuses %p as a number by its field', async (readUpTo) => {
    const { shop } = await aChat();
    expect(await shop.ask('POST /seen', { upTo: 1, readUpTo })).toMatchObject({ status: 422, body: { errors: [{ path: 'body.readUpTo' }] } });
  });

  it('hears of no AI message as read that a takeover took from under their eyes (P12)', async () => {
    const { admin, shop, id, aiSays } = await aChat();
    await aiSays('Never mind the smoke');
    await shop.read();
    const ticket = value(await takeOver(api.deps, admin, id, {}, aKey()));
    await shop.ask('POST /seen', { upTo: 2, readUpTo: 2 });
    const entries = value(await timeline(api.deps, admin, ticket.id)).items;
    expect(entries.flatMap(({ message }) => (message?.author === 'agent' ? [message] : []))).toMatchObject([{ delivery: 'unknown', readAt: null }]);
  });
});

describe('a visitor', () => {
  it('sees live that a person has opened what they wrote, and not who', async () => {
    const { admin, shop, id } = await aChat();
    const ticket = value(await takeOver(api.deps, admin, id, {}, aKey()));
    const reader = await shop.listen();
    await waitFor(() => textsIn(reader).length === 1, 'the conversation');
    expect(seenIn(reader)).toBe(0);
    value(await markRead(api.deps, admin, ticket.id, 1_000));
    await waitFor(() => seenIn(reader) === 1, 'it is seen');
    await shop.say('Hello?');
    await waitFor(() => textsIn(reader).includes('Hello?'), 'their next message');
    expect(seenIn(reader)).toBe(1);
    reader.close();
    expect(JSON.stringify(reader.seen)).not.toContain(admin.kind === 'operator' ? admin.operatorId : '?');
  });

  it('costs the team’s stream one event for what is read, and none for reading it again', async () => {
    const { admin, id, eventsNow } = await aChat();
    const ticket = value(await takeOver(api.deps, admin, id, {}, aKey()));
    const before = await eventsNow();
    for (const position of [1_000, 1_000, 1]) value(await markRead(api.deps, admin, ticket.id, position));
    expect(await eventsNow()).toBe(before + 1n);
    expect(codeOf(await markRead(api.deps, admin, 'tkt_00000000000000000000000000', 1))).toBe('not_found');
  });

  it('sees by a person’s answer that they have read it, though nobody kept a mark', async () => {
    const { admin, shop, id } = await aChat();
    const ticket = value(await takeOver(api.deps, admin, id, {}, aKey()));
    expect((await shop.read()).seenUpTo).toBe(0);
    value(await reply(api.deps, admin, ticket.id, { text: 'Is it plugged in?', force: true }, aKey()));
    expect((await shop.read()).seenUpTo).toBe(1);
  });

  it('is not told that anybody has read it where an AI or a program alone has', async () => {
    const { shop, id, robin, key, aiSays } = await aChat();
    await aiSays('Is it plugged in?');
    value(await conversation(api.deps, robin, id));
    expect((await shop.read()).seenUpTo).toBe(0);
    const ticket = value(await takeOver(api.deps, key, id, { force: true }, aKey()));
    value(await reply(api.deps, key, ticket.id, { text: 'Your case is number 7.', force: true }, aKey()));
    expect(await shop.read()).toMatchObject({ seenUpTo: 0, messages: expect.arrayContaining([expect.objectContaining({ text: 'Your case is number 7.' })]) });
  });
});
