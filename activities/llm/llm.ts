import OpenAI from 'openai';
import { z } from 'zod';
import { llmFailureOf, LlmFailure } from './llm-failure.ts';

/** A language model behind any OpenAI-compatible endpoint (P49). */
export interface Llm {
  /** The model that is asked where nobody names another. */
  readonly model: string;
  /** One answer to one prompt. Throws when the endpoint is away, slow or answers nonsense: callers have another way. */
  complete(prompt: { instructions: string; input: string; maxTokens: number; signal?: AbortSignal }): Promise<string>;
  /** One step of a talk in which the model may ask for tools. Throws `LlmFailure`; tried once. */
  step(request: LlmRequest): Promise<LlmStep>;
}

export type LlmMessage =
  | { readonly role: 'system' | 'user'; readonly content: string }
  | { readonly role: 'assistant'; readonly content: string; readonly calls: readonly ToolCall[] }
  | { readonly role: 'tool'; readonly callId: string; readonly content: string };

export interface ToolCall {
  readonly id: string;
  readonly name: string;
  /** JSON, as the model wrote it: nothing is known of it. */
  readonly input: string;
}

export interface ToolOffered {
  readonly name: string;
  readonly description: string;
  /** JSON Schema. */
  readonly parameters: Record<string, unknown>;
}

export interface LlmRequest {
  /** Null: the endpoint's own. */
  readonly model: string | null;
  readonly messages: readonly LlmMessage[];
  readonly tools: readonly ToolOffered[];
  readonly maxTokens: number;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

export interface LlmStep {
  readonly text: string;
  readonly calls: readonly ToolCall[];
  readonly tokensIn: number;
  readonly tokensOut: number;
  /** It came to the end of what it may write, and not of what it had to say. */
  readonly isCut: boolean;
}

const TIMEOUT_MS = 30_000;

// What is used of an answer; servers add fields of their own, and leave some out.
const stepAnswer = z.object({
  choices: z
    .array(
      z.object({
        finish_reason: z.string().nullish(),
        message: z.object({
          content: z.string().nullish(),
          tool_calls: z.array(z.object({ id: z.string().default(''), function: z.object({ name: z.string(), arguments: z.string().default('') }) })).nullish(),
        }),
      }),
    )
    .min(1),
  usage: z.object({ prompt_tokens: z.number().int().min(0).default(0), completion_tokens: z.number().int().min(0).default(0) }).nullish(),
});

export function createLlm({ baseUrl, apiKey, model }: { baseUrl: string; apiKey: string; model: string }): Llm {
  const client = new OpenAI({ baseURL: baseUrl, apiKey, timeout: TIMEOUT_MS, maxRetries: 1 });
  return {
    model,
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

    async step({ model: named, messages, tools, maxTokens, timeoutMs, signal }) {
      const since = performance.now();
      try {
        const answered = await client.chat.completions.create(
          {
            model: named ?? model,
            max_tokens: maxTokens,
            messages: messages.map(wireMessage),
            ...(tools.length > 0 && { tools: tools.map((tool) => ({ type: 'function' as const, function: { ...tool, parameters: tool.parameters } })) }),
          },
          // The turn has its own patience, which a takeover can end.
          { signal, timeout: timeoutMs, maxRetries: 0 },
        );
        return stepOf(answered);
      } catch (error) {
        throw llmFailureOf(error, { signal, isLate: performance.now() - since >= timeoutMs });
      }
    },
  };
}

function wireMessage(message: LlmMessage): OpenAI.Chat.Completions.ChatCompletionMessageParam {
  switch (message.role) {
    case 'tool':
      return { role: 'tool', tool_call_id: message.callId, content: message.content };
    case 'assistant':
      return {
        role: 'assistant',
        content: message.content,
        // An empty list is refused by some.
        ...(message.calls.length > 0 && { tool_calls: message.calls.map(({ id, name, input }) => ({ id, type: 'function' as const, function: { name, arguments: input } })) }),
      };
    default:
      return message;
  }
}

function stepOf(answered: unknown): LlmStep {
  const parsed = stepAnswer.safeParse(answered);
  const choice = parsed.data?.choices[0];
  const message = choice?.message;
  if (!parsed.success || message === undefined) throw new LlmFailure('The model’s endpoint answered something that is no chat completion.', { outcome: 'malformed', again: true });
  return {
    text: (message.content ?? '').trim(),
    calls: (message.tool_calls ?? []).map(({ id, function: { name, arguments: input } }) => ({ id, name, input })),
    tokensIn: parsed.data?.usage?.prompt_tokens ?? 0,
    tokensOut: parsed.data?.usage?.completion_tokens ?? 0,
    isCut: choice?.finish_reason === 'length',
  };
}
