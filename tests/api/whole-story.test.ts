import { putPolicy } from '#api/policies/put-policy.ts';
import { aKey, anApi, ask } from '#tests/support/api.ts';
import type { TestApi } from '#tests/support/api.ts';
import { type AModel, aModel, sayingJson, translating } from '#tests/support/a-model.ts';
import { mcpPrograms } from '#tests/support/mcp.ts';
import { aShopTeam } from '#tests/support/shop-team.ts';
import { value } from '#tests/support/team.ts';
import { waitFor } from '#tests/support/wait-for.ts';
import { conversationRow, conversationView, entryView, pageOf, ticketView } from '#workflows/contract/views.ts';
import type { ConversationView } from '#workflows/contract/views.ts';

// The whole story of tests/e2e/whole-story.test.ts for programs: the customer's page, an agent by HTTP or by MCP, and a desk of
// the team's own making with an operator's key.

let api: TestApi;
let model: AModel;
const programs = mcpPrograms(() => api);
beforeAll(async () => {
  model = await aModel();
  api = await anApi({ withWorker: true, llm: model.llm, answerWithinMs: 20_000 });
  model.summarises(sayingJson({ wants: [{ text: 'Wants the money back for lamp AB-1234.', messages: ['m3'] }], tried: [], promised: [], open: [] }));
  model.follows(translating(['Meine Lampe', 'My lamp ⟦1⟧ arrived broken. I would like my money back.'], ['I am sorry', 'Es tut mir leid um Ihre Lampe ⟦1⟧.']));
}, 60_000);
afterAll(async () => {
  await programs.close();
  await api.close();
  await model.close();
});

/** How an agent takes part. */
interface Voice {
  read(conversationId: string): Promise<ConversationView>;
  /** Answers what it has read; gives `said`, or the code of the refusal. */
  says(read: ConversationView, text: string): Promise<string>;
  escalates(read: ConversationView, why: { case: string; reason: string }): Promise<void>;
}
/** How the team's program takes part, where MCP has a tool for it. */
interface Desk {
  resolves(number: number): Promise<void>;
}
interface Sides {
  readonly robin: Voice;
  readonly desk: Desk;
}

function byHttp({ agentKey, deskKey }: { agentKey: string; deskKey: string }): Sides {
  const robin: Voice = {
    read: async (id) => conversationView.parse((await ask(api, `GET /conversations/${id}`, { key: agentKey })).body),
    async says({ id, ai, lastCustomerMessage }, text) {
      const { status, body } = await ask(api, `POST /conversations/${id}/messages`, { key: agentKey, body: { author: 'agent', text, epoch: ai.epoch, lastSeenMessage: lastCustomerMessage } });
      return status === 201 ? 'said' : codeIn(body);
    },
    escalates: async ({ id }, why) => expect((await ask(api, `POST /conversations/${id}/escalate`, { key: agentKey, body: why })).status).toBe(200),
  };
  const desk: Desk = { resolves: async (number) => expect((await ask(api, `POST /tickets/${number}/status`, { key: deskKey, body: { status: 'resolved' } })).status).toBe(200) };
  return { robin, desk };
}

async function byMcp({ agentKey, deskKey }: { agentKey: string; deskKey: string }): Promise<Sides> {
  const [agent, program] = [await programs.connect(agentKey), await programs.connect(deskKey)];
  const robin: Voice = {
    read: async (conversationId) => conversationView.parse((await agent.call('get_conversation', { conversationId })).content),
    async says({ id: conversationId, ai, lastCustomerMessage }, text) {
      const { isError, content } = await agent.call('reply', { conversationId, text, epoch: ai.epoch, lastSeenMessage: lastCustomerMessage });
      return isError ? codeIn(content) : 'said';
    },
    escalates: async ({ id: conversationId }, why) => expect(await agent.call('escalate', { conversationId, ...why })).toMatchObject({ isError: false }),
  };
  const desk: Desk = { resolves: async (number) => expect(await program.call('set_status', { ticketId: number, status: 'resolved' })).toMatchObject({ isError: false, content: { status: 'resolved' } }) };
  return { robin, desk };
}

function codeIn(body: unknown): string {
  return typeof body === 'object' && body !== null && 'code' in body ? String(body.code) : JSON.stringify(body);
}

const OPENING = 'Guten Tag, wann haben Sie geöffnet?';
const BROKEN = 'Meine Lampe AB-1234 ist zerbrochen angekommen. Ich möchte mein Geld zurück.';
const IN_GERMAN = 'Das Geld ist schon unterwegs und morgen auf Ihrem Konto.';

