import { Webhook } from 'standardwebhooks';
import type { Escalation } from '#store/ai-agents/answers.ts';
import type { RunnableAgent } from '#store/ai-agents/setups.ts';
import { liveSecrets } from '#store/webhooks/secrets.ts';
import { agentTurnAnswer, MOST_TURN_ANSWER_BYTES } from '#workflows/contract/agent-turn.ts';
import type { AgentTurn } from '#workflows/contract/agent-turn.ts';
import { inWords, problemsIn } from '#workflows/contract/issue-words.ts';
import type { ActivityDeps } from '../activity-deps.ts';
import { LlmFailure } from '../llm/llm-failure.ts';
import { retryAfterMs } from '../retry-after.ts';
import { postWebhook } from '../webhooks/post-webhook.ts';
import type { Posted } from '../webhooks/post-webhook.ts';

interface TurnPost {
  readonly teamId: string;
  readonly agent: RunnableAgent;
  /** The same at every try of the same turn. */
  readonly id: string;
  readonly payload: AgentTurn;
  readonly now: Date;
  readonly signal: AbortSignal;
}

/** What a server said: words, a wish to hand over, or both, or that it will answer by API. */
type PostedTurn = { readonly kind: 'later' } | { readonly kind: 'answered'; readonly text: string; readonly escalation: Escalation | null };

/** It will not be there in a minute either. */
const failed = (reason: string) => new LlmFailure(reason, { outcome: 'webhook', again: false });
export const failedForNow = (reason: string, after: number | null = null) => new LlmFailure(reason, { outcome: 'webhook', again: true, retryAfterMs: after });

/** Posts a turn to an agent's server, signed as webhooks are and under the same protection. Throws `LlmFailure` for whatever is no answer. */
export async function postTurn(deps: ActivityDeps, { teamId, agent, id, payload, now, signal }: TurnPost): Promise<PostedTurn> {
  if (agent.url === null) throw failed('The agent has no URL that it could be asked at.');
  const secrets = await liveSecrets(deps.prisma, deps.secretBox, { teamId, id: agent.agentId, oldSecretUntil: agent.oldSecretUntil, at: now });
  // Nothing leaves unsigned.
  if (secrets.length === 0) throw failed('The agent has no signing secret yet, or one that cannot be opened: make a new one.');
  const body = JSON.stringify(payload);
  const headers = {
    'user-agent': 'Baton-Agents/1',
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(now.getTime() / 1_000)),
    'webhook-signature': secrets.map((secret) => new Webhook(secret).sign(id, now, body)).join(' '),
  };
  const posted = await postWebhook({ url: new URL(agent.url), headers, body }, { ...deps.webhooks, deadlineMs: deps.agents.webhookMs, signal, answerBytes: MOST_TURN_ANSWER_BYTES });
  signal.throwIfAborted();
  return saidIn(posted);
}

function saidIn(posted: Posted): PostedTurn {
  if (posted.kind === 'unreached') throw failedForNow(posted.why);
  if (posted.kind === 'refused') {
    const isPassing = posted.status === 408 || posted.status === 429 || posted.status >= 500;
    throw isPassing ? failedForNow(posted.why, retryAfterMs(posted.retryAfter)) : failed(posted.why);
  }
  if (posted.status === 202) return { kind: 'later' };
  const parsed = agentTurnAnswer.safeParse(jsonOf(posted.answer ?? ''), { error: inWords });
  if (!parsed.success) throw failedForNow(`The agent’s answer is none: ${problemsIn(parsed.error, 'the body').slice(0, 300)}`);
  const { text = '', escalate } = parsed.data;
  return { kind: 'answered', text, escalation: escalate === undefined ? null : { case: escalate.case ?? null, reason: escalate.reason } };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
