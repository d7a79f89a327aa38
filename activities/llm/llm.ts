import OpenAI from 'openai';
import { z } from 'zod';
import { dialectOf, learnDialect, otherDialect } from './dialects.ts';
import type { Dialect } from './dialects.ts';
import { endpointFetch } from './endpoint-fetch.ts';
import { lateFailure, llmFailureOf, LlmFailure, withheldFailure } from './llm-failure.ts';
import { streamStep } from './stream-step.ts';
import { tokensIn, tokensOf, usageSaid } from './tokens.ts';

/** A language model behind any OpenAI-compatible endpoint (P49). */
export interface Llm {
  /** The model that is asked where nobody names another. */
  readonly model: string;
  /** What the team says that it pays; null: it does not say. */
  readonly price: Price | null;
  /** One step of a talk in which the model may ask for tools. Throws `LlmFailure`; tried once. */
  step(request: LlmRequest): Promise<LlmStep>;
  /** The same, told piece by piece. What was told before a failure was told. */
  stream(request: LlmRequest, onText: (piece: string) => void): Promise<LlmStep>;
}

/** Of a million tokens. */
export interface Price {
  readonly in: number | null;
  readonly out: number | null;
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
  /** The form that the answer should have, for endpoints that know how to keep to one. */
  readonly format?: { readonly name: string; readonly schema: Record<string, unknown> };
  readonly maxTokens: number;
  /** For all of it; for a stream, between two pieces. */
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

export interface LlmStep {
  readonly text: string;
  readonly calls: readonly ToolCall[];
  readonly tokensIn: number;
  readonly tokensOut: number;
  /** What the endpoint says it answered with. */
  readonly model: string | null;
  /** The answer ends where its tokens did. */
  readonly isCut: boolean;
}

// What is used of an answer; servers add fields of their own, and leave some out.
const stepAnswer = z.object({
  model: z.string().nullish(),
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
  usage: usageSaid,
});

export interface LlmEndpoint {
  readonly baseUrl: string;
  readonly apiKey: string;
  readonly model: string;
  readonly price?: Price | null;
  /** Left out: the installation's own, wherever it is. */
  readonly allowPrivate?: boolean;
}

/** What a model may think beside its answer, where both are counted as one: less, and many an answer would be none. */
export const THINKING_TOKENS = 8_000;

export function createLlm({ baseUrl, apiKey, model, price = null, allowPrivate = true }: LlmEndpoint): Llm {
  const client = new OpenAI({
    baseURL: baseUrl,
    apiKey,
    maxRetries: 0,
    fetch: endpointFetch({ allowPrivate }),
    // It would hold what models write.
    logLevel: 'off',
    // Else it takes them from the process's environment, OPENAI_CUSTOM_HEADERS even before the key.
    adminAPIKey: null,
    organization: null,
    project: null,
    defaultHeaders: { authorization: `Bearer ${apiKey}`, 'user-agent': 'Baton-Models/1' },
  });

  /** As the endpoint takes it; what it takes is learned from its refusals. */
  async function asked(request: LlmRequest, extras: object, carryOut: (extras: object, signal: AbortSignal) => Promise<LlmStep>): Promise<LlmStep> {
    const { timeoutMs, signal, maxTokens } = request;
    const since = performance.now();
    const hasExtras = Object.keys(extras).length > 0;
    const what = `${baseUrl} ${request.model ?? model} ${Object.keys(extras).sort().join()}`;
    const tried = [dialectOf(what)];
    for (;;) {
      const dialect = tried.at(-1) ?? dialectOf(what);
      try {
        const step = await carryOut({ ...limitOf(maxTokens, dialect), ...(!dialect.isPlain && extras) }, signal);
        learnDialect(what, dialect);
        return step;
      } catch (error) {
        const other = otherDialect(error, tried, { hasExtras });
        if (other === null) throw llmFailureOf(error, { signal, isLate: performance.now() - since >= timeoutMs, apiKey });
        tried.push(other);
      }
    }
  }

  return {
    model,
    price,
    step: (request) =>
      inTime(request, (limited) =>
        asked(limited, formatOf(request), async (extras, signal) => {
          const answered = await client.chat.completions.create({ ...bodyOf(request, model), ...extras }, { signal, timeout: request.timeoutMs });
          return stepOf(answered, request);
        }),
      ),
    stream: (request, onText) =>
      asked(request, { stream_options: { include_usage: true } }, (extras, signal) =>
        streamStep({ request, signal, onText }, (ends) => client.chat.completions.create({ ...bodyOf(request, model), ...extras, stream: true }, { signal: ends, timeout: request.timeoutMs })),
      ),
  };
}

/** The client's own patience ends with the headers of an answer; this one with its last byte. The caller's, which a takeover can end, is another. */
async function inTime<T>(request: LlmRequest, ask: (limited: LlmRequest) => Promise<T>): Promise<T> {
  const over = new AbortController();
  const timer = setTimeout(() => over.abort(), request.timeoutMs);
  try {
    return await ask({ ...request, signal: AbortSignal.any([request.signal, over.signal]) });
  } catch (error) {
    if (over.signal.aborted && !request.signal.aborted) throw lateFailure();
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

function limitOf(maxTokens: number, { countsThinking }: Dialect) {
  return countsThinking ? { max_completion_tokens: maxTokens + THINKING_TOKENS } : { max_tokens: maxTokens };
}

function bodyOf({ model: named, messages, tools }: LlmRequest, model: string) {
  return {
    model: named ?? model,
    messages: messages.map(wireMessage),
    ...(tools.length > 0 && { tools: tools.map((tool) => ({ type: 'function' as const, function: { ...tool, parameters: tool.parameters } })) }),
  };
}

function formatOf({ format }: LlmRequest) {
  return format === undefined ? {} : { response_format: { type: 'json_schema' as const, json_schema: { name: format.name, schema: format.schema } } };
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

function stepOf(answered: unknown, request: LlmRequest): LlmStep {
  const parsed = stepAnswer.safeParse(answered);
  const choice = parsed.data?.choices[0];
  if (!parsed.success || choice === undefined) throw new LlmFailure('The model’s endpoint answered something that is no chat completion.', { outcome: 'malformed', again: true });
  if (choice.finish_reason === 'content_filter') throw withheldFailure();
  const text = (choice.message.content ?? '').trim();
  const { usage, model } = parsed.data;
  return {
    text,
    calls: (choice.message.tool_calls ?? []).map(({ id, function: { name, arguments: input } }) => ({ id, name, input })),
    tokensIn: usage?.prompt_tokens ?? tokensIn(request),
    tokensOut: usage?.completion_tokens ?? tokensOf(text),
    model: model ?? null,
    isCut: choice.finish_reason === 'length',
  };
}
