import { z } from 'zod';
import type { ActivityDeps } from '../activity-deps.ts';
import type { Llm, LlmMessage, LlmStep } from './llm.ts';
import { LlmFailure } from './llm-failure.ts';
import { meteredStep } from './metered.ts';
import type { CallFor } from './metered.ts';

export interface StructuredAsk<T> {
  readonly name: string;
  readonly schema: z.ZodType<T>;
  readonly instructions: string;
  readonly input: string;
  /** What is wrong with an answer that has the right form, in words for the model; null: nothing. */
  readonly check?: (value: T) => string | null;
  readonly maxTokens: number;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

/** `problem`: what the check still had against it after the repair; the caller uses what is left, or nothing. */
export interface StructuredAnswer<T> {
  readonly value: T;
  readonly problem: string | null;
}

/** So much of an answer that cannot be used is shown to the model again. */
const LONGEST_SHOWN = 6_000;

/**
 * An answer in the form of a schema. The form is asked for in words, too, and read out of fences and talk, for endpoints
 * that know no `response_format`. One repair, which names what was wrong; then `LlmFailure`.
 */
export async function askStructured<T>(deps: Pick<ActivityDeps, 'prisma' | 'now'>, llm: Llm, of: CallFor, ask: StructuredAsk<T>): Promise<StructuredAnswer<T>> {
  const { name, schema, instructions, input, check = () => null, maxTokens, timeoutMs, signal } = ask;
  const form = { ...z.toJSONSchema(schema, { io: 'input' }) };
  const messages: LlmMessage[] = [
    { role: 'system', content: `${instructions}\nAnswer with one JSON object, and nothing else, that fits this JSON Schema:\n${JSON.stringify(form)}` },
    { role: 'user', content: input },
  ];
  const request = () => meteredStep(deps, llm, of, { model: null, messages, tools: [], format: { name, schema: form }, maxTokens, timeoutMs, signal });
  const first = read(await request(), schema, check);
  if (first.problem === null && first.value !== undefined) return { value: first.value, problem: null };
  messages.push(
    { role: 'assistant', content: first.said.slice(0, LONGEST_SHOWN) || '(nothing)', calls: [] },
    { role: 'user', content: `That cannot be used: ${first.problem}. Answer again with the whole JSON object, corrected.` },
  );
  const second = read(await request(), schema, check);
  const best = second.value === undefined ? first : second;
  if (best.value === undefined) throw new LlmFailure('The model gave no answer that could be used, twice.', { outcome: 'unusable', again: false });
  return { value: best.value, problem: best.problem };
}

interface Reading<T> {
  readonly said: string;
  readonly value: T | undefined;
  readonly problem: string | null;
}

function read<T>({ text, calls, isCut }: LlmStep, schema: z.ZodType<T>, check: (value: T) => string | null): Reading<T> {
  const wrong = (problem: string) => ({ said: text, value: undefined, problem });
  if (calls.length > 0) return wrong('you asked for a tool, and there is none');
  const given = jsonIn(text);
  if (given === undefined) return wrong(isCut ? 'it was cut off: be shorter' : 'it is no JSON object');
  const parsed = schema.safeParse(given);
  if (!parsed.success) return wrong(parsed.error.issues.slice(0, 5).map(({ path, message }) => `${path.join('.') || 'the object'}: ${message}`).join('; '));
  return { said: text, value: parsed.data, problem: check(parsed.data) };
}

/** The object in an answer, with or without fences and words around it. */
function jsonIn(text: string): unknown {
  const object = text.slice(text.indexOf('{'), text.lastIndexOf('}') + 1);
  try {
    return object === '' ? undefined : JSON.parse(object);
  } catch {
    return undefined;
  }
}
