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

export async function customerWrites({ deps, agents }: Stage, agent: AgentName, conversationId: string, text: string, key: string): Promise<void> {
  done(await postMessage(deps, agents[agent], conversationId, { author: 'customer', text }, key));
}

/** The agent answers what it has read, as any agent does. */
export async function agentAnswers({ deps, agents }: Stage, agent: AgentName, conversationId: string, text: string, key: string): Promise<void> {
  const { ai, lastCustomerMessage } = done(await conversation(deps, agents[agent], conversationId));
  done(await postMessage(deps, agents[agent], conversationId, { author: 'agent', text, epoch: ai.epoch, lastSeenMessage: lastCustomerMessage }, key));
}
