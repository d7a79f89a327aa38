import { createConversation } from '../conversations/create-conversation.ts';
import { postMessage } from '../conversations/post-message.ts';
import { conversation } from '../queries/conversation.ts';
import { done } from './demo-stage.ts';
import type { Stage } from './demo-stage.ts';

type AgentName = keyof Stage['agents'];

/** A visitor opens a chat with one of the agents; gives the conversation's id. */
export async function chat(
  { deps, agents }: Stage,
  agent: AgentName,
  { key, name, email, subject, text }: { key: string; name: string; email?: string; subject: string; text: string },
): Promise<string> {
  const requester = { name, externalId: `demo-${key}`, ...(email === undefined ? {} : { email }) };
  return done(await createConversation(deps, agents[agent], { channel: 'live_chat', subject, requester, message: text }, `demo:${key}`)).id;
}

/** Their page shows what has come: reading is delivery. */
export async function customerReads({ deps, agents }: Stage, agent: AgentName, conversationId: string): Promise<void> {
  done(await conversation(deps, agents[agent], conversationId));
}

/** They answer what they have read. */
export async function customerWrites(stage: Stage, agent: AgentName, conversationId: string, text: string, key: string): Promise<void> {
  const { deps, agents } = stage;
  await customerReads(stage, agent, conversationId);
  done(await postMessage(deps, agents[agent], conversationId, { author: 'customer', text }, key));
}

/** The agent answers what it has read, as any agent does; they have its answer at once. */
export async function agentAnswers(stage: Stage, agent: AgentName, conversationId: string, text: string, key: string): Promise<void> {
  const { deps, agents } = stage;
  const { ai, lastCustomerMessage } = done(await conversation(deps, agents[agent], conversationId));
  done(await postMessage(deps, agents[agent], conversationId, { author: 'agent', text, epoch: ai.epoch, lastSeenMessage: lastCustomerMessage }, key));
  await customerReads(stage, agent, conversationId);
}
