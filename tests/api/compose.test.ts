import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ActivityCancellationDetails } from '@temporalio/common';
import { MockActivityEnvironment } from '@temporalio/testing';
import { composeText } from '#activities/compose/compose-text.ts';
import { meteredStep } from '#activities/llm/metered.ts';
import { createAddress } from '#api/agents/addresses.ts';
import { recordIn, textIn } from '#api/http/openapi-fields.ts';
import { beginCompose } from '#store/ai-agents/composes.ts';
import { aBrowser, aKey, anApi, ask, type ApiProcess, type TestApi } from '#tests/support/api.ts';
import { aModel, type AModel, breakingOff, breakingOffAfter, calling, cutting, endingEarlyAfter, failing, held, type ModelManner, neverAnswering, pausing, saying, sendingBytes, streaming, streamingGarbage } from '#tests/support/a-model.ts';
import { readEvents } from '#tests/support/event-source.ts';
import { aTeam, value } from '#tests/support/team.ts';
import { waitFor } from '#tests/support/wait-for.ts';

let api: TestApi;
let other: ApiProcess;
let model: AModel;
beforeAll(async () => {
  model = await aModel();
  api = await anApi({ withWorker: true, llm: model.llm, answerWithinMs: 20_000 });
  other = await api.another({ llm: model.llm });
});
afterAll(async () => {
  await api.close();
  await model.close();
});

/** A ticket in which Jane has asked something, and Ada at her composer. */
async function aComposer() {
  const { deps } = api;
  const { team, admin, person } = await aTeam(deps);
  const key = await aKey(deps, team.id, 'admin');
  value(await createAddress(deps, admin.principal, { address: `help@${team.slug}.example`, isDefault: true }));
  const made = await ask(api, 'POST /tickets', { key, body: { subject: 'Refund', text: 'Where are my 40 euros for A-17?', requester: { name: 'Jane Doe', email: 'jane@customer.example' } } });
  expect(made.status).toBe(201);
  const ticketId = textIn(recordIn(made.body)['id']);
  const ada = await aBrowser(api, admin.email);
  const begin = (body: unknown, headers: Record<string, string> = ada) => ask(api, `POST /tickets/${ticketId}/compose`, { headers, body });
  const follow = async (id: string, headers: Record<string, string> = ada, from: ApiProcess = other) => readEvents(`${from.url}/api/v1/tickets/${ticketId}/compose/${id}/events`, headers);
  /** Begins one and reads it, from another process, to its end. */
  const composes = async (body: unknown) => {
    const begun = await begin(body);
    expect(begun).toMatchObject({ status: 201 });
    const reader = await follow(textIn(recordIn(begun.body)['id']));
    const end = await reader.until(({ event }) => event === 'end', 'it ended');
    await waitFor(() => reader.isOver(), 'the stream is over');
    return { end: end.data, said: reader.seen.filter(({ event }) => event === 'chunk').map(({ data }) => textIn(data['text'])).join('') };
  };
  const stop = (id: string, headers: Record<string, string> = ada) => ask(api, `DELETE /tickets/${ticketId}/compose/${id}`, { headers });
  return { team, admin, person, key, ticketId, ada, begin, follow, composes, stop };
}

const idOf = (begun: { body: unknown }) => textIn(recordIn(begun.body)['id']);

