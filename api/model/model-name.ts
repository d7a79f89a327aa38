import { modelSettingsOf } from '#prisma/store/ai-agents/model-settings.ts';
import type { ModelTask } from '#workflows/contract/model.ts';
import type { TicketDeps } from '../ticket-deps.ts';

/** Said to people wherever a model is needed and none is there. */
export const NO_MODEL = 'No language model is configured. An admin adds one in Settings, Language and AI.';

/** The name of the model that a team asks for a task, as the worker will (activities/llm/team-llm.ts); null: there is none. */
export async function modelNameFor({ prisma, llmModel }: Pick<TicketDeps, 'prisma' | 'llmModel'>, { teamId, task }: { teamId: string; task: ModelTask }): Promise<string | null> {
  const { baseUrl, model, models } = await modelSettingsOf(prisma, teamId);
  return baseUrl === null && llmModel === null ? null : (models[task] ?? model ?? llmModel);
}
