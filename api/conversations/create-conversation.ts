import type { z } from 'zod';
import type { Db } from '#prisma/client.ts';
import { detectLanguage } from '#prisma/store/languages/detect-language.ts';
import { hasAgent } from '#prisma/store/agents.ts';
import { insertConversation, makeConversationOnce } from '#prisma/store/conversations.ts';
import { storeCustomerMessage } from '#prisma/store/customer-messages.ts';
import { idFrom } from '#prisma/store/derived-id.ts';
import { addAddresses, insertRequester, lockRequesterBy } from '#prisma/store/requesters.ts';
import type { NewRequesterAddress } from '#prisma/store/requesters.ts';
import { handOver } from '#switchboard/hand-over.ts';
import { createConversation as createConversationInput } from '#workflows/contract/commands.ts';
import type { CreateConversation } from '#workflows/contract/commands.ts';
import type { ConversationView } from '#workflows/contract/views.ts';
import { ok, refuseField } from '#workflows/domain/errors.ts';
import type { Result } from '#workflows/domain/errors.ts';
import { commandKey } from '../command-key.ts';
import { parseInput } from '../parse-input.ts';
import type { Principal } from '../principal.ts';
import { refuseUnlessWriter } from '../require-role.ts';
import type { TicketDeps } from '../ticket-deps.ts';
import { firstLine } from './first-line.ts';
import { conversationAnswer } from './workable-conversation.ts';

/**
 * Begins a conversation, with the customer's first message if there is one. An agent's key begins its own agent's.
 * The same `externalId` is the same requester; an e-mail address that a visitor typed proves nothing (P43) and makes a
 * requester of its own.
 */
export async function createConversation(deps: TicketDeps, principal: Principal, input: z.input<typeof createConversationInput>, key: string): Promise<Result<ConversationView>> {
  const refused = principal.kind === 'agent' ? null : refuseUnlessWriter(principal);
  if (refused) return refused;
  const parsed = parseInput(createConversationInput, input);
  if (!parsed.ok) return parsed;
  const agent = await agentFor(deps, principal, parsed.value.agentId);
  if (!agent.ok) return agent;

  const { teamId } = principal;
  const named = commandKey(principal, { deed: 'create_conversation', target: teamId, key });
  const conversationId = idFrom('conversation', named);
  const messageId = idFrom('message', named);
  const said = parsed.value;
  let mustHandOver = said.message !== undefined;
  const language = await detectLanguage(said.message ?? '');
  await makeConversationOnce(deps.prisma, { teamId, conversationId }, async (db) => {
    const requesterId = await requesterFor(db, { teamId, newId: idFrom('requester', named), who: said.requester });
    await insertConversation(db, { id: conversationId, teamId, channel: said.channel, agentId: agent.value, requesterId, subject: said.subject ?? firstLine(said.message ?? '') });
    if (said.message === undefined) return;
    const stored = await storeCustomerMessage(db, { id: messageId, teamId, conversationId, requesterId, channel: said.channel, text: said.message, language, at: new Date(deps.now()) });
    mustHandOver = stored.mustHandOver;
  });
  // The message is a row: whoever is away now is told by the sweeper, and nothing is lost.
  if (mustHandOver) await handOver(deps, { teamId, messageId });
  return conversationAnswer(deps, principal, conversationId);
}

async function agentFor({ prisma }: TicketDeps, principal: Principal, agentId: string | undefined): Promise<Result<string | null>> {
  if (principal.kind === 'agent') {
    return agentId === undefined || agentId === principal.agentId ? ok(principal.agentId) : refuseField('body.agentId', 'an agent key begins conversations of its own agent only: leave it out');
  }
  if (agentId === undefined) return ok(null);
  return (await hasAgent(prisma, principal.teamId, agentId)) ? ok(agentId) : refuseField('body.agentId', 'the team has no such agent');
}

async function requesterFor(db: Db, { teamId, newId, who }: { teamId: string; newId: string; who: CreateConversation['requester'] }): Promise<string> {
  const addresses: NewRequesterAddress[] = [
    ...(who.email === undefined ? [] : [{ kind: 'email' as const, value: who.email, verified: false }]),
    ...(who.externalId === undefined ? [] : [{ kind: 'external' as const, value: who.externalId, verified: true }]),
  ];
  const known = who.externalId === undefined ? null : await lockRequesterBy(db, teamId, { kind: 'external', value: who.externalId });
  if (known !== null) {
    await addAddresses(db, { teamId, requesterId: known, addresses });
    return known;
  }
  await insertRequester(db, { id: newId, teamId, name: who.name, addresses });
  return newId;
}
