import OpenAI from 'openai';
import type { Check } from './finding.ts';
import { wordsOf } from './finding.ts';

const PATIENCE_MS = 30_000;

/** Asks the model for one word. */
export const checkModel: Check = async ({ llm }) => {
  const what = 'Model';
  const { baseUrl, apiKey, model } = llm;
  if (baseUrl === undefined) return [{ what, state: 'off', found: 'none is configured; summaries are extracts', advice: 'set LLM_BASE_URL, LLM_API_KEY and LLM_MODEL' }];
  if (model === undefined) return [{ what, state: 'bad', found: 'LLM_BASE_URL is set and LLM_MODEL is not', advice: 'set LLM_MODEL to a model of that endpoint' }];
  const client = new OpenAI({ baseURL: baseUrl, apiKey: apiKey ?? 'none', timeout: PATIENCE_MS, maxRetries: 0 });
  try {
    const began = performance.now();
    await client.chat.completions.create({ model, messages: [{ role: 'user', content: 'Answer with the word: ready' }] });
    return [{ what, state: 'fine', found: `${model} at ${new URL(baseUrl).host} answers in ${Math.round(performance.now() - began)} ms` }];
  } catch (error) {
    return [{ what, state: 'bad', found: `${model} at ${new URL(baseUrl).host}: ${wordsOf(error)}`, advice: 'check LLM_BASE_URL, LLM_API_KEY and LLM_MODEL' }];
  }
};
