import { msToTs } from '@temporalio/common/lib/time.js';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createConversation } from '#api/conversations/create-conversation.ts';
import { escalate } from '#api/conversations/escalate.ts';
import { postMessage } from '#api/conversations/post-message.ts';
import { model as modelOf, modelUsage, putModel, testModel } from '#api/model/model.ts';
import { ticket } from '#api/queries/ticket.ts';
import { note } from '#api/tickets/note.ts';
import { refreshSummary } from '#api/tickets/refresh-summary.ts';
import { setStatus } from '#api/tickets/set-status.ts';
import { aKey, aTeam, type TicketWorld } from '#tests/api/ticket-world.ts';
import { A_SUMMARY, aModel, type AModel, breakingOff, calling, failing, held, neverAnswering, saying, sayingJson, sendingBytes } from '#tests/support/a-model.ts';
import type { ModelManner } from '#tests/support/a-model.ts';
import { codeOf, value } from '#tests/support/team.ts';
import { waitFor } from '#tests/support/wait-for.ts';
import { ticketWorkflowId } from '#workflows/contract/workflow-ids.ts';
import { aModelWorld } from './a-model-world.ts';

let world: TicketWorld;
let model: AModel;
beforeAll(async () => {
  ({ world, model } = await aModelWorld());
}, 120_000);
afterAll(() => world.close(), 60_000);

const settingsDeps = () => ({ ...world.deps, llmModel: 'scripted' });
const SAID = {
  wants: [{ text: 'Wants 40 euros back for order A-17.', messages: ['m1'] }],
  tried: [],
  promised: [{ text: 'Nothing yet.', messages: ['m1', 'm2'] }],
  open: [{ text: 'When will it be paid?', messages: ['m2'] }],
};

/** A ticket of two customer messages, and its first summary. */
async function aSummarised(manner: ModelManner = sayingJson(SAID)) {
  const { deps } = world;
  const team = await aTeam(world);
  const { principal: robin } = await team.agent();
  const chat = value(await createConversation(deps, robin, { requester: { name: 'Jane' }, message: 'I want my 40 euros back for A-17.' }, aKey()));
  const [first] = chat.messages;
  const second = value(await postMessage(deps, robin, chat.id, { author: 'customer', text: 'When will it be paid?' }, aKey()));
  model.summarises(manner);
  value(await escalate(deps, robin, chat.id, { reason: 'help' }, aKey()));
  const sees = async () => value(await ticket(deps, team.admin, '1'));
  const made = async () => {
    const seen = await waitFor(async () => {
      const now = await sees();
      return !now.isSummaryOwed && now.summary !== null && now;
    }, 'the summary is there');
    return { ...seen, summary: seen.summary ?? undefined };
  };
  const again = async () => value(await refreshSummary(deps, team.admin, '1', aKey()));
  return { ...team, robin, chat, ids: [first?.id ?? '', second.id], sees, made, again };
}

