import { cancellationSignal } from '@temporalio/activity';
import { lookUpPassages } from '#store/ai-agents/look-up.ts';
import { runnableAgent } from '#store/ai-agents/setups.ts';
import { effectivePolicyFor } from '#store/policies.ts';
import type { TriedView } from '#workflows/contract/agent-setup.ts';
import { refuse } from '#workflows/domain/errors.ts';
import type { ActivityDeps } from '../activity-deps.ts';
import { LlmFailure } from '../llm/llm-failure.ts';
import { NO_MODEL, teamLlm } from '../llm/team-llm.ts';
import { takeModelTurn } from './model-turn.ts';
import { conversationPrompt, systemPrompt } from './prompt.ts';
import { ToolBox } from './tools.ts';

const TRY_MS = 45_000;

/** What a built-in agent would answer to one question, and what it would do. Nothing of it happens. */
export async function tryAgent(deps: ActivityDeps, { teamId, agentId, question }: { teamId: string; agentId: string; question: string }): Promise<TriedView> {
  const [agent, { policy }] = await Promise.all([runnableAgent(deps.prisma, teamId, agentId), effectivePolicyFor(deps.prisma, teamId, agentId)]);
  if (agent === null) return failed('The team has no such agent.');
  if (agent.kind !== 'built_in') return failed('Only a built-in agent can be tried here. Save the setting first.');
  const tools = new ToolBox({
    helpDesk: policy.helpDesk,
    find: (query) => lookUpPassages(deps.prisma, { teamId, agentId, query }),
    judge: async ({ case: chosen }) => {
      if (chosen === null) return null;
      const found = policy.handoverCases.find(({ key }) => key === chosen);
      if (found === undefined) return refuse('invalid', 'the agent has no such case');
      return found.action === 'never' ? refuse('case_not_escalated', `The case "${chosen}" never reaches a person: answer it yourself.`) : null;
    },
  });
  const asked = { kind: 'said' as const, id: '', from: 'customer' as const, name: null, text: question, attachments: [], at: new Date(deps.now()) };
  try {
    const llm = await teamLlm(deps, { teamId, task: 'turn' });
    if (llm === null) return failed(NO_MODEL);
    const { text, citations, escalation } = await takeModelTurn(deps, llm, {
      teamId,
      agentId,
      task: 'try',
      model: agent.model,
      instructions: systemPrompt({ agentName: agent.name, teamName: agent.teamName, instructions: agent.instructions, helpDesk: policy.helpDesk, cases: policy.handoverCases }),
      conversation: conversationPrompt({ subject: '', requester: 'A customer', lines: [asked], isCut: false }),
      tools,
      signal: AbortSignal.any([cancellationSignal(), AbortSignal.timeout(TRY_MS)]),
    });
    return { text, problem: null, lookedUp: tools.lookedUp.map(({ query, found }) => ({ query, found: [...found] })), cites: citations.map(({ title, passage }) => ({ title, passage })), escalation };
  } catch (error) {
    return failed(error instanceof LlmFailure ? error.message : `The model did not answer within ${TRY_MS / 1_000} s.`);
  }
}

function failed(problem: string): TriedView {
  return { text: '', problem, lookedUp: [], cites: [], escalation: null };
}
