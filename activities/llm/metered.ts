import { noteLlmCall, tokensThisMonth } from '#store/ai-agents/llm-calls.ts';
import type { LlmTask } from '#store/ai-agents/llm-calls.ts';
import type { ActivityDeps } from '../activity-deps.ts';
import type { Llm, LlmRequest, LlmStep } from './llm.ts';
import { LlmFailure } from './llm-failure.ts';

/** Whom a call is for. */
export interface CallFor {
  readonly teamId: string;
  readonly agentId: string | null;
  readonly task: LlmTask;
}

/** Why the team's model is not asked this month; null: it may be. A call under way is not cut off: the budget is passed by what it uses. */
export async function overBudget({ prisma, now }: Pick<ActivityDeps, 'prisma' | 'now'>, teamId: string): Promise<string | null> {
  const team = await prisma.team.findUnique({ where: { id: teamId }, select: { monthlyTokens: true } });
  const budget = team?.monthlyTokens ?? null;
  if (budget === null) return null;
  const used = await tokensThisMonth(prisma, { teamId, now: new Date(now()) });
  return used < budget ? null : `The team’s budget of ${budget} tokens a month is used up.`;
}

/** One call within the team's budget, and its row: what it cost is known whatever became of it. Throws `LlmFailure`. */
export async function meteredStep(deps: ActivityDeps, llm: Llm, { teamId, agentId, task }: CallFor, request: LlmRequest): Promise<LlmStep> {
  const over = await overBudget(deps, teamId);
  if (over !== null) throw new LlmFailure(over, { outcome: 'budget', again: false });
  const since = performance.now();
  const note = (outcome: string, { tokensIn, tokensOut }: Pick<LlmStep, 'tokensIn' | 'tokensOut'>) =>
    noteLlmCall(deps.prisma, { teamId, agentId, task, model: request.model ?? llm.model, tokensIn, tokensOut, ms: Math.round(performance.now() - since), outcome, at: new Date(deps.now()) });
  try {
    const step = await llm.step(request);
    await note('ok', step);
    return step;
  } catch (error) {
    if (error instanceof LlmFailure) await note(error.outcome, { tokensIn: 0, tokensOut: 0 });
    throw error;
  }
}