describe('a model that helps to write', () => {
  it('drafts from the conversation without its notes, and says what it made up', async () => {
    const { composes, key, ticketId, team } = await aComposer();
    await ask(api, `POST /tickets/${ticketId}/notes`, { key, body: { text: 'She is a known thief.' } });
    model.follows(saying('Hello Jane, your 40 euros for A-17 come in 3 days.'));
    const { end, said } = await composes({ task: 'draft' });
    expect(said).toBe('Hello Jane, your 40 euros for A-17 come in 3 days.');
    expect(end).toMatchObject({ state: 'done', text: said, isCut: false, newerMessage: false, problem: null, warnings: [{ kind: 'number', what: '3', change: 'invented' }] });
    const asked = JSON.stringify(model.requests);
    expect(asked).toContain('Where are my 40 euros');
    expect(asked).not.toContain('thief');
    model.follows(saying('Hello Jane.'));
    await composes({ task: 'draft', includeNotes: true });
    expect(JSON.stringify(model.requests)).toContain('thief');
    expect(await api.deps.prisma.llmCall.findMany({ where: { teamId: team.id, task: 'compose' } })).toMatchObject([{ outcome: 'ok', tokensOut: 20 }, { outcome: 'ok' }]);
    // Nothing of it has reached the ticket.
    expect(await api.deps.prisma.message.count({ where: { teamId: team.id, kind: 'message' } })).toBe(1);
  });

  it('works on a part, with what stands around it, and is not shown the conversation', async () => {
    const { composes } = await aComposer();
    model.follows(saying('you get your money back'));
    const { end } = await composes({ task: 'polish', text: 'Dear Jane, u get 40 euros bak. Bye', selection: { start: 11, end: 30 } });
    expect(end).toMatchObject({ text: 'you get your money back', warnings: [{ kind: 'number', what: '40', change: 'lost' }] });
    const asked = model.requests[0]?.messages[1]?.content ?? '';
    expect(JSON.parse(asked)).toMatchObject({ before: 'Dear Jane, ', text: 'u get 40 euros bak.', after: ' Bye', writer: 'Ada', customer: 'Jane Doe' });
  });

  it('is stopped, and its connection closed; what was said is kept by who reads', async () => {
    const { begin, follow, stop } = await aComposer();
    const slow = pausing(['Hello ', 'Ja'], ['ne']);
    model.follows(slow.manner);
    const id = idOf(await begin({ task: 'draft' }));
    const reader = await follow(id);
    await reader.until(({ data }) => data['text'] === 'Hello Ja' || data['text'] === 'Ja', 'it writes');
    expect((await stop(id)).status).toBe(204);
    expect((await reader.until(({ event }) => event === 'end', 'it ended')).data).toMatchObject({ state: 'stopped', text: null });
    await waitFor(slow.isCut, 'the model is left alone');
    expect((await stop(id)).status).toBe(204);
  });

  it('goes on where a reader was, and ends when nobody reads any more', async () => {
    const { begin, follow, ada, team } = await aComposer();
    const slow = pausing(['One. '], ['Two.']);
    model.follows(slow.manner);
    const id = idOf(await begin({ task: 'draft' }));
    const first = await follow(id);
    const { id: last } = await first.until(({ event }) => event === 'chunk', 'it writes');
    first.close();
    const again = await follow(id, { ...ada, 'last-event-id': last });
    slow.release();
    await again.until(({ event }) => event === 'end', 'it ended');
    expect(again.seen.filter(({ event }) => event === 'chunk').map(({ data }) => data['text'])).toEqual(['Two.']);
    const left = held(saying('Two.'));
    model.follows(left.manner);
    const unread = idOf(await begin({ task: 'draft' }));
    await model.gets(1);
    await api.deps.prisma.compose.update({ where: { id: unread }, data: { readAt: new Date(Date.now() - 60_000) } });
    await waitFor(left.isCut, 'the model is left alone');
    await waitFor(async () => (await api.deps.prisma.compose.findUnique({ where: { id: unread } }))?.state === 'stopped', 'it is stopped');
    // What the model was working on is paid for.
    const call = await api.deps.prisma.llmCall.findFirst({ where: { teamId: team.id }, orderBy: { at: 'desc' } });
    expect(call).toMatchObject({ outcome: 'stopped', tokensOut: 0 });
    expect(call?.tokensIn).toBeGreaterThan(0);
  });

  it('is counted as late where whoever asked has no more patience, however patient the call is', async () => {
    const { team } = await aComposer();
    model.follows(neverAnswering);
    const request = { model: null, messages: [{ role: 'user' as const, content: 'Hi' }], tools: [], maxTokens: 10, timeoutMs: 20_000, signal: AbortSignal.timeout(100) };
    await expect(meteredStep(api.deps, model.llm, { teamId: team.id, agentId: null, task: 'summary' }, request)).rejects.toThrow();
    expect(await api.deps.prisma.llmCall.findMany({ where: { teamId: team.id, task: 'summary' } })).toMatchObject([{ outcome: 'timeout', tokensIn: 1 }]);
  });

  it.each<[string, ModelManner, string, number]>([
    ['never answers', neverAnswering, 'timeout', 1],
    ['answers a page', sendingBytes('<html>'), 'malformed', 1],
    ['breaks off', breakingOff, 'malformed', 1],
    ['lets a filter take its answer', cutting('', 'content_filter'), 'withheld', 1],
    ['refuses', failing(429), 'http_429', 0],
  ])('is counted against the month’s budget where its model %s: what was worked on is paid for', async (_what, manner, outcome, tokensIn) => {
    const { team } = await aComposer();
    model.follows(manner);
    const request = { model: null, messages: [{ role: 'user' as const, content: 'Hi' }], tools: [], maxTokens: 10, timeoutMs: 1_000, signal: new AbortController().signal };
    await expect(meteredStep(api.deps, model.llm, { teamId: team.id, agentId: null, task: 'summary' }, request)).rejects.toThrow();
    expect(await api.deps.prisma.llmCall.findMany({ where: { teamId: team.id, task: 'summary' } })).toMatchObject([{ outcome, tokensIn, tokensOut: 0 }]);
  });

  it('has failed, and is not what the writer stopped, where its worker is shut down', async () => {
    const { team, ticketId } = await aComposer();
    const { conversationId } = await api.deps.prisma.ticket.findUniqueOrThrow({ where: { id: ticketId } });
    const id = 'cmp_of_a_worker_that_stops';
    await beginCompose(api.deps.prisma, { id, teamId: team.id, ticketId, conversationId, owner: 'ada', wish: { task: 'draft', text: '', includeNotes: false, writer: 'Ada' }, at: new Date() });
    const slow = pausing(['Hello Ja'], ['ne']);
    model.follows(slow.manner);
    const worker = new MockActivityEnvironment();
    const done = worker.run(() => composeText({ ...api.deps, webhooks: { allowPrivate: true, deadlineMs: 1_000 }, llm: model.llm }, { teamId: team.id, composeId: id }));
    await waitFor(async () => (await api.deps.prisma.composeChunk.count({ where: { composeId: id } })) > 0, 'it writes');
    worker.cancel('WORKER_SHUTDOWN', new ActivityCancellationDetails({ workerShutdown: true }));
    await done;
    expect(await api.deps.prisma.compose.findUnique({ where: { id } })).toMatchObject({ state: 'failed', ending: { detail: 'The process that asked the model stopped. Try again.' } });
  });

  it('is read ten times at once by one person and no more, and again once one of them has gone', async () => {
    const { begin, follow, stop } = await aComposer();
    const slow = pausing(['Hello'], ['.']);
    model.follows(slow.manner);
    const id = idOf(await begin({ task: 'draft' }));
    const readers = await Promise.all(Array.from({ length: 10 }, async () => follow(id)));
    expect(readers.map(({ status }) => status)).toEqual(readers.map(() => 200));
    expect((await follow(id)).status).toBe(429);
    readers[0]?.close();
    await waitFor(async () => (await follow(id)).status === 200, 'there is room for one more');
    expect((await stop(id)).status).toBe(204);
    slow.release();
  });

  it('says that the customer wrote meanwhile', async () => {
    const { begin, follow, team, ticketId } = await aComposer();
    const slow = pausing(['Hello'], ['.']);
    model.follows(slow.manner);
    const { lastCustomerMessage } = recordIn((await ask(api, `GET /tickets/${ticketId}`, { key: await aKey(api.deps, team.id, 'viewer') })).body);
    const reader = await follow(idOf(await begin({ task: 'draft', lastSeenMessage: lastCustomerMessage })));
    await reader.until(({ event }) => event === 'chunk', 'it writes');
    await api.deps.prisma.conversation.updateMany({ where: { teamId: team.id }, data: { lastCustomerMessageId: 'msg_newer' } });
    slow.release();
    expect((await reader.until(({ event }) => event === 'end', 'it ended')).data).toMatchObject({ state: 'done', newerMessage: true });
  });

  it('writes twice at once for one person and no more, the same request once, and for nobody else’s eyes', async () => {
    const { begin, follow, stop, ada, person, key } = await aComposer();
    const slow = pausing(['Hello'], ['.']);
    model.follows(slow.manner);
    const twice = await Promise.all([begin({ task: 'draft' }, { ...ada, 'idempotency-key': 'same' }), begin({ task: 'draft' })]);
    expect(idOf(await begin({ task: 'draft' }, { ...ada, 'idempotency-key': 'same' }))).toBe(idOf(twice[0]));
    expect(await begin({ task: 'draft' })).toMatchObject({ status: 429, body: { code: 'rate_limited' } });
    const tom = await person({ name: 'Tom', role: 'operator', password: 'correct horse battery' });
    const toms = await aBrowser(api, tom.email);
    for (const one of twice) {
      expect((await follow(idOf(one), toms)).status).toBe(404);
      expect((await stop(idOf(one), toms)).status).toBe(404);
      expect((await follow(idOf(one), { authorization: `Bearer ${key}` })).status).toBe(404);
      expect((await stop(idOf(one))).status).toBe(204);
    }
    slow.release();
  });
});

