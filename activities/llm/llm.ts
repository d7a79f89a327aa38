import OpenAI from 'openai';

/** A language model behind any OpenAI-compatible endpoint (P49). */
export interface Llm {
  /** One answer to one prompt. Throws when the endpoint is away, slow or answers nonsense: callers have another way. */
  complete(prompt: { instructions: string; input: string; maxTokens: number; signal?: AbortSignal }): Promise<string>;
}

const TIMEOUT_MS = 30_000;

export function createLlm({ baseUrl, apiKey, model }: { baseUrl: string; apiKey: string; model: string }): Llm {
  const client = new OpenAI({ baseURL: baseUrl, apiKey, timeout: TIMEOUT_MS, maxRetries: 1 });
  return {
    async complete({ instructions, input, maxTokens, signal }) {
      const answer = await client.chat.completions.create(
        {
          model,
          max_tokens: maxTokens,
          messages: [
            { role: 'system', content: instructions },
            { role: 'user', content: input },
          ],
        },
        signal === undefined ? {} : { signal },
      );
      const text = answer.choices[0]?.message.content?.trim() ?? '';
      if (text === '') throw new Error('the model answered nothing');
      return text;
    },
  };
}