it.each([
  ['HTTP only', byHttp],
  ['MCP', byMcp],
] as const)('is told by %s from the first question to the AI that goes on knowing what a person did', async (_, by) => {
  const { team, admin, agent, page } = await aShopTeam(api);
  const handoverCases = [{ key: 'refund', when: 'They want their money back', action: 'escalate' as const, priority: 'high' as const, skills: [], group: null }];
  value(await putPolicy(api.deps, admin.principal, agent.id, { overrides: { helpDesk: true, handoverCases } }, 1));
  const keys = { agentKey: await aKey(api.deps, team.id, 'agent', agent.id), deskKey: await aKey(api.deps, team.id, 'operator') };
  const { robin, desk } = await by(keys);
  const asDesk = (what: string, body?: unknown) => ask(api, what, { key: keys.deskKey, ...(body !== undefined && { body }) });
  const asRobin = (what: string, body?: unknown) => ask(api, what, { key: keys.agentKey, ...(body !== undefined && { body }) });
  const customer = await page({ name: 'Carla' });
  // The page says what has come to it: what nobody confirms, a takeover silences (decision 068).
  const heard = async () => {
    const { messages, cursor } = await customer.read();
    await customer.ask('POST /seen', { upTo: cursor });
    return messages.map(({ from, text }) => [from, text]);
  };

  // The agent answers.
  await customer.say(OPENING);
  const [due] = pageOf(conversationRow).parse((await asRobin('GET /conversations?view=to_answer')).body).items;
  const id = due?.id ?? '';
  expect(await robin.says(await robin.read(id), 'Montag bis Samstag von 10 bis 17 Uhr.')).toBe('said');
  expect(await heard()).toEqual([['you', OPENING], ['ai', 'Montag bis Samstag von 10 bis 17 Uhr.']]);

  // It hands over, with a summary, and what was said can be read in another language.
  await customer.say(BROKEN);
  await robin.escalates(await robin.read(id), { case: 'refund', reason: 'Wants a refund' });
  const seen = async () => ticketView.parse((await asDesk('GET /tickets/1')).body);
  expect(await seen()).toMatchObject({ status: 'new', priority: 'high', case: 'refund', origin: 'escalation', conversationId: id, requesterDetail: { language: 'de' } });
  await waitFor(async () => (await seen()).summary?.madeBy === 'model', 'the summary is there');
  expect((await seen()).summary?.text).toContain('Wants the money back for lamp AB-1234.');
  const timeline = async () => pageOf(entryView).parse((await asDesk('GET /tickets/1/timeline?translate=en')).body).items;
  const broken = (await timeline()).find(({ message }) => message?.text === BROKEN)?.message;
  expect((await asDesk(`POST /conversations/${id}/messages/${broken?.id}/translate`, { to: 'en' })).status).toBe(200);
  const translated = await waitFor(async () => {
    const translation = (await timeline()).find(({ message }) => message?.id === broken?.id)?.message?.translation;
    return translation?.state === 'done' && translation;
  }, 'the translation is there');
  expect(translated.text).toBe('My lamp AB-1234 arrived broken. I would like my money back.');

  // A person takes over while it is writing: what it writes is kept back.
  await customer.say('Haben Sie am Samstag auch geöffnet?');
  const stream = await customer.listen();
  const begun = await robin.read(id);
  expect((await asRobin(`POST /conversations/${id}/typing`, {})).status).toBe(204);
  await stream.until(({ event, data }) => event === 'typing' && data['typing'] === 'Robin', 'the customer sees it write');
  expect((await asDesk(`POST /conversations/${id}/takeover`, {})).status).toBe(200);
  expect(await robin.says(begun, 'Ja, am Samstag auch.')).toBe('ai_paused');
  expect(await asRobin(`POST /conversations/${id}/typing`, {})).toMatchObject({ status: 409, body: { code: 'ai_paused' } });
  expect(await robin.read(id)).toMatchObject({ mayReply: false, ai: { state: 'paused' } });
  expect((await timeline()).map(({ kind }) => kind)).toContain('ai_reply_suppressed');

  // A person answers in two languages: one translated on its way, one as it is.
  const sent = await asDesk('POST /tickets/1/reply', { text: 'I am sorry about your lamp AB-1234.', translateTo: 'de' });
  expect(sent).toMatchObject({ status: 201, body: { message: { text: 'Es tut mir leid um Ihre Lampe AB-1234.', source: { text: 'I am sorry about your lamp AB-1234.', language: 'en' } } } });
  expect((await asDesk('POST /tickets/1/reply', { text: IN_GERMAN })).status).toBe(201);
  await desk.resolves(1);
  await waitFor(async () => (await seen()).status === 'resolved', 'it is resolved');

  // The agent goes on, and knows what was done.
  await customer.say('Danke! Und am Samstag?');
  const back = await robin.read(id);
  const wrote = back.messages.filter((message) => back.handBack?.humanMessages.includes(message.id)).map(({ text }) => text);
  expect(wrote).toEqual(['Es tut mir leid um Ihre Lampe AB-1234.', IN_GERMAN]);
  expect(await robin.says(back, `Ihnen wurde geschrieben: „${wrote.at(-1)}“ Ja, am Samstag auch.`)).toBe('said');
  expect(await heard()).toEqual([
    ['you', OPENING],
    ['ai', 'Montag bis Samstag von 10 bis 17 Uhr.'],
    ['you', BROKEN],
    ['you', 'Haben Sie am Samstag auch geöffnet?'],
    ['team', 'Es tut mir leid um Ihre Lampe AB-1234.'],
    ['team', IN_GERMAN],
    ['you', 'Danke! Und am Samstag?'],
    ['ai', `Ihnen wurde geschrieben: „${IN_GERMAN}“ Ja, am Samstag auch.`],
  ]);
  expect((await seen()).status).toBe('resolved');
  stream.close();
});
