import { cancellationSignal } from '@temporalio/activity';
import { lookUpPassages } from '#store/ai-agents/look-up.ts';
import { runnableAgent } from '#store/ai-agents/setups.ts';
import { effectivePolicyFor } from '#store/policies.ts';
import type { TriedAnswer } from '#workflows/contract/agent-setup.ts';
import { judgeCase } from '#workflows/domain/judge-case.ts';
import type { ActivityDeps } from '../activity-deps.ts';
import { LlmFailure } from '../llm/llm-failure.ts';
import { NO_MODEL, teamLlm } from '../llm/team-llm.ts';
import { takeModelTurn } from './model-turn.ts';
import { conversationPrompt, systemPrompt } from './prompt.ts';
import { ToolBox } from './tools.ts';
import type { Tried, TryOf } from './try-of.ts';
import { tryWebhook } from './try-webhook.ts';

const TRY_MS = 45_000;

/** What an agent that Baton runs would answer to one question, and what it would do. Nothing of it happens. */
export async function tryAgent(deps: ActivityDeps, { teamId, agentId, question }: { teamId: string; agentId: string; question: string }): Promise<TriedAnswer> {
  const [agent, { policy }] = await Promise.all([runnableAgent(deps.prisma, teamId, agentId), effectivePolicyFor(deps.prisma, teamId, agentId)]);
  if (agent === null) return shown({ problem: 'The team has no such agent.' });
  const signal = AbortSignal.any([cancellationSignal(), AbortSignal.timeout(TRY_MS)]);
  try {
    return shown(await ask(deps, { teamId, agent, policy, question, signal }));
  } catch (error) {
    if (error instanceof LlmFailure) return shown({ problem: error.message });
    if (!signal.aborted) throw error;
    return shown({ problem: `The ${agent.kind === 'webhook' ? 'agent' : 'model'} did not answer within ${TRY_MS / 1_000} s.` });
  }
}

async function ask(deps: ActivityDeps, asked: TryOf): Promise<Tried> {
  switch (asked.agent.kind) {
    case 'built_in':
      return tryModel(deps, asked);
    case 'webhook':
      return tryWebhook(deps, asked);
    case 'external':
      return { problem: 'An external agent answers by API: nobody can ask it. Save another kind first.' };
  }
}

async function tryModel(deps: ActivityDeps, { teamId, agent, policy, question, signal }: TryOf): Promise<Tried> {
  const { agentId } = agent;
  const tools = new ToolBox({
    helpDesk: policy.helpDesk,
    find: (query) => lookUpPassages(deps.prisma, { teamId, agentId, query }),
    judge: async (escalation) => judgeCase(policy, escalation.case),
  });
  const asked = { kind: 'said' as const, id: '', from: 'customer' as const, name: null, channel: 'live_chat' as const, text: question, attachments: [], at: new Date(deps.now()), delivery: null };
  const llm = await teamLlm(deps, { teamId, task: 'turn' });
  if (llm === null) return { problem: NO_MODEL };
  const { text, citations, escalation } = await takeModelTurn(deps, llm, {
    teamId,
    agentId,
    task: 'try',
    model: agent.model,
    instructions: systemPrompt({ agentName: agent.name, teamName: agent.teamName, instructions: agent.instructions, helpDesk: policy.helpDesk, cases: policy.handoverCases }),
    conversation: conversationPrompt({ subject: '', channel: 'live_chat', requester: 'A customer', lines: [asked], isCut: false }),
    tools,
    signal,
  });
  return { text, lookedUp: tools.lookedUp.map(({ query, found }) => ({ query, found: [...found] })), cites: citations.map(({ title, passage }) => ({ title, passage })), escalation };
}

function shown(tried: Tried): TriedAnswer {
  return { text: '', problem: null, lookedUp: [], cites: [], escalation: null, ...tried };
}