describe('a summary', () => {
  it('says what is wanted, promised and open, and each claim names messages that are there (P1)', async () => {
    const { made, ids, id } = await aSummarised();
    const { summary } = await made();
    expect(summary).toMatchObject({
      madeBy: 'model',
      text: 'Wants: Wants 40 euros back for order A-17.\nPromised: Nothing yet.\nOpen: When will it be paid?',
      newerMessages: 0,
      claims: { wants: [{ messages: [{ id: ids[0] }] }], tried: [], promised: [{ messages: [{ id: ids[0] }, { id: ids[1] }] }], open: [{ messages: [{ id: ids[1] }] }] },
    });
    const [asked] = model.summaries;
    expect(asked?.response_format?.json_schema?.name).toBe('summary');
    expect(asked?.messages[1]?.content).toContain('{"id":"m1",');
    // Its own ids are ours to know.
    expect(asked?.messages[1]?.content).not.toContain(ids[0]);
    expect(await world.desk.prisma.llmCall.findMany({ where: { teamId: id } })).toMatchObject([{ task: 'summary', outcome: 'ok', tokensIn: 100, tokensOut: 20, cost: null }]);
  });

  it('says how much came since, and is made anew when somebody asks, once for all who ask meanwhile', async () => {
    const { deps } = world;
    const { made, again, robin, chat, admin, sees } = await aSummarised();
    await made();
    value(await postMessage(deps, robin, chat.id, { author: 'customer', text: 'Hello?' }, aKey()));
    value(await note(deps, admin, '1', { text: 'He is a known thief.' }, aKey()));
    expect((await sees()).summary?.newerMessages).toBe(1);
    const later = held(sayingJson(SAID));
    model.summarises(later.manner);
    expect(await again()).toMatchObject({ isSummaryOwed: true, summary: { newerMessages: 1 } });
    await again();
    later.release();
    expect((await made()).summary).toMatchObject({ madeBy: 'model', newerMessages: 0 });
    expect(model.summaries).toHaveLength(1);
    expect(JSON.stringify(model.summaries)).not.toContain('thief');
    const { items } = { items: await world.desk.prisma.timelineEntry.findMany({ where: { teamId: admin.teamId, kind: { in: ['summary_asked', 'summary_made'] } }, orderBy: { seq: 'asc' } }) };
    expect(items.map(({ kind }) => kind)).toEqual(['summary_made', 'summary_asked', 'summary_made']);
  });

  it('of a closed ticket is made, too, and its run ends again', async () => {
    const { deps } = world;
    const { made, again, admin, sees } = await aSummarised();
    await made();
    value(await setStatus(deps, admin, '1', { status: 'closed' }, aKey()));
    const { id } = await sees();
    const handle = deps.client.workflow.getHandle(ticketWorkflowId(id));
    await waitFor(async () => (await handle.describe()).status.name === 'COMPLETED', 'the ticket’s run has ended');
    model.summarises(sayingJson(A_SUMMARY));
    await again();
    expect((await made()).summary?.text).toBe('Wants: Wants an answer.');
    await waitFor(async () => (await handle.describe()).status.name === 'COMPLETED', 'the ticket’s run has ended');
  });

  it('is an extract that says why where no model could be asked in time, and a closed ticket’s run ends all the same', async () => {
    const { deps } = world;
    const { made, again, admin, sees } = await aSummarised();
    await made();
    value(await setStatus(deps, admin, '1', { status: 'closed' }, aKey()));
    const execution = { workflowId: ticketWorkflowId((await sees()).id) };
    const handle = deps.client.workflow.getHandle(execution.workflowId);
    const ends = async () => waitFor(async () => (await handle.describe()).status.name === 'COMPLETED', 'the ticket’s run has ended');
    await ends();
    model.summarises(neverAnswering);
    await again();
    await waitFor(() => model.summaries.length > 0, 'the model is asked');
    // As if its minute were over.
    await deps.client.workflowService.updateActivityOptions({ namespace: 'default', execution, type: 'summariseTicket', activityOptions: { scheduleToCloseTimeout: msToTs(1_000) }, updateMask: { paths: ['schedule_to_close_timeout'] } });
    expect((await made()).summary).toMatchObject({ madeBy: 'extract', text: expect.stringContaining('I want my 40 euros back'), why: 'The language model could not be asked in time.', newerMessages: 0 });
    await ends();
  });

  it('is nobody’s to ask for who only reads', async () => {
    const { deps } = world;
    const { person } = await aSummarised();
    expect(codeOf(await refreshSummary(deps, await person('Vera', 'viewer'), '1', aKey()))).toBe('forbidden');
  });
});

describe('a model that summarises badly', () => {
  const long = (words: number) => ({ wants: Array.from({ length: 6 }, (_, part) => ({ text: Array.from({ length: words / 6 }, (_, at) => `w${part}x${at}`).join(' '), messages: ['m1'] })), tried: [], promised: [], open: [] });
  const foreign = { ...SAID, wants: [{ text: 'Eve wants a refund.', messages: ['msg_4kQ9ZsT1vY7bN2mXw8Lr3D'] }] };
  const extract = (why: RegExp) => ({ madeBy: 'extract', text: expect.stringContaining('I want my 40 euros back'), why: expect.stringMatching(why), claims: null });

  it.each<[string, ModelManner, Record<string, unknown>]>([
    ['fences its JSON and talks around it', saying(`Sure!\n\`\`\`json\n${JSON.stringify(SAID)}\n\`\`\``), { madeBy: 'model' }],
    ['answers nothing', saying(''), extract(/no answer that could be used/)],
    ['answers nonsense', saying('Wibble wobble.'), extract(/no answer that could be used/)],
    ['answers a megabyte', saying('x'.repeat(1_000_000)), extract(/no answer that could be used/)],
    ['answers half of its JSON', saying('{"wants":[{"text":"Wan'), extract(/no answer that could be used/)],
    ['breaks off', breakingOff, extract(/broke off|cannot be reached/)],
    ['is down', failing(500), extract(/answered 500/)],
    ['asks to be left alone for an hour', failing(429, { 'retry-after': '3600' }), extract(/answered 429/)],
    ['answers no chat completion', sendingBytes('{"choices":"no"}'), extract(/no chat completion/)],
    ['obeys a customer who names another conversation', sayingJson(foreign), { madeBy: 'model', claims: expect.objectContaining({ wants: [], open: [expect.anything()] }) }],
    ['obeys a customer who wants another policy', sayingJson({ ...SAID, policy: { helpDesk: false } }), extract(/no answer that could be used/)],
    ['obeys a customer who names a tool', calling(['set_policy', { helpDesk: false }]), extract(/no answer that could be used/)],
    ['says what no message says', sayingJson({ ...SAID, wants: [{ text: 'Wants a pony.', messages: [] }] }), { madeBy: 'model', claims: expect.objectContaining({ wants: [] }) }],
  ])('and %s', async (_what, manner, expected) => {
    const { made } = await aSummarised(manner);
    expect((await made()).summary).toMatchObject(expected);
    // One repair, or one more try.
    expect(model.summaries.length).toBeLessThanOrEqual(3);
  });

  it('is told what was wrong, once, and its second answer counts', async () => {
    const { made, again } = await aSummarised();
    await made();
    model.summarises(sayingJson(foreign), sayingJson(SAID));
    await again();
    expect((await made()).summary?.text).toContain('A-17');
    expect(model.summaries[1]?.messages.at(-1)?.content).toContain('no such message in this conversation; the ids are m1 to m2');
    model.summarises(sayingJson(long(150)));
    await again();
    const { text = '' } = (await made()).summary ?? {};
    expect(model.summaries[1]?.messages.at(-1)?.content).toContain('it has 150 words; at most 120 are read');
    expect(text.split(/\s+/).length).toBe(121);
  });
});

