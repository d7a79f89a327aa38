import type { z } from 'zod';
import { commandIdFrom, idFrom } from '#prisma/store/derived-id.ts';
import { openConversationTicket } from '#switchboard/open-conversation-ticket.ts';
import { pauseAi as pauseAiInput } from '#workflows/contract/commands.ts';
import type { ConversationView } from '#workflows/contract/views.ts';
import { refuse } from '#workflows/domain/errors.ts';
import type { Result } from '#workflows/domain/errors.ts';
import { commandKey } from '../command-key.ts';
import { parseInput } from '../parse-input.ts';
import { actorOf } from '../principal.ts';
import type { Principal } from '../principal.ts';
import type { TicketDeps } from '../ticket-deps.ts';
import { awaitSilence } from './await-silence.ts';
import { conversationAnswer, workableConversation } from './workable-conversation.ts';

/** Pauses the AI and makes sure that there is a ticket (P12); an agent may do it to itself. From the answer on the AI is silent. */
export async function pauseConversation(deps: TicketDeps, principal: Principal, conversationId: string, input: z.input<typeof pauseAiInput>, key: string): Promise<Result<ConversationView>> {
  const parsed = parseInput(pauseAiInput, input);
  if (!parsed.ok) return parsed;
  const found = await workableConversation(deps, principal, conversationId);
  if (!found.ok) return found;
  if (found.value.agentId === null) return refuse('no_agent', 'No AI agent serves this conversation, so there is nothing to pause.');
  const named = commandKey(principal, { deed: 'pause', target: conversationId, key });
  const by = actorOf(principal);
  const paused = await openConversationTicket(deps, by, found.value, {
    ticketId: idFrom('ticket', named),
    birth: { origin: by.kind === 'operator' ? 'takeover' : 'api', escalation: null, takenBy: null },
    command: { id: commandIdFrom(named), command: { kind: 'pause_ai', by }, always: true },
  });
  if (!paused.ok) return paused;
  await awaitSilence(deps, conversationId);
  return conversationAnswer(deps, principal, conversationId);
}
