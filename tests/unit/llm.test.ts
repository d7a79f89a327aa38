import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createLlm } from '#activities/llm/llm.ts';
import type { LlmRequest } from '#activities/llm/llm.ts';
import { LlmFailure } from '#activities/llm/llm-failure.ts';
import { aModel, type AModel, breakingOff, breakingOffAfter, calling, cutting, emptily, endingEarlyAfter, failing, neverAnswering, pausing, plainly, saying, sendingBytes, stalling, streaming, streamingGarbage, thinkingFirst } from '#tests/support/a-model.ts';
import { waitFor } from '#tests/support/wait-for.ts';

let model: AModel;
beforeAll(async () => {
  model = await aModel();
});
afterAll(() => model.close());

const TOOL = { name: 'look_up', description: 'x', parameters: { type: 'object' } };
const ASKED = { model: null, messages: [{ role: 'user', content: 'Hi' }], tools: [], maxTokens: 10, timeoutMs: 500 } as const satisfies Partial<LlmRequest>;
const step = (signal = new AbortController().signal) => model.llm.step({ ...ASKED, tools: [TOOL], signal });
const told: string[] = [];
const stream = (signal = new AbortController().signal) => {
  told.length = 0;
  return model.llm.stream({ ...ASKED, signal }, (piece) => void told.push(piece));
};
const failureOf = async (asked: Promise<unknown>) => {
  const error: unknown = await asked.then(() => null, (thrown: unknown) => thrown);
  if (!(error instanceof LlmFailure)) throw new Error(`no LlmFailure: ${String(error)}`);
  const { message, outcome, again, retryAfterMs, words } = error;
  return { message, outcome, again, retryAfterMs, words };
};

describe('a model behind an OpenAI-compatible endpoint', () => {
  it('answers, or asks for tools, and says what it used', async () => {
    model.follows(saying(' Hello. '), calling(['look_up', { query: 'x' }]));
    expect(await step()).toMatchObject({ text: 'Hello.', calls: [], tokensIn: 100, tokensOut: 20, model: 'scripted', isCut: false });
    expect(await step()).toMatchObject({ text: '', calls: [{ id: 'call_0', name: 'look_up', input: '{"query":"x"}' }] });
  });

  it.each([
    ['that is busy for three seconds', failing(429, { 'retry-after': '3' }), { outcome: 'http_429', again: true, retryAfterMs: 3_000 }],
    ['that is down', failing(503), { outcome: 'http_503', again: true, retryAfterMs: null }],
    ['that refuses the key', failing(401, {}, 'Incorrect API key test-key provided'), { outcome: 'http_401', again: false, words: '401 Incorrect API key … provided' }],
    ['that knows no such model', failing(404), { outcome: 'http_404', again: false }],
    ['that leads elsewhere', failing(302, { location: 'http://169.254.169.254/' }), { outcome: 'http_302', again: false, message: 'The model’s endpoint answered 302 and leads elsewhere; redirects are not followed.' }],
    ['that answers with no status that there is', failing(999), { outcome: 'http_502', again: true }],
    ['that has nothing to say', emptily(204), { outcome: 'malformed', again: true }],
    ['that wants to speak another protocol', emptily(101), { outcome: 'unreached', again: true }],
    ['that breaks off', breakingOff, { again: true }],
    ['that answers a page', sendingBytes('<html>'), { outcome: 'malformed', again: true }],
    ['that answers other JSON', sendingBytes('{"hello":1}'), { outcome: 'malformed', again: true }],
    ['that has no choice', sendingBytes('{"choices":[]}'), { outcome: 'malformed', again: true }],
    ['whose filter takes the rest of its answer', cutting('We never', 'content_filter'), { outcome: 'withheld', again: false }],
    ['that never answers', neverAnswering, { outcome: 'timeout', again: true }],
    ['that falls silent in the middle of its answer', stalling, { outcome: 'timeout', again: true }],
  ] as const)('%s is asked once, and is no surprise', async (_what, manner, expected) => {
    model.follows(manner);
    expect(await failureOf(step())).toMatchObject(expected);
    expect(model.requests).toHaveLength(1);
  });

  it('is left alone once a human has stepped in', async () => {
    model.follows(neverAnswering);
    const abort = new AbortController();
    const asked = step(abort.signal).then(() => null, (thrown: unknown) => thrown);
    await model.gets(1);
    abort.abort();
    expect(await asked).not.toBeInstanceOf(LlmFailure);
  });

  it.each(['', '"usage":null,', '"usage":"none",', '"usage":{"prompt_tokens":-1,"completion_tokens":2.5},', '"usage":{"prompt_tokens":1e20},'])('keeps a good answer whatever its endpoint says that it used, and counts that itself: {%s}', async (usage) => {
    model.follows(sendingBytes(`{${usage}"choices":[{"message":{"content":"Hello there."}}]}`));
    expect(await step()).toMatchObject({ text: 'Hello there.', tokensIn: 1, tokensOut: 3 });
  });
});