describe('the team’s own model', () => {
  it('is asked at its endpoint, by the task’s name, with a key that is never shown, and priced', async () => {
    const { made, again, admin, id } = await aSummarised();
    await made();
    const own = await aModel();
    try {
      const { version } = value(await modelOf(settingsDeps(), admin));
      const put = { baseUrl: own.url, key: 'sk-secret', model: 'large', models: { summary: 'small', compose: null, translate: null, turn: null }, priceIn: 1, priceOut: 10 };
      const saved = value(await putModel(settingsDeps(), admin, put, version));
      expect(saved).toMatchObject({ version: 1, source: 'team', hasKey: true, model: 'large' });
      expect(JSON.stringify([saved, await world.desk.prisma.modelSetting.findMany(), await world.desk.prisma.secret.findMany({ where: { teamId: id } })])).not.toContain('sk-secret');
      own.summarises(sayingJson(A_SUMMARY));
      await again();
      expect((await made()).summary?.text).toBe('Wants: Wants an answer.');
      expect(own.summaries).toMatchObject([{ model: 'small', key: 'sk-secret' }]);
      own.follows(saying('ready'));
      expect(value(await testModel(world.deps, admin))).toMatchObject({ ok: true, model: 'scripted', problem: null });
      expect(own.requests).toMatchObject([{ model: 'large' }]);
      own.follows(failing(401, {}, 'Incorrect API key provided'));
      expect(value(await testModel(world.deps, admin))).toMatchObject({ ok: false, problem: 'The model’s endpoint answered 401.', words: '401 Incorrect API key provided' });
      expect(value(await modelUsage(world.deps, admin))).toMatchObject({ calls: 4, failed: 1, tokensIn: 300, tokensOut: 60, cost: 0.0006, tasks: [{ task: 'summary', calls: 2 }, { task: 'test', calls: 2, failed: 1 }] });
      // Whoever may name the endpoint must not be able to read the key.
      expect(await putModel(settingsDeps(), admin, { ...put, key: undefined, baseUrl: 'https://elsewhere.example/v1' }, 1)).toMatchObject({ ok: false, errors: [{ path: 'body.key' }] });
      expect(await putModel(settingsDeps(), admin, { ...put, key: undefined, baseUrl: `${own.url}/of-another-account` }, 1)).toMatchObject({ ok: false, errors: [{ path: 'body.key' }] });
      expect(await putModel(settingsDeps(), admin, { baseUrl: own.url }, 1)).toMatchObject({ ok: false, errors: [{ path: 'body.model' }] });
      expect(codeOf(await putModel(settingsDeps(), admin, put, 0))).toBe('version_conflict');
    } finally {
      await own.close();
    }
  });

  it('is not asked once the month’s tokens are used up: the summary is an extract that says so', async () => {
    const { made, again, admin } = await aSummarised();
    await made();
    value(await putModel(settingsDeps(), admin, { monthlyTokens: 100 }, 0));
    model.summarises(sayingJson(SAID));
    await again();
    expect((await made()).summary).toMatchObject({ madeBy: 'extract', why: 'The team’s budget of 100 tokens a month is used up.' });
    expect(model.summaries).toHaveLength(0);
  });
});