describe('a model that behaves badly', () => {
  let ada: Awaited<ReturnType<typeof aComposer>>;
  beforeAll(async () => {
    ada = await aComposer();
  });
  const failed = (problem: string, detail: RegExp) => ({ state: 'failed', problem, detail: expect.stringMatching(detail), text: null });

  it.each<[string, ModelManner[], Record<string, unknown>]>([
    ['says nothing', [saying('')], failed('unusable', /nothing that could be used/)],
    ['says nonsense', [saying('Wibble 42.')], { state: 'done', warnings: [expect.objectContaining({ what: '40', change: 'lost' }), expect.objectContaining({ what: '42', change: 'invented' })] }],
    ['says a megabyte', [streaming(...Array.from({ length: 50 }, () => 'x'.repeat(20_000)))], { state: 'done', isCut: true, text: 'x'.repeat(20_000) }],
    ['answers in another language', [saying('Sie bekommen 40 Euro.')], { state: 'done', warnings: [] }],
    ['asks for a tool that was not offered', [calling(['set_policy', { helpDesk: false }])], failed('unusable', /asked for a tool/)],
    ['repeats its instructions', [(response, request) => saying(request.messages[0]?.content ?? '')(response, request)], failed('unusable', /repeated its instructions/)],
    ['puts its text into fences', [saying('```text\nYou get 40 euros.\n```')], { state: 'done', text: 'You get 40 euros.' }],
    ['breaks off', [breakingOffAfter('You get')], failed('failed', /broke off|cannot be reached/)],
    ['ends early', [endingEarlyAfter('You get')], failed('failed', /broke off/)],
    ['sends no JSON', [streamingGarbage('You get')], failed('failed', /broke off, or was no JSON/)],
    ['is busy for a second', [failing(429, { 'retry-after': '1' }), saying('You get 40 euros.')], { state: 'done', text: 'You get 40 euros.' }],
    ['is busy for a minute', [failing(429, { 'retry-after': '60' })], { ...failed('busy', /answered 429/), retryAfter: 60 }],
    ['is down for a moment', [failing(500), saying('You get 40 euros.')], { state: 'done', text: 'You get 40 euros.' }],
    ['is down', [failing(500)], failed('failed', /answered 500/)],
    ['refuses the key', [failing(401)], failed('failed', /answered 401/)],
  ])('and %s', async (_what, manners, expected) => {
    model.follows(...manners);
    expect((await ada.composes({ task: 'polish', text: 'u get 40 euros' })).end).toMatchObject(expected);
  });
});

