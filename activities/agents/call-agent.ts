import { activityInfo, cancellationSignal } from '@temporalio/activity';
import { keepAnswer, readAnswer } from '#store/ai-agents/answers.ts';
import type { KeptAnswer } from '#store/ai-agents/answers.ts';
import { runnableAgent } from '#store/ai-agents/setups.ts';
import type { RunnableAgent } from '#store/ai-agents/setups.ts';
import { findConversation } from '#store/conversations.ts';
import type { ConversationFacts } from '#store/conversations.ts';
import { effectivePolicyFor } from '#store/policies.ts';
import { tellAgentTyping } from '#store/typing.ts';
import type { Called, TurnKey } from '#workflows/contract/activity-types.ts';
import type { Policy } from '#workflows/domain/policy.ts';
import type { ActivityDeps } from '../activity-deps.ts';
import { LlmFailure } from '../llm/llm-failure.ts';
import { askModel } from './ask-model.ts';
import { askWebhook } from './ask-webhook.ts';
import { beginTurn } from './begin-turn.ts';
import { endTurn } from './end-turn.ts';
import { answerIdOf } from './turn-ids.ts';

/** A turn with all that its agent is told. */
export interface Asking {
  readonly turn: TurnKey;
  readonly agent: RunnableAgent;
  readonly conversation: ConversationFacts;
  readonly policy: Policy;
  /** Ends the call: a human stepped in, the worker stops, or the turn's time is up. */
  readonly signal: AbortSignal;
}

/** What an agent said: an answer, or that it will come by API. */
export type Said = { readonly kind: 'answered'; readonly answer: KeptAnswer } | { readonly kind: 'later'; readonly withinMs: number };

/**
 * Asks a conversation's agent, and keeps its answer where the fence finds it. An answer that is kept already, by a
 * process that died since, is the answer: the agent is not asked twice for nothing. `ends`: an answer of words alone goes
 * through the fence here. One that hands over is left to a step of its own, which the pause that it makes does not cancel.
 */
export async function callAgent(deps: ActivityDeps, { ends = false, ...turn }: TurnKey & { ends?: boolean }): Promise<Called> {
  const { teamId, conversationId } = turn;
  const messageId = answerIdOf(turn);
  if ((await readAnswer(deps.prisma, { teamId, messageId })) !== null) return { kind: 'answered' };
  const over = ends && activityInfo().attempt > 1 ? await overMeanwhile(deps, turn) : null;
  if (over !== null) return over;
  const conversation = await findConversation(deps.prisma, teamId, conversationId);
  if (conversation === null || conversation.isPaused || conversation.epoch !== turn.epoch || conversation.agentId === null) return { kind: 'outdated' };
  const [agent, { policy }] = await Promise.all([runnableAgent(deps.prisma, teamId, conversation.agentId), effectivePolicyFor(deps.prisma, teamId, conversation.agentId)]);
  if (agent === null || agent.kind === 'external') return { kind: 'outdated' };
  const late = AbortSignal.timeout(deps.agents.turnMs);
  const signal = AbortSignal.any([cancellationSignal(), late]);
  try {
    const said = await whileTyping(deps, { teamId, conversationId, agentId: conversation.agentId }, () => ask(deps, { turn, agent, conversation, policy, signal }));
    if (said.kind === 'later') return said;
    await keepAnswer(deps.prisma, { messageId, teamId, conversationId, at: new Date(deps.now()) }, said.answer);
    deps.failpoint?.('answer_kept_not_told');
    if (await isPast(deps, turn)) return await keepBack(deps, turn);
    return ends && said.answer.escalation === null ? await commit(deps, turn) : { kind: 'answered' };
  } catch (error) {
    if (error instanceof LlmFailure) return { kind: 'failed', reason: error.message, again: error.again, retryAfterMs: error.retryAfterMs };
    if (late.aborted) return { kind: 'failed', reason: `The agent did not answer within ${Math.round(deps.agents.turnMs / 1_000)} s.`, again: false, retryAfterMs: null };
    throw error;
  }
}

/** What a try before this one has ended, or discarded because the customer wrote again, is not asked anew: the answer is no longer kept. */
async function overMeanwhile(deps: ActivityDeps, { epoch, lastSeenMessage, ...of }: TurnKey): Promise<Called | null> {
  const next = await beginTurn(deps, of);
  return next?.epoch === epoch && next.lastSeenMessage === lastSeenMessage ? null : { kind: 'ended', next };
}

/** Where it cannot be committed now, the answer is kept: committing it is tried until it is done, and the agent not asked again. */
async function commit(deps: ActivityDeps, turn: TurnKey): Promise<Called> {
  try {
    await endTurn(deps, { ...turn, end: { kind: 'answered' } });
    deps.failpoint?.('turn_ended_not_told');
    // Nobody hears of what is due where the call was cancelled.
    return { kind: 'ended', next: cancellationSignal().aborted ? null : await beginTurn(deps, turn) };
  } catch {
    return { kind: 'answered' };
  }
}

/** Somebody stepped in, and whoever waits for this call may have stopped waiting before the answer was kept. */
async function isPast({ prisma }: ActivityDeps, { teamId, conversationId, epoch }: TurnKey): Promise<boolean> {
  return (await findConversation(prisma, teamId, conversationId))?.epoch !== epoch;
}

async function keepBack(deps: ActivityDeps, turn: TurnKey): Promise<Called> {
  await endTurn(deps, { ...turn, end: { kind: 'cancelled' } });
  return { kind: 'outdated' };
}

/** Shown for 6 s where it is not said again. */
const TYPING_EVERY_MS = 4_000;

/** Says that the agent writes for as long as it is asked; what cannot be said is not missed. */
async function whileTyping<Answer>({ prisma }: ActivityDeps, who: { teamId: string; conversationId: string; agentId: string }, work: () => Promise<Answer>): Promise<Answer> {
  let told: Promise<unknown> = Promise.resolve();
  const tell = () => {
    told = tellAgentTyping(prisma, who).catch(() => undefined);
  };
  tell();
  const again = setInterval(tell, TYPING_EVERY_MS);
  try {
    return await work();
  } finally {
    clearInterval(again);
    // Said late it would stand under the answer.
    await told;
  }
}

async function ask(deps: ActivityDeps, asking: Asking): Promise<Said> {
  switch (asking.agent.kind) {
    case 'built_in':
      return { kind: 'answered', answer: await askModel(deps, asking) };
    case 'webhook':
      return askWebhook(deps, asking);
    case 'external':
      throw new LlmFailure('The agent answers by API, and nobody asks it.', { outcome: 'external', again: false });
  }
}
