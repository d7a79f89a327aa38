import { postMessage } from '#api/conversations/post-message.ts';
import { crowdOf } from '#api/crowd.ts';
import { conversation } from '#api/queries/conversation.ts';
import { conversations } from '#api/queries/conversations.ts';
import { readForWidget } from '#api/widget/read.ts';
import { poolOf } from '#prisma/client.ts';
import { widgetOfPage } from '#prisma/store/widgets/widgets.ts';
import { prepared } from '#prisma/transaction.ts';
import { aKey, anApi, ask, type TestApi } from '#tests/support/api.ts';
import { aShopTeam } from '#tests/support/shop-team.ts';
import { value } from '#tests/support/team.ts';
import { waitFor } from '#tests/support/wait-for.ts';

let api: TestApi;
beforeAll(async () => {
  api = await anApi();
}, 60_000);
afterAll(() => api.close());

/** A team with a web chat that an agent answers, and in which somebody has asked. */
async function aChat() {
  const { team, admin, agent, robin, widget, page: open } = await aShopTeam(api);
  const page = await open();
  await page.say('Where is my order?');
  const [chat] = value(await conversations(api.deps, admin.principal, { view: 'all' })).items;
  return { team, agent, robin, widget, page, chat };
}

/** Whether it has been answered yet. */
function watched<T>(answer: Promise<T>): { readonly answer: Promise<T>; isThere(): boolean } {
  let isThere = false;
  void answer.finally(() => (isThere = true));
  return { answer, isThere: () => isThere };
}

describe('an api that is asked by hundreds at once', () => {
  it('answers people while visitors and agents wait for each other, and then answers those', async () => {
    const { team, agent, page, chat } = await aChat();
    const [person, robin] = await Promise.all([aKey(api.deps, team.id, 'operator'), aKey(api.deps, team.id, 'agent', agent.id)]);
    const asks = (key: string) => ask(api, `GET /conversations/${chat?.id}`, { key });
    expect([(await asks(person)).status, (await asks(robin)).status]).toEqual([200, 200]);

    const crowd = poolOf(api.deps.crowd);
    const taken = await Promise.all(Array.from({ length: crowd.options.max }, () => crowd.connect()));
    const [reading, asking] = [watched(page.ask('GET /conversation?after=0')), watched(asks(robin))];
    try {
      await waitFor(() => crowd.waitingCount === 2, 'both wait');
      expect((await asks(person)).status).toBe(200);
      expect([reading.isThere(), asking.isThere()]).toEqual([false, false]);
    } finally {
      for (const connection of taken) connection.release();
    }
    expect([(await reading.answer).status, (await asking.answer).status]).toEqual([200, 200]);
  });

  it('answers a takeover that waits for an AI’s words on their way to a widget, while everybody else waits (P12)', async () => {
    const { team, robin, widget, page, chat } = await aChat();
    const { id, ai, lastCustomerMessage } = value(await conversation(api.deps, robin, chat?.id ?? ''));
    value(await postMessage(api.deps, robin, id, { author: 'agent', text: 'On its way.', epoch: ai.epoch, lastSeenMessage: lastCustomerMessage }, 'key-1'));

    const crowd = poolOf(api.deps.crowd);
    const [row, visitor, { requesterId }] = await Promise.all([
      widgetOfPage(prepared(api.deps.prisma), widget.id), api.deps.widgetTokens.read(page.token, widget.id), api.deps.prisma.conversation.findFirstOrThrow({ where: { id } }),
    ]);
    if (row === null || visitor === null) throw new Error('the page has no visit');
    const reading = await readForWidget(crowdOf(api.deps), { widget: row, visitor, conversationId: id, requesterId, tokenEndsAt: visitor.expiresAt }, 0);
    expect(reading.until).not.toBeNull();
    const taken = await Promise.all(Array.from({ length: crowd.options.max }, () => crowd.connect()));
    try {
      await reading.handedOver();
      expect(await api.deps.prisma.widgetClaim.count({ where: { teamId: team.id } })).toBe(0);
    } finally {
      for (const connection of taken) connection.release();
    }
  });
});
