import type { Citation, Escalation } from '#store/ai-agents/answers.ts';
import type { ActivityDeps } from '../activity-deps.ts';
import { THINKING_TOKENS } from '../llm/llm.ts';
import type { Llm, LlmMessage, LlmStep } from '../llm/llm.ts';
import { LlmFailure } from '../llm/llm-failure.ts';
import { meteredStep } from '../llm/metered.ts';
import type { CallFor } from '../llm/metered.ts';
import { judgeAnswer } from './judge-answer.ts';
import { ANSWER_TOKENS } from './limits.ts';
import type { ToolBox } from './tools.ts';

/** Half a sentence is no answer, and half a promise may be another one. */
const SHORTER = 'Your message was cut off before its end, and the customer has not seen it. Write it again from the beginning, whole, in fewer than 200 words.';

export interface ModelTurn extends CallFor {
  /** The agent's own; null: the team's. */
  readonly model: string | null;
  readonly instructions: string;
  readonly conversation: string;
  readonly tools: ToolBox;
  readonly signal: AbortSignal;
}

export interface ModelAnswer {
  readonly text: string;
  readonly citations: readonly Citation[];
  readonly escalation: Escalation | null;
}

/**
 * Lets a model answer with the tools of the turn, for a limited number of rounds and tokens. Throws `LlmFailure` where
 * nothing came of it that can be sent; a model that escalates need not say anything.
 */
export async function takeModelTurn(deps: ActivityDeps, llm: Llm, turn: ModelTurn): Promise<ModelAnswer> {
  const messages: LlmMessage[] = [
    { role: 'system', content: turn.instructions },
    { role: 'user', content: turn.conversation },
  ];
  let tokens = 0;
  let lastCut: LlmStep | null = null;
  for (let round = 0; round < deps.agents.rounds; round += 1) {
    // One that has thought and not spoken needs room, not brevity.
    const maxTokens = lastCut?.text === '' ? ANSWER_TOKENS + THINKING_TOKENS : ANSWER_TOKENS;
    const step: LlmStep = await meteredStep(deps, llm, turn, { model: turn.model, messages, tools: turn.tools.offered(), maxTokens, timeoutMs: deps.agents.callMs, signal: turn.signal });
    tokens += step.tokensIn + step.tokensOut;
    const isAnswer = step.calls.length === 0;
    if (isAnswer && !step.isCut) return answerOf(step, turn);
    if (isAnswer && lastCut !== null) return withoutAnswer(turn, 'The model’s answer was cut off, twice: it is too long.', 'cut');
    if (tokens > deps.agents.tokens) throw new LlmFailure(`The model used ${tokens} tokens without an answer; a turn may use ${deps.agents.tokens}.`, { outcome: 'tokens', again: false });
    messages.push({ role: 'assistant', content: step.text || (isAnswer ? '(nothing)' : ''), calls: step.calls });
    for (const call of step.calls) messages.push({ role: 'tool', callId: call.id, content: await turn.tools.carryOut(call) });
    if (isAnswer) {
      lastCut = step;
      messages.push({ role: 'user', content: SHORTER });
    }
  }
  return withoutAnswer(turn, `The model came to no answer in ${deps.agents.rounds} rounds.`, 'rounds');
}

/** It handed over and could not stop: that much is clear. */
function withoutAnswer({ tools }: ModelTurn, reason: string, outcome: string): ModelAnswer {
  if (tools.escalation !== null) return { text: '', citations: [], escalation: tools.escalation };
  throw new LlmFailure(reason, { outcome, again: false });
}

function answerOf({ text }: LlmStep, { instructions, tools }: ModelTurn): ModelAnswer {
  const judged = judgeAnswer({ text, instructions, passages: tools.passages });
  if (judged.ok) return { text: judged.text, citations: judged.citations, escalation: tools.escalation };
  if (tools.escalation !== null) return { text: '', citations: [], escalation: tools.escalation };
  throw new LlmFailure(judged.reason, { outcome: judged.outcome, again: true });
}
