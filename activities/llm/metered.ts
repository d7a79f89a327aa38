import { noteLlmCall, tokensThisMonth } from '#store/ai-agents/llm-calls.ts';
import type { CallTask } from '#workflows/contract/model.ts';
import type { ActivityDeps } from '../activity-deps.ts';
import type { Llm, LlmRequest, LlmStep } from './llm.ts';
import { LlmFailure } from './llm-failure.ts';
import { tokensIn, tokensOf } from './tokens.ts';

/** Whom a call is for. */
export interface CallFor {
  readonly teamId: string;
  readonly agentId: string | null;
  readonly task: CallTask;
}

type Deps = Pick<ActivityDeps, 'prisma' | 'now'>;

/** Failures after which the endpoint sends its bill all the same: a refusal, or nobody there, costs nothing. */
const WORKED_ON: readonly string[] = ['timeout', 'malformed', 'tool', 'withheld'];

/** Why the team's model is not asked this month; null: it may be. A call under way is not cut off: the budget is passed by what it uses. */
export async function overBudget({ prisma, now }: Deps, teamId: string): Promise<string | null> {
  const team = await prisma.team.findUnique({ where: { id: teamId }, select: { monthlyTokens: true } });
  const budget = team?.monthlyTokens ?? null;
  if (budget === null) return null;
  const used = await tokensThisMonth(prisma, { teamId, now: new Date(now()) });
  return used < budget ? null : `The team’s budget of ${budget} tokens a month is used up.`;
}

/** One call within the team's budget, and its row: what it cost is known whatever became of it. Throws `LlmFailure`. */
export async function meteredStep(deps: Deps, llm: Llm, of: CallFor, request: LlmRequest): Promise<LlmStep> {
  return metered(deps, llm, of, request, (asked) => llm.step(asked));
}

/** The same, told piece by piece. */
export async function meteredStream(deps: Deps, llm: Llm, of: CallFor, request: LlmRequest, onText: (piece: string) => void): Promise<LlmStep> {
  return metered(deps, llm, of, request, (asked, onTold) =>
    llm.stream(asked, (piece) => {
      onTold(piece);
      onText(piece);
    }),
  );
}

async function metered(deps: Deps, llm: Llm, { teamId, agentId, task }: CallFor, request: LlmRequest, ask: (request: LlmRequest, onTold: (piece: string) => void) => Promise<LlmStep>): Promise<LlmStep> {
  const over = await overBudget(deps, teamId);
  if (over !== null) throw new LlmFailure(over, { outcome: 'budget', again: false });
  const since = performance.now();
  const model = request.model ?? llm.model;
  const note = (outcome: string, used: Pick<LlmStep, 'tokensIn' | 'tokensOut'>) =>
    noteLlmCall(deps.prisma, { teamId, agentId, task, model, tokensIn: used.tokensIn, tokensOut: used.tokensOut, cost: costOf(llm, used), ms: Math.round(performance.now() - since), outcome, at: new Date(deps.now()) });
  const isBegun = !request.signal.aborted;
  let told = '';
  try {
    const step = await ask({ ...request, model }, (piece) => {
      told += piece;
    });
    await note('ok', step);
    return step;
  } catch (error) {
    const asked = { tokensIn: tokensIn(request), tokensOut: tokensOf(told) };
    // What was told was paid for, though nobody says how much it was; and so was what a model was working on when its time was over, or nobody wanted it any more, and what it answered in vain.
    if (error instanceof LlmFailure) await note(error.outcome, told === '' && !WORKED_ON.includes(error.outcome) ? { tokensIn: 0, tokensOut: 0 } : asked);
    else if (isBegun) await note(isTimeout(request.signal.reason) ? 'timeout' : 'stopped', asked);
    throw error;
  }
}

/** As `AbortSignal.timeout` ends: the patience of whoever asked, which may be over before the call's own. */
function isTimeout(reason: unknown): boolean {
  return reason instanceof DOMException && reason.name === 'TimeoutError';
}

/** What a call cost by the team's price; null: it has none. */
function costOf({ price }: Llm, { tokensIn: read, tokensOut: written }: Pick<LlmStep, 'tokensIn' | 'tokensOut'>): number | null {
  if (price === null) return null;
  return ((price.in ?? 0) * read + (price.out ?? 0) * written) / 1_000_000;
}
