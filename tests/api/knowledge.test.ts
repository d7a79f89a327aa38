import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createAgent } from '#api/agents/agents.ts';
import { createKnowledge } from '#api/agents/knowledge.ts';
import { readOldKnowledge } from '#store/ai-agents/knowledge.ts';
import { forgetOldCalls, noteLlmCall } from '#store/ai-agents/llm-calls.ts';
import { lookUpPassages } from '#store/ai-agents/look-up.ts';
import { anApi, type TestApi } from '#tests/support/api.ts';
import { aTeam, value } from '#tests/support/team.ts';

let api: TestApi;
beforeAll(async () => {
  api = await anApi();
});
afterAll(() => api.close());

async function anAgent() {
  const { team, admin } = await aTeam(api.deps);
  const { id: agentId } = value(await createAgent(api.deps, admin.principal, { name: 'Robin', kind: 'built_in' }));
  return { team, admin, agentId };
}

describe('what an agent finds in what it knows', () => {
  const SHIPPING_DE = 'Der Versand innerhalb Deutschlands dauert zwei bis drei Tage. Wir verschicken jedes Paket aus Leipzig, und Sie bekommen eine Nachricht, sobald es unterwegs ist.';
  const RETURNS_DE = 'Sie können Schuhe innerhalb von dreißig Tagen zurückgeben. Die Rücksendung ist kostenlos, wenn die Schuhe ungetragen sind.';
  async function aKnowing(...texts: readonly (readonly [title: string, text: string])[]) {
    const { team, admin, agentId } = await anAgent();
    for (const [title, text] of texts) value(await createKnowledge(api.deps, admin.principal, agentId, { title, text }));
    return async (query: string) => (await lookUpPassages(api.deps.prisma, { teamId: team.id, agentId, query })).map(({ title }) => title);
  }

  it('is nothing where German texts say nothing of what a German customer asks', async () => {
    const finds = await aKnowing(['Lieferung', SHIPPING_DE], ['Umtausch', RETURNS_DE]);
    for (const query of ['Wie lange habe ich Garantie auf eine Uhr?', 'Was kostet es, wenn ich bei Ihnen eine Hose kürzen lasse?', 'Haben Sie auch Gutscheine, die ich verschenken kann?', 'Wie lange dauert die Reparatur meiner Uhr?']) {
      expect([query, await finds(query)]).toEqual([query, []]);
    }
  });

  it('is a German text in whatever inflection its words are asked for', async () => {
    const finds = await aKnowing(['Lieferung', SHIPPING_DE], ['Umtausch', RETURNS_DE]);
    expect(await finds('Wann werden die Pakete verschickt?')).toEqual(['Lieferung']);
    expect(await finds('Was kosten Rücksendungen eines Schuhs?')).toEqual(['Umtausch']);
    expect(await finds('Wann kommt mein Paket?')).toEqual(['Lieferung']);
    expect(await finds('Pakete')).toEqual(['Lieferung']);
    expect(await finds('Lieferungen nach Wien mit der Bahn')).toEqual(['Lieferung']);
  });

  it('is an English text as before, and not for one everyday word that it has in common with the question', async () => {
    const finds = await aKnowing(['Shipping', 'Parcels within Germany take two days. We ship from Leipzig.'], ['Returns', 'Shoes can be returned within thirty days.']);
    expect(await finds('how long do I have to return shoes')).toEqual(['Returns']);
    expect(await finds('When do you ship a parcel?')).toEqual(['Shipping']);
    expect(await finds('returning')).toEqual(['Returns']);
    expect(await finds('Can I bring my dog into the shop on holidays or other days?')).toEqual([]);
    expect(await finds('What is the vault code?')).toEqual([]);
    expect(await finds('the and of')).toEqual([]);
    expect(await finds('')).toEqual([]);
    expect(await finds(`'); DROP TABLE x; -- & | ! :* <->`)).toEqual([]);
  });

  it('is a text of its own language among those of others, and a text that no language is known of, word by word', async () => {
    const finds = await aKnowing(['Versand', SHIPPING_DE], ['Returns', 'Shoes can be returned within thirty days, and we pay for the parcel.'], ['SKU', 'BX-4471 7,5 / 42'], ['Zwroty', 'Buty można zwrócić w ciągu trzydziestu dni od zakupu, jeśli nie były noszone na dworze.']);
    expect(await finds('Wie lange dauert der Versand nach Leipzig?')).toEqual(['Versand']);
    expect(await finds('Can I return the shoes that I bought?')).toEqual(['Returns']);
    expect(await finds('Do you have BX-4471 in a wider size for my brother?')).toEqual(['SKU']);
    expect(await finds('Czy buty można zwrócić po miesiącu?')).toEqual(['Zwroty']);
    expect(await finds('Jak się do was dostać i na co się nie czeka?')).toEqual([]);
  });

  it('is read anew where it was written before languages were told apart, and found meanwhile', async () => {
    const { team, admin, agentId } = await anAgent();
    const { id } = value(await createKnowledge(api.deps, admin.principal, agentId, { title: 'Umtausch', text: RETURNS_DE }));
    await api.deps.prisma.$executeRaw`UPDATE knowledge_passages SET language = NULL, search = to_tsvector('english', passage) WHERE text_id = ${id}`;
    const finds = async (query: string) => (await lookUpPassages(api.deps.prisma, { teamId: team.id, agentId, query })).length;
    expect([await finds('Rücksendung'), await finds('Rücksendungen')]).toEqual([1, 0]);
    await readOldKnowledge(api.deps.prisma);
    expect([await finds('Rücksendung'), await finds('Rücksendungen')]).toEqual([1, 1]);
    expect(await api.deps.prisma.knowledgePassage.findMany({ where: { textId: id }, select: { language: true } })).toEqual([{ language: 'german' }]);
  });
});

it('forgets what models were asked more than 400 days ago, and nothing that a budget or a bill needs', async () => {
  const { team } = await anAgent();
  const now = new Date();
  const call = { teamId: team.id, agentId: null, task: 'turn' as const, model: 'm', tokensIn: 1, tokensOut: 1, ms: 1, outcome: 'ok', cost: null };
  for (const days of [500, 401, 399, 0]) await noteLlmCall(api.deps.prisma, { ...call, tokensIn: days, at: new Date(now.getTime() - days * 86_400_000) });
  await forgetOldCalls(api.deps.prisma, now);
  expect((await api.deps.prisma.llmCall.findMany({ where: { teamId: team.id }, orderBy: { id: 'asc' } })).map(({ tokensIn }) => tokensIn)).toEqual([399, 0]);
});