describe('a model that streams', () => {
  it('tells its words one by one, and what it used', async () => {
    model.follows(streaming('Hel', 'lo ', 'there.'));
    expect(await stream()).toMatchObject({ text: 'Hello there.', tokensIn: 100, tokensOut: 20 });
    expect(told).toEqual(['Hel', 'lo ', 'there.']);
  });

  it.each([
    ['that is busy', failing(429, { 'retry-after': '3' }), { outcome: 'http_429', again: true, retryAfterMs: 3_000 }, ''],
    ['whose stream is cut', breakingOffAfter('The par'), { outcome: 'malformed' }, 'The par'],
    ['whose stream ends early', endingEarlyAfter('The par'), { outcome: 'malformed', message: 'The model’s answer broke off.' }, 'The par'],
    ['that sends no JSON', streamingGarbage('The par'), { outcome: 'malformed' }, 'The par'],
    ['that asks for a tool', calling(['delete_everything', {}]), { outcome: 'tool', again: false }, ''],
    ['whose filter takes the rest', cutting('The par', 'content_filter'), { outcome: 'withheld', again: false }, 'The par'],
    ['that falls silent', pausing(['The par'], []).manner, { outcome: 'timeout', again: false }, 'The par'],
    ['that never begins', neverAnswering, { outcome: 'timeout' }, ''],
  ] as const)('%s is no surprise', async (_what, manner, expected, heard) => {
    model.follows(manner);
    expect(await failureOf(stream())).toMatchObject(expected);
    expect(told.join('')).toBe(heard);
  });

  it('stops when it is told to, and its connection is closed', async () => {
    const { manner, isCut } = pausing(['The par'], ['t.']);
    model.follows(manner);
    const abort = new AbortController();
    const asked = model.llm.stream({ ...ASKED, timeoutMs: 20_000, signal: abort.signal }, () => abort.abort()).then(() => null, (thrown: unknown) => thrown);
    expect(await asked).not.toBeInstanceOf(LlmFailure);
    expect(await asked).not.toBeNull();
    await waitFor(isCut, 'the connection is closed');
  });

  it('is asked plainly where its endpoint does not know every field, and only once for that', async () => {
    model.follows(plainly(streaming('Hello.')));
    await stream();
    await stream();
    expect(model.requests.map(({ stream_options: given }) => given !== undefined)).toEqual([true, false, false]);
  });
});

