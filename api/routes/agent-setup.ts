import { z } from 'zod';
import { agentSetupView, knowledgeInput, knowledgeRow, knowledgeView, newAgentSecretView, putAgentSetup, triedView, tryAgent as tryAgentInput } from '#workflows/contract/agent-setup.ts';
import { escalationForecast, whatIfEscalation } from '#workflows/contract/escalation-forecast.ts';
import { idOf } from '#workflows/contract/ids.ts';
import { pageOf } from '#workflows/contract/views.ts';
import { createKnowledge, deleteKnowledge, knowledge, knowledgeText, putKnowledge } from '../agents/knowledge.ts';
import { agentSetup, putSetup, renewAgentSecret } from '../agents/setup.ts';
import { forecastEscalation } from '../agents/forecast-escalation.ts';
import { tryAgent } from '../agents/try-agent.ts';
import { route } from '../http/route.ts';
import { wholeList } from './whole-list.ts';

const ofAgent = z.strictObject({ agentId: idOf('agent') });
const ofText = z.strictObject({ agentId: idOf('agent'), textId: idOf('knowledge') });

export const agentSetupRoutes = [
  route({
    method: 'get', path: '/agents/{agentId}/setup', name: 'getAgentSetup', tag: 'Agents', who: 'admin', hasVersion: true,
    summary: 'How an agent answers',
    description: '`external`: it reads and writes by API with a key of its own. `built_in`: a language model with the team’s instructions and knowledge. `webhook`: Baton posts the turn to a URL.',
    params: ofAgent, answer: agentSetupView,
    refusals: ['not_found'],
    run: (deps, { principal, params }) => agentSetup(deps, principal, params.agentId),
  }),
  route({
    method: 'put', path: '/agents/{agentId}/setup', name: 'putAgentSetup', tag: 'Agents', who: 'admin', hasVersion: true,
    summary: 'Replace how an agent answers',
    description: 'If-Match names the version that was read; `"0"` where nothing was set yet. A turn under way ends as it began. Of another kind’s unanswered messages the new one takes those of the last hour.',
    params: ofAgent, body: putAgentSetup, answer: agentSetupView,
    refusals: ['not_found', 'version_conflict'],
    run: (deps, { principal, params, body, ifVersion }) => putSetup(deps, principal, params.agentId, body, ifVersion),
  }),
  route({
    method: 'post', path: '/agents/{agentId}/secret', name: 'renewAgentSecret', tag: 'Agents', who: 'admin', status: 201, hasSecret: true,
    summary: 'Make the secret that a webhook agent’s turns are signed with; it is shown this once',
    description: 'For 24 hours the one before it signs, too. Without a secret nothing is posted.',
    params: ofAgent, answer: newAgentSecretView,
    refusals: ['not_found'],
    run: (deps, { principal, params }) => renewAgentSecret(deps, principal, params.agentId),
  }),
  route({
    method: 'post', path: '/agents/{agentId}/try', name: 'tryAgent', tag: 'Agents', who: 'admin',
    summary: 'Ask an agent that Baton runs one question, without any conversation',
    description: 'Says what it would answer, what it looked up and cites, whether it would hand over, and what would come of that. A `webhook` agent is posted a turn with `isTest: true`, whose conversation does not exist. Nothing is sent to a customer, and no conversation comes of it.',
    params: ofAgent, body: tryAgentInput, answer: triedView,
    refusals: ['not_found', 'busy'],
    run: (deps, { principal, params, body }) => tryAgent(deps, principal, params.agentId, body),
  }),
  route({
    method: 'post', path: '/agents/{agentId}/what-if', name: 'whatIfEscalation', tag: 'What if', who: 'reader',
    summary: 'What would come of an escalation by this agent, now or at another time',
    description: 'Whether it is let through, the ticket’s priority, who would get it and why, what the AI and the customer are told, and when what is due: by the code that decides real ones. Nothing is stored or sent.',
    params: ofAgent, body: whatIfEscalation, answer: escalationForecast,
    refusals: ['not_found'],
    run: (deps, { principal, params, body }) => forecastEscalation(deps, principal, params.agentId, body),
  }),
  route({
    method: 'get', path: '/agents/{agentId}/knowledge', name: 'listKnowledge', tag: 'Agents', who: 'admin',
    summary: 'What a built-in agent may look up, by title, without the texts',
    params: ofAgent, answer: pageOf(knowledgeRow),
    refusals: ['not_found'],
    run: async (deps, { principal, params }) => wholeList(await knowledge(deps, principal, params.agentId)),
  }),
  route({
    method: 'post', path: '/agents/{agentId}/knowledge', name: 'createKnowledge', tag: 'Agents', who: 'admin', status: 201,
    summary: 'Add a knowledge text',
    params: ofAgent, body: knowledgeInput, answer: knowledgeView,
    refusals: ['not_found'],
    run: (deps, { principal, params, body }) => createKnowledge(deps, principal, params.agentId, body),
  }),
  route({
    method: 'get', path: '/agents/{agentId}/knowledge/{textId}', name: 'getKnowledge', tag: 'Agents', who: 'admin',
    summary: 'A knowledge text',
    params: ofText, answer: knowledgeView,
    refusals: ['not_found'],
    run: (deps, { principal, params }) => knowledgeText(deps, principal, params.agentId, params.textId),
  }),
  route({
    method: 'put', path: '/agents/{agentId}/knowledge/{textId}', name: 'putKnowledge', tag: 'Agents', who: 'admin',
    summary: 'Replace a knowledge text; answers that cite it keep what they cited',
    params: ofText, body: knowledgeInput, answer: knowledgeView,
    refusals: ['not_found'],
    run: (deps, { principal, params, body }) => putKnowledge(deps, principal, params.agentId, params.textId, body),
  }),
  route({
    method: 'delete', path: '/agents/{agentId}/knowledge/{textId}', name: 'deleteKnowledge', tag: 'Agents', who: 'admin',
    summary: 'Remove a knowledge text',
    params: ofText,
    refusals: ['not_found'],
    run: (deps, { principal, params }) => deleteKnowledge(deps, principal, params.agentId, params.textId),
  }),
];
