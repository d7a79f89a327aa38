import { createAgent } from '#api/agents/agents.ts';
import { conversations } from '#api/queries/conversations.ts';
import { createWidget } from '#api/widgets/widgets.ts';
import { poolOf } from '#prisma/client.ts';
import { aKey, anApi, ask, type TestApi } from '#tests/support/api.ts';
import { value, aTeam } from '#tests/support/team.ts';
import { waitFor } from '#tests/support/wait-for.ts';
import { aShopPage, SHOP } from '#tests/support/widget.ts';

let api: TestApi;
beforeAll(async () => {
  api = await anApi();
}, 60_000);
afterAll(() => api.close());

/** Whether it has been answered yet. */
function watched<T>(answer: Promise<T>): { readonly answer: Promise<T>; isThere(): boolean } {
  let isThere = false;
  void answer.finally(() => (isThere = true));
  return { answer, isThere: () => isThere };
}

describe('an api that is asked by hundreds at once', () => {
  it('answers people while visitors and agents wait for each other, and then answers those', async () => {
    const { team, admin } = await aTeam(api.deps);
    const agent = value(await createAgent(api.deps, admin.principal, { name: 'Robin' }));
    const widget = value(await createWidget(api.deps, admin.principal, { name: 'Shop', agentId: agent.id, origins: [SHOP] }));
    const page = await aShopPage({ url: api.url, widgetId: widget.id });
    await page.say('Where is my order?');
    const [chat] = value(await conversations(api.deps, admin.principal, { view: 'all' })).items;
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
});
