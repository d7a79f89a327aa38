import { cancellationSignal } from '@temporalio/activity';
import type { ModelTested } from '#workflows/contract/model.ts';
import type { ActivityDeps } from '../activity-deps.ts';
import { LlmFailure } from './llm-failure.ts';
import { meteredStep } from './metered.ts';
import { NO_MODEL, teamLlm } from './team-llm.ts';

const TEST_MS = 30_000;

/** One short question to the team's model: whether it answers, how fast, and what the endpoint says where it does not. */
export async function testModel(deps: ActivityDeps, { teamId }: { teamId: string }): Promise<ModelTested> {
  const since = performance.now();
  const tested = (more: Omit<ModelTested, 'ms'>): ModelTested => ({ ...more, ms: Math.round(performance.now() - since) });
  let asked: string | null = null;
  try {
    const llm = await teamLlm(deps, { teamId, task: 'compose' });
    if (llm === null) return tested({ ok: false, model: null, problem: NO_MODEL, words: null });
    asked = llm.model;
    const signal = AbortSignal.any([cancellationSignal(), AbortSignal.timeout(TEST_MS)]);
    const step = await meteredStep(deps, llm, { teamId, agentId: null, task: 'test' }, {
      model: null,
      messages: [{ role: 'user', content: 'Answer with the one word: ready' }],
      tools: [],
      // Models that think before they speak need some for that.
      maxTokens: 200,
      timeoutMs: TEST_MS,
      signal,
    });
    const model = step.model ?? asked;
    if (step.text === '') return tested({ ok: false, model, problem: 'The model answered nothing.', words: null });
    return tested({ ok: true, model, problem: null, words: null });
  } catch (error) {
    if (error instanceof LlmFailure) return tested({ ok: false, model: asked, problem: error.message, words: error.words });
    return tested({ ok: false, model: asked, problem: `The model did not answer within ${TEST_MS / 1_000} s.`, words: null });
  }
}