describe('who cannot be helped', () => {
  let ada: Awaited<ReturnType<typeof aComposer>>;
  beforeAll(async () => {
    ada = await aComposer();
  });
  it.each([
    [{ task: 'sing' }, 'body.task'],
    [{ task: 'polish', text: '  ' }, 'body.text'],
    [{ task: 'tone', text: 'x' }, 'body.tone'],
    [{ task: 'translate', text: 'x' }, 'body.to'],
    [{ task: 'polish', text: 'abc', selection: { start: 2, end: 9 } }, 'body.selection'],
  ])('is told which field of %j is wrong', async (body, path) => {
    expect(await ada.begin(body)).toMatchObject({ status: 422, body: { errors: [{ path }] } });
  });

  it('is told what to configure where there is no model, or that the month’s tokens are used up', async () => {
    const { composes, ticketId, key } = await aComposer();
    const without = await api.another();
    expect(await ask(without, `POST /tickets/${ticketId}/compose`, { key, body: { task: 'draft' } })).toMatchObject({ status: 409, body: { code: 'no_model', detail: 'No language model is configured. An admin adds one in Settings, Language and AI.' } });
    expect((await ask(api, 'PUT /model', { key, headers: { 'if-match': '"0"' }, body: { monthlyTokens: 0 } })).status).toBe(200);
    expect((await composes({ task: 'draft' })).end).toMatchObject({ state: 'failed', problem: 'budget', detail: 'The team’s budget of 0 tokens a month is used up.' });
  });
});

it('marks a reply that a model helped to write, for the team', async () => {
  const { key, ticketId } = await aComposer();
  expect(await ask(api, `POST /tickets/${ticketId}/reply`, { key, body: { text: 'Soon.', aiAssisted: true } })).toMatchObject({ status: 201, body: { message: { aiAssisted: true } } });
  const { body } = await ask(api, `GET /tickets/${ticketId}/timeline`, { key });
  expect(JSON.stringify(body)).toContain('"aiAssisted":true');
});

it('answers 429 to one translation too many, says when to try again, and keeps the key for then', async () => {
  const { key, ticketId } = await aComposer();
  const strict = await api.another({ llm: model.llm, limits: { translationsPerMinute: 1 } });
  model.follows(saying('Bonjour, elle est partie aujourd’hui.'));
  const translate = (text: string, name: string) => ask(strict, `POST /tickets/${ticketId}/translate`, { key, body: { text, to: 'FR', from: 'en' }, headers: { 'idempotency-key': name } });
  expect(await translate('Hello, it left today.', 'one')).toMatchObject({ status: 200, body: { language: 'fr' } });
  for (let times = 0; times < 2; times += 1) {
    const refused = await translate('Hello, it leaves tomorrow.', 'two');
    expect(refused).toMatchObject({ status: 429, body: { code: 'rate_limited', detail: expect.stringContaining('translations') } });
    expect([refused.headers.get('idempotency-replayed'), Number(refused.headers.get('retry-after')) > 0]).toEqual([null, true]);
  }
});
