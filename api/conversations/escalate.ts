import type { z } from 'zod';
import { effectivePolicyFor } from '#prisma/store/policies.ts';
import { carryOutEscalation, refuseEscalation } from '#switchboard/escalate.ts';
import { escalate as escalateInput } from '#workflows/contract/commands.ts';
import type { ConversationView } from '#workflows/contract/views.ts';
import { refuse } from '#workflows/domain/errors.ts';
import type { Result } from '#workflows/domain/errors.ts';
import { commandKey } from '../command-key.ts';
import { parseInput } from '../parse-input.ts';
import { actorOf } from '../principal.ts';
import type { Principal } from '../principal.ts';
import type { TicketDeps } from '../ticket-deps.ts';
import { refuseUnknownGroup } from '../tickets/known-group.ts';
import { awaitSilence } from './await-silence.ts';
import { conversationAnswer, workableConversation } from './workable-conversation.ts';

/**
 * Hands a conversation to people (P1, P58): a ticket, or joining the open one, or (policy `flag`) a mark on the
 * conversation. Refused with `help_desk_off`, with `case_not_escalated` for a case that never reaches a person (which
 * is recorded), and for an unknown case with the known ones named.
 */
export async function escalate(deps: TicketDeps, principal: Principal, conversationId: string, input: z.input<typeof escalateInput>, key: string): Promise<Result<ConversationView>> {
  const parsed = parseInput(escalateInput, input);
  if (!parsed.ok) return parsed;
  const found = await workableConversation(deps, principal, conversationId);
  if (!found.ok) return found;
  const { agentId, teamId } = found.value;
  if (agentId === null) return refuse('no_agent', 'No AI agent serves this conversation, so nothing can be escalated. Take it over instead.');
  const { policy } = await effectivePolicyFor(deps.prisma, teamId, agentId);
  const escalation = { conversation: found.value, by: actorOf(principal), said: parsed.value, named: commandKey(principal, { deed: 'escalate', target: conversationId, key }) };
  const refusal = (await refuseEscalation(deps, escalation, policy)) ?? (await refuseUnknownGroup(deps.prisma, teamId, parsed.value.group));
  if (refusal !== null) return refusal;
  const done = await carryOutEscalation(deps, escalation, policy);
  if (!done.ok) return done;
  if (policy.onEscalate === 'pause') await awaitSilence(deps, conversationId);
  return conversationAnswer(deps, principal, conversationId);
}
