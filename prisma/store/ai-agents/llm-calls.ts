import { CALL_TASKS } from '#workflows/contract/model.ts';
import type { CallTask, ModelUsage } from '#workflows/contract/model.ts';
import type { Db } from '../../client.ts';

export interface LlmCallMade {
  readonly teamId: string;
  readonly agentId: string | null;
  readonly task: CallTask;
  readonly model: string;
  readonly tokensIn: number;
  readonly tokensOut: number;
  readonly ms: number;
  /** `ok`, or what went wrong in a word: never what was said. */
  readonly outcome: string;
  /** Null: no price is known. */
  readonly cost: number | null;
  readonly at: Date;
}

/** A row per call of a model, whatever became of it. */
export async function noteLlmCall(db: Db, call: LlmCallMade): Promise<void> {
  await db.llmCall.create({ data: call });
}

/** What the team's calls used since the first of the month (UTC). */
export async function tokensThisMonth(db: Db, { teamId, now }: { teamId: string; now: Date }): Promise<number> {
  const { _sum: used } = await db.llmCall.aggregate({ where: { teamId, at: { gte: monthOf(now) } }, _sum: { tokensIn: true, tokensOut: true } });
  return (used.tokensIn ?? 0) + (used.tokensOut ?? 0);
}

/** The same with calls, cost and tasks, for whoever pays. */
export async function usageThisMonth(db: Db, { teamId, now }: { teamId: string; now: Date }): Promise<ModelUsage> {
  const since = monthOf(now);
  const rows = await db.$queryRaw<{ task: string; calls: number; failed: number; tokensIn: number; tokensOut: number; cost: number | null; ms: number }[]>`
    SELECT task, count(*)::int AS calls, (count(*) FILTER (WHERE outcome <> 'ok'))::int AS failed, sum(tokens_in)::float8 AS "tokensIn",
      sum(tokens_out)::float8 AS "tokensOut", sum(cost) AS cost, sum(ms)::float8 AS ms
    FROM llm_calls WHERE team_id = ${teamId} AND at >= ${since} GROUP BY task`;
  const sum = (of: (row: (typeof rows)[number]) => number) => rows.reduce((total, row) => total + of(row), 0);
  const calls = sum((row) => row.calls);
  const order = (task: string) => CALL_TASKS.findIndex((one) => one === task);
  return {
    since: since.toISOString(),
    calls,
    failed: sum(({ failed }) => failed),
    tokensIn: sum(({ tokensIn }) => tokensIn),
    tokensOut: sum(({ tokensOut }) => tokensOut),
    cost: rows.every(({ cost }) => cost === null) ? null : sum(({ cost }) => cost ?? 0),
    averageMs: calls === 0 ? null : Math.round(sum(({ ms }) => ms) / calls),
    tasks: rows.map(({ ms: _ms, ...row }) => row).sort((a, b) => order(a.task) - order(b.task)),
  };
}

/** Longer than anybody's year: what a month cost can still be compared with the same month before. */
const KEPT_DAYS = 400;

/** Forgets old calls, a thousand at a time, in the order in which they were noted: that is what there is an index for. */
export async function forgetOldCalls(db: Db, now: Date): Promise<number> {
  return db.$executeRaw`
    DELETE FROM llm_calls WHERE id IN
      (SELECT id FROM (SELECT id, at FROM llm_calls ORDER BY id LIMIT 1000) AS first WHERE at < ${now}::timestamptz - make_interval(days => ${KEPT_DAYS}::int))`;
}

function monthOf(now: Date): Date {
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), 1));
}