describe('a model that thinks before it speaks (P49)', () => {
  const another = () => createLlm({ baseUrl: model.url, apiKey: 'test-key', model: `thinker-${Math.random()}` });
  const limits = () => model.requests.map(({ max_tokens: old, max_completion_tokens: now }) => (old === undefined ? now : `old ${old}`));
  const asked = { ...ASKED, maxTokens: 1_000, timeoutMs: 20_000, signal: new AbortController().signal };

  it('is asked for its answer with the limit that it takes, with room to think, and only once for that', async () => {
    const thinker = another();
    model.follows(thinkingFirst(saying('Hello.')));
    expect(await thinker.step(asked)).toMatchObject({ text: 'Hello.', isCut: false });
    expect(await thinker.step(asked)).toMatchObject({ text: 'Hello.' });
    expect(limits()).toEqual(['old 1000', 9_000, 9_000]);
  });

  it('keeps the form that it knows, and streams', async () => {
    const thinker = another();
    model.follows(thinkingFirst(saying('Hello.')));
    expect(await thinker.step({ ...asked, format: { name: 'x', schema: {} } })).toMatchObject({ text: 'Hello.' });
    expect(await thinker.stream(asked, () => undefined)).toMatchObject({ text: 'Hello.' });
    expect(limits()).toEqual(['old 1000', 9_000, 'old 1000', 9_000]);
    expect(model.requests.map(({ response_format: format, stream_options: options }) => format !== undefined || options !== undefined)).toEqual([true, true, true, true]);
  });

  it('is asked plainly as well where its endpoint wants that, too', async () => {
    model.follows(thinkingFirst(plainly(saying('Hello.'))));
    expect(await another().step({ ...asked, format: { name: 'x', schema: {} } })).toMatchObject({ text: 'Hello.' });
    expect(model.requests).toHaveLength(3);
  });

  it('is asked the old way again once its endpoint knows no other', async () => {
    const thinker = another();
    model.follows(thinkingFirst(saying('Hello.')), thinkingFirst(saying('Hello.')), failing(400, {}, 'Unrecognized request argument: max_completion_tokens'), saying('Hello.'));
    await thinker.step(asked);
    expect(await thinker.step(asked)).toMatchObject({ text: 'Hello.' });
    expect(limits()).toEqual(['old 1000', 9_000, 9_000, 'old 1000']);
  });

  it('is asked twice and no more where both are refused', async () => {
    model.follows(failing(400, {}, 'max_tokens and max_completion_tokens are nothing to me'));
    expect(await failureOf(another().step(asked))).toMatchObject({ outcome: 'http_400', again: false });
    expect(model.requests).toHaveLength(2);
  });
});

describe('the endpoint of a team', () => {
  it('is told its own key, and nothing of the machine’s environment', async () => {
    const environment = { OPENAI_CUSTOM_HEADERS: 'Authorization: Bearer secret\nX-Gateway: secret\nUser-Agent: secret', OPENAI_ORG_ID: 'secret', OPENAI_PROJECT_ID: 'secret', OPENAI_ADMIN_KEY: 'secret' };
    Object.assign(process.env, environment);
    try {
      model.follows(saying('Hello.'));
      await createLlm({ baseUrl: model.url, apiKey: 'test-key', model: 'm' }).step({ ...ASKED, signal: new AbortController().signal });
    } finally {
      for (const name of Object.keys(environment)) Reflect.deleteProperty(process.env, name);
    }
    const { headers = {} } = model.requests[0] ?? {};
    expect(JSON.stringify(headers)).not.toContain('secret');
    expect(Object.keys(headers).sort()).toEqual(['accept', 'authorization', 'connection', 'content-length', 'content-type', 'host', 'user-agent']);
    expect(headers.authorization).toBe('Bearer test-key');
  });

  const at = (baseUrl: string) => createLlm({ baseUrl, apiKey: 'k', model: 'm', allowPrivate: false }).step({ ...ASKED, signal: new AbortController().signal });

  it.each(['http://127.0.0.1:9/v1', 'http://localhost:9/v1', 'http://169.254.169.254/v1', 'http://[::ffff:10.0.0.1]/v1'])('at %s is not connected to', async (url) => {
    expect(await failureOf(at(url))).toMatchObject({ outcome: 'private', again: false });
  });
});
