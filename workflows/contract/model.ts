import { z } from 'zod';
import { receiverUrl } from './receiver-url.ts';
import { line } from './text.ts';
import { actorView } from './views.ts';

// P49: which model a team asks, what it may use, and what it used.

const at = z.iso.datetime();

/** What is asked where the installation names no model of its endpoint. */
export const DEFAULT_MODEL = 'gpt-4o-mini';

/** What a team may give a model of its own. `turn`: the built-in agents’ answers. */
export const MODEL_TASKS = ['summary', 'compose', 'translate', 'turn'] as const;
export type ModelTask = (typeof MODEL_TASKS)[number];

/** What is counted apart: `try` and `test` are an admin’s. */
export const CALL_TASKS = [...MODEL_TASKS, 'try', 'test'] as const;
export type CallTask = (typeof CALL_TASKS)[number];

const modelName = line(200).nullable().default(null);
const price = z.number().min(0).max(1_000_000).nullable().default(null).meta({ description: 'Of a million tokens, in whatever currency you reckon; null: cost is not shown.' });
const monthlyTokens = z.number().int('must be a whole number').min(0).max(2_000_000_000).nullable();
const models = z.strictObject({ summary: modelName, compose: modelName, translate: modelName, turn: modelName });
const NONE = { summary: null, compose: null, translate: null, turn: null } as const;

/** PUT replaces all of it but the key, which stays where it is left out. */
export const putModel = z
  .strictObject({
    baseUrl: receiverUrl.nullable().default(null).meta({ description: 'Of an OpenAI-compatible API, its version included (…/v1); null: the installation’s.' }),
    key: line(2_000).nullable().optional().meta({ description: 'Stored sealed, never shown. null forgets it; left out, it stays.' }),
    model: modelName.meta({ description: 'null: the installation’s; an endpoint of your own needs one.' }),
    models: models.default(NONE).meta({ description: 'Tasks with a model of their own; null: the one above. A built-in agent’s own setting comes before.' }),
    monthlyTokens: monthlyTokens.default(null).meta({ description: 'In and out, in a calendar month (UTC); past it nothing more is asked. null: no limit.' }),
    priceIn: price,
    priceOut: price,
  })
  .refine(({ baseUrl, model }) => baseUrl === null || model !== null, { path: ['model'], error: 'must be named: the endpoint has to be told which' });
export type PutModel = z.infer<typeof putModel>;

export const modelView = z.object({
  version: z.int().meta({ description: '0: nothing was set yet.' }),
  source: z.enum(['team', 'installation', 'none']).meta({ description: 'Whose endpoint is asked; none: everything works without, and says so.' }),
  baseUrl: z.string().nullable(),
  hasKey: z.boolean(),
  model: z.string().nullable(),
  models: z.object({ summary: z.string().nullable(), compose: z.string().nullable(), translate: z.string().nullable(), turn: z.string().nullable() }),
  monthlyTokens: z.int().nullable(),
  priceIn: z.number().nullable(),
  priceOut: z.number().nullable(),
  changedBy: actorView.nullable(),
  changedAt: at.nullable(),
});
export type ModelView = z.infer<typeof modelView>;

const used = {
  calls: z.int(),
  failed: z.int().meta({ description: 'Of the calls.' }),
  tokensIn: z.int(),
  tokensOut: z.int(),
  cost: z.number().nullable().meta({ description: 'null: no price was entered when they were made.' }),
};
export const modelUsage = z.object({
  since: at.meta({ description: 'The first of the month, UTC.' }),
  ...used,
  averageMs: z.int().nullable(),
  tasks: z.array(z.object({ task: z.string(), ...used })),
});
export type ModelUsage = z.infer<typeof modelUsage>;

export const modelTested = z.object({
  ok: z.boolean(),
  model: z.string().nullable().meta({ description: 'What the endpoint says it answered with; else what it was asked for.' }),
  ms: z.int(),
  problem: z.string().nullable().meta({ description: 'Why there was no answer.' }),
  words: z.string().nullable().meta({ description: 'What the endpoint itself said about it.' }),
});
export type ModelTested = z.infer<typeof modelTested>;
