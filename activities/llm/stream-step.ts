import { z } from 'zod';
import type { LlmRequest, LlmStep } from './llm.ts';
import { LlmFailure, withheldFailure } from './llm-failure.ts';
import { tokensIn, tokensOf, usageSaid } from './tokens.ts';

const piece = z.object({
  model: z.string().nullish(),
  choices: z
    .array(z.object({ finish_reason: z.string().nullish(), delta: z.object({ content: z.string().nullish(), tool_calls: z.array(z.unknown()).nullish() }).nullish() }))
    .default([]),
  usage: usageSaid,
});

interface Streaming {
  readonly request: LlmRequest;
  readonly signal: AbortSignal;
  readonly onText: (piece: string) => void;
}

/**
 * Reads a streamed answer to its end. A stream that ends without saying why it ended was cut; one that is silent for the
 * request's time is late; one that asks for tools was offered none. `begin` is aborted by the signal it is given.
 */
export async function streamStep({ request, signal, onText }: Streaming, begin: (ends: AbortSignal) => Promise<AsyncIterable<unknown>>): Promise<LlmStep> {
  const { timeoutMs } = request;
  const idle = new AbortController();
  let timer = setTimeout(() => idle.abort(), timeoutMs);
  let text = '';
  let why: string | null = null;
  let model: string | null = null;
  let usage: z.output<typeof piece>['usage'] = null;
  try {
    for await (const given of await begin(AbortSignal.any([signal, idle.signal]))) {
      clearTimeout(timer);
      timer = setTimeout(() => idle.abort(), timeoutMs);
      const parsed = piece.safeParse(given);
      if (!parsed.success) throw new LlmFailure('The model’s endpoint answered something that is no chat completion.', { outcome: 'malformed', again: text === '' });
      const [choice] = parsed.data.choices;
      if ((choice?.delta?.tool_calls ?? []).length > 0) throw new LlmFailure('The model asked for a tool, and was offered none.', { outcome: 'tool', again: false });
      model = parsed.data.model ?? model;
      usage = parsed.data.usage ?? usage;
      why = choice?.finish_reason ?? why;
      const more = choice?.delta?.content ?? '';
      text += more;
      if (more !== '') onText(more);
    }
  } catch (error) {
    // Who stopped it knows why; a silence looks the same from outside.
    if (!signal.aborted && idle.signal.aborted) throw late(timeoutMs);
    throw error;
  } finally {
    clearTimeout(timer);
  }
  // The client ends a stream that is aborted as if it had come to its end.
  signal.throwIfAborted();
  if (idle.signal.aborted) throw late(timeoutMs);
  if (why === null) throw new LlmFailure('The model’s answer broke off.', { outcome: 'malformed', again: text === '' });
  if (why === 'content_filter') throw withheldFailure();
  return { text, calls: [], tokensIn: usage?.prompt_tokens ?? tokensIn(request), tokensOut: usage?.completion_tokens ?? tokensOf(text), model, isCut: why === 'length' };
}

function late(timeoutMs: number): LlmFailure {
  return new LlmFailure(`The model said nothing for ${Math.round(timeoutMs / 1_000)} s.`, { outcome: 'timeout', again: false });
}
