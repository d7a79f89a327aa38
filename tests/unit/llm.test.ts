import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { LlmFailure } from '#activities/llm/llm-failure.ts';
import { aModel, type AModel, breakingOff, calling, failing, neverAnswering, saying, sendingBytes } from '#tests/support/a-model.ts';

let model: AModel;
beforeAll(async () => {
  model = await aModel();
});
afterAll(() => model.close());

const TOOL = { name: 'look_up', description: 'x', parameters: { type: 'object' } };
const step = (signal = new AbortController().signal) =>
  model.llm.step({ model: null, messages: [{ role: 'user', content: 'Hi' }], tools: [TOOL], maxTokens: 10, timeoutMs: 500, signal });
const failure = async () => {
  const error: unknown = await step().then(() => null, (thrown: unknown) => thrown);
  if (!(error instanceof LlmFailure)) throw new Error(`no LlmFailure: ${String(error)}`);
  const { message, outcome, again, retryAfterMs } = error;
  return { message, outcome, again, retryAfterMs };
};

describe('a model behind an OpenAI-compatible endpoint', () => {
  it('answers, or asks for tools, and says what it used', async () => {
    model.follows(saying(' Hello. '), calling(['look_up', { query: 'x' }]));
    expect(await step()).toEqual({ text: 'Hello.', calls: [], tokensIn: 100, tokensOut: 20, isCut: false });
    expect(await step()).toMatchObject({ text: '', calls: [{ id: 'call_0', name: 'look_up', input: '{"query":"x"}' }] });
  });

  it.each([
    ['that is busy for three seconds', failing(429, { 'retry-after': '3' }), { outcome: 'http_429', again: true, retryAfterMs: 3_000 }],
    ['that is down', failing(503), { outcome: 'http_503', again: true, retryAfterMs: null }],
    ['that refuses the key', failing(401), { outcome: 'http_401', again: false }],
    ['that knows no such model', failing(404), { outcome: 'http_404', again: false }],
    ['that breaks off', breakingOff, { again: true }],
    ['that answers a page', sendingBytes('<html>'), { outcome: 'malformed', again: true }],
    ['that answers other JSON', sendingBytes('{"hello":1}'), { outcome: 'malformed', again: true }],
    ['that has no choice', sendingBytes('{"choices":[]}'), { outcome: 'malformed', again: true }],
    ['that never answers', neverAnswering, { outcome: 'timeout', again: true }],
  ] as const)('%s is asked once, and is no surprise', async (_what, manner, expected) => {
    model.follows(manner);
    expect(await failure()).toMatchObject(expected);
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
});
