import { effectivePolicyFor } from '#prisma/store/policies.ts';
import { refuse } from '#workflows/domain/errors.ts';
import type { Refusal } from '#workflows/domain/errors.ts';
import { modelNameFor, NO_MODEL } from '../model/model-name.ts';
import type { TicketDeps } from '../ticket-deps.ts';

type Deps = Pick<TicketDeps, 'prisma' | 'llmModel'>;

/** Whether texts of this agent's conversations may be given to a model to be translated. */
export async function isTranslated({ prisma }: Pick<Deps, 'prisma'>, { teamId, agentId }: { teamId: string; agentId: string | null }): Promise<boolean> {
  return (await effectivePolicyFor(prisma, teamId, agentId)).policy.translation;
}

/** The model to ask, or why nobody can be asked. */
export async function translatorFor(deps: Deps, of: { teamId: string; agentId: string | null }): Promise<{ ok: true; model: string } | Refusal> {
  if (!(await isTranslated(deps, of))) return refuse('translation_off', 'Translation is off in the settings of this agent.');
  const model = await modelNameFor(deps, { teamId: of.teamId, task: 'translate' });
  return model === null ? refuse('no_model', NO_MODEL) : { ok: true, model };
}
