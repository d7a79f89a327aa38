import type { KeptAnswer } from '#store/ai-agents/answers.ts';
import { lookUpPassages } from '#store/ai-agents/look-up.ts';
import { refuseEscalation } from '#switchboard/escalate.ts';
import type { ActivityDeps } from '../activity-deps.ts';
import { LlmFailure } from '../llm/llm-failure.ts';
import { NO_MODEL, teamLlm } from '../llm/team-llm.ts';
import type { Asking } from './call-agent.ts';
import { readHistory } from './history.ts';
import { takeModelTurn } from './model-turn.ts';
import { conversationPrompt, systemPrompt } from './prompt.ts';
import { ToolBox } from './tools.ts';
import { turnEscalation } from './turn-escalation.ts';

/** A built-in agent's turn: the model, the team's instructions, and tools that act on this conversation alone. */
export async function askModel(deps: ActivityDeps, { turn, agent, conversation, policy, signal }: Asking): Promise<KeptAnswer> {
  const { teamId, conversationId } = turn;
  const llm = await teamLlm(deps, { teamId, task: 'turn' });
  if (llm === null) throw new LlmFailure(NO_MODEL, { outcome: 'unset', again: false });
  const { agentId, model, name, teamName, instructions, readsNotes } = agent;
  const history = await readHistory(deps.prisma, { teamId, conversationId, upTo: turn.lastSeenMessage, readsNotes });
  const tools = new ToolBox({
    helpDesk: policy.helpDesk,
    find: (query) => lookUpPassages(deps.prisma, { teamId, agentId, query }),
    judge: (escalation) => refuseEscalation(deps, turnEscalation({ turn, conversation, agentId }, escalation), policy),
  });
  return takeModelTurn(deps, llm, {
    teamId,
    agentId,
    task: 'turn',
    model,
    instructions: systemPrompt({ agentName: name, teamName, instructions, helpDesk: policy.helpDesk, cases: policy.handoverCases }),
    conversation: conversationPrompt(history),
    tools,
    signal,
  });
}
