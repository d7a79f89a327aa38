import type { Tool as Listing, ToolAnnotations } from '@modelcontextprotocol/sdk/types.js';
import { z } from 'zod';
import { ok, refuseFields } from '#workflows/domain/errors.ts';
import type { FieldError, Result } from '#workflows/domain/errors.ts';
import type { AppDeps } from '../app-deps.ts';
import { unstorableTexts } from '../http/unstorable-texts.ts';
import { parseInput } from '../parse-input.ts';
import type { Principal } from '../principal.ts';
import { refusalView } from './refusal-view.ts';
import { idempotencyKey } from './tool-fields.ts';
import type { ToolAudience } from './tool-audience.ts';

/** What a tool's work gets: a checked input, and the key that everything a command makes derives from. */
export interface ToolCall<I extends z.ZodObject> {
  readonly principal: Principal;
  readonly input: z.output<I>;
  readonly key: string;
}

export interface ToolDefinition<I extends z.ZodObject, A extends z.ZodObject> {
  /** What a model calls it by: `may_i_reply`. */
  readonly name: string;
  readonly title: string;
  /** For a model that has read nothing else. The same for every key: nothing of one agent is in it. */
  readonly description: string;
  readonly who: ToolAudience;
  /** What does not only read takes an `idempotencyKey` as well. */
  readonly annotations: ToolAnnotations;
  readonly input: I;
  readonly answer: A;
  /** Only where it is small: what a model has to carry along for every tool. */
  readonly listsAnswer?: boolean;
  readonly run: (deps: AppDeps, call: ToolCall<I>) => Promise<Result<z.output<A>>>;
  /** The answer in a sentence or two; all of it follows as JSON. */
  readonly words: (answer: z.output<A>) => string;
}

/** What a tool answers: in words, and as a value. */
export interface Said {
  readonly words: string;
  readonly content: Record<string, unknown>;
}

/** A checked call, ready to be carried out. */
export interface ReadyCall {
  readonly input: Readonly<Record<string, unknown>>;
  readonly idempotencyKey: string | undefined;
  readonly work: (deps: AppDeps, principal: Principal, key: string) => Promise<Result<Said>>;
}

/** A tool whose types are its own affair. */
export interface McpTool {
  readonly name: string;
  readonly who: ToolAudience;
  readonly writes: boolean;
  readonly listing: Listing;
  /** Checks the arguments against the schema; a refusal names every wrong field. */
  readonly check: (given: Readonly<Record<string, unknown>>) => Result<ReadyCall>;
}

/** Where the arguments of a call begin in the path of a field. */
export const ARGUMENTS = 'arguments';
const ofKey = z.strictObject({ idempotencyKey });

/** Declares a tool: calls are checked by these schemas, and what is listed is made of them, once. */
export function tool<I extends z.ZodObject, A extends z.ZodObject>(definition: ToolDefinition<I, A>): McpTool {
  const { name, who, annotations, input, answer, run, words } = definition;
  const writes = annotations.readOnlyHint !== true;
  return {
    name,
    who,
    writes,
    listing: listingOf(definition, writes ? input.extend(ofKey.shape) : input),
    check(given) {
      const { idempotencyKey: key, ...rest } = given;
      const parsed = parseInput<I>(input, writes ? rest : given, ARGUMENTS);
      const keyed = parseInput(ofKey, writes && key !== undefined ? { idempotencyKey: key } : {}, ARGUMENTS);
      if (!parsed.ok || !keyed.ok) return refuseFields([...errorsOf(parsed), ...errorsOf(keyed)]);
      const unstorable = unstorableTexts(rest, ARGUMENTS);
      if (unstorable.length > 0) return refuseFields(unstorable);
      const checked = parsed.value;
      return ok({
        input: checked,
        idempotencyKey: keyed.value.idempotencyKey,
        async work(deps, principal, workKey) {
          const done = await run(deps, { principal, input: checked, key: workKey });
          if (!done.ok) return done;
          if (deps.provesAnswers) answer.parse(done.value);
          return ok({ words: words(done.value), content: done.value });
        },
      });
    },
  };
}

function listingOf({ name, title, description, annotations, answer, listsAnswer = false }: ToolDefinition<z.ZodObject, z.ZodObject>, input: z.ZodObject): Listing {
  return {
    name,
    title,
    description,
    annotations,
    inputSchema: { ...jsonSchema(input, 'input'), type: 'object' },
    // Clients hold a refusal against the schema too, so that it has to be one of the forms.
    ...(listsAnswer && { outputSchema: { ...jsonSchema(z.union([answer, refusalView]), 'output'), type: 'object' as const } }),
  };
}

// The dialect that the SDK makes of schemas itself, and that its client's validator knows.
function jsonSchema(schema: z.ZodType, io: 'input' | 'output'): Record<string, unknown> {
  return { ...z.toJSONSchema(schema, { io, target: 'draft-7' }) };
}

function errorsOf(result: Result<unknown>): readonly FieldError[] {
  return result.ok ? [] : (result.errors ?? []);
}
