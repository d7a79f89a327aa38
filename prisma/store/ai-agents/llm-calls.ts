import type { Db } from '../../client.ts';

export const LLM_TASKS = ['turn', 'try', 'summary', 'translate'] as const;
export type LlmTask = (typeof LLM_TASKS)[number];

export interface LlmCallMade {
  readonly teamId: string;
  readonly agentId: string | null;
  readonly task: LlmTask;
  readonly model: string;
  readonly tokensIn: number;
  readonly tokensOut: number;
  readonly ms: number;
  /** `ok`, or what went wrong in a word: never what was said. */
  readonly outcome: string;
  readonly at: Date;
}

/** A row per call of a model, whatever became of it. */
export async function noteLlmCall(db: Db, call: LlmCallMade): Promise<void> {
  await db.llmCall.create({ data: call });
}

/** What the team's calls used since the first of the month (UTC). */
export async function tokensThisMonth(db: Db, { teamId, now }: { teamId: string; now: Date }): Promise<number> {
  const since = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), 1));
  const { _sum: used } = await db.llmCall.aggregate({ where: { teamId, at: { gte: since } }, _sum: { tokensIn: true, tokensOut: true } });
  return (used.tokensIn ?? 0) + (used.tokensOut ?? 0);
}
