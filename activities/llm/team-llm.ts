import { modelWithKeyOf } from '#store/ai-agents/model-settings.ts';
import { SealBroken } from '#store/secrets.ts';
import type { ModelTask } from '#workflows/contract/model.ts';
import type { ActivityDeps } from '../activity-deps.ts';
import { createLlm } from './llm.ts';
import type { Llm } from './llm.ts';
import { LlmFailure } from './llm-failure.ts';

/** Said wherever a model is needed and none is there. */
export const NO_MODEL = 'No language model is configured (Settings, Language and AI).';

/**
 * The model that a team asks for a task (P49): at its own endpoint, else at the installation's. Null: there is none. The
 * one place that everybody asks. Throws `LlmFailure` where the team's key cannot be opened.
 */
export async function teamLlm({ prisma, secretBox, webhooks, llm }: Pick<ActivityDeps, 'prisma' | 'secretBox' | 'webhooks' | 'llm'>, { teamId, task }: { teamId: string; task: ModelTask }): Promise<Llm | null> {
  const { baseUrl, model, models, key, priceIn, priceOut } = await modelWithKeyOf(prisma, secretBox, teamId).catch((error: unknown) => {
    if (error instanceof SealBroken) throw new LlmFailure('The key of the language model cannot be opened: it was sealed with another BATON_SECRET. Enter it again.', { outcome: 'unset', again: false });
    throw error;
  });
  const named = models[task] ?? model;
  const price = priceIn === null && priceOut === null ? null : { in: priceIn, out: priceOut };
  if (baseUrl === null) return llm === null ? null : { ...llm, model: named ?? llm.model, price };
  // Nobody can save an endpoint without a model.
  if (named === null) return null;
  return createLlm({ baseUrl, apiKey: key ?? 'none', model: named, price, allowPrivate: webhooks.allowPrivate });
}
