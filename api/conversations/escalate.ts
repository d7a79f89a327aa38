import type { z } from 'zod';
import { flagConversation, writeOwnEntry } from '#prisma/store/conversations.ts';
import type { ConversationFacts } from '#prisma/store/conversations.ts';
import { commandIdFrom, idFrom } from '#prisma/store/derived-id.ts';
import { openGeneration } from '#prisma/store/generations.ts';
import { effectivePolicyFor } from '#prisma/store/policies.ts';
import { escalate as escalateInput } from '#workflows/contract/commands.ts';
import type { Escalate } from '#workflows/contract/commands.ts';
import type { ConversationView } from '#workflows/contract/views.ts';
import { ok, refuse, refuseField } from '#workflows/domain/errors.ts';
import type { Refusal, Result } from '#workflows/domain/errors.ts';
import type { Policy } from '#workflows/domain/policy.ts';
import { commandKey } from '../command-key.ts';
import { parseInput } from '../parse-input.ts';
import { actorOf } from '../principal.ts';
import type { Principal } from '../principal.ts';
import type { TicketDeps } from '../ticket-deps.ts';
import { awaitSilence } from './await-silence.ts';
import { refuseUnknownGroup } from '../tickets/known-group.ts';
import { sendCommand } from '../tickets/give-command.ts';
import { openConversationTicket } from './open-conversation-ticket.ts';
import { conversationAnswer, workableConversation } from './workable-conversation.ts';

interface Escalation {
  readonly conversation: ConversationFacts;
  readonly said: Escalate;
  /** The command's key: see `commandKey`. */
  readonly named: string;
}

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
  const escalation = { conversation: found.value, said: parsed.value, named: commandKey(principal, { deed: 'escalate', target: conversationId, key }) };
  const refusal = (await refuseByPolicy(deps, principal, escalation, policy)) ?? (await refuseUnknownGroup(deps.prisma, teamId, parsed.value.group));
  if (refusal !== null) return refusal;
  const done = await carryOut(deps, principal, escalation, policy);
  if (!done.ok) return done;
  if (policy.onEscalate === 'pause') await awaitSilence(deps, conversationId);
  return conversationAnswer(deps, principal, conversationId);
}

async function refuseByPolicy(deps: TicketDeps, principal: Principal, { conversation, said, named }: Escalation, policy: Policy): Promise<Refusal | null> {
  if (!policy.helpDesk) return refuse('help_desk_off', 'The help desk is off for this agent: nothing is escalated.');
  if (said.case === undefined) return null;
  const chosen = policy.handoverCases.find((one) => one.key === said.case);
  if (chosen === undefined) {
    const known = policy.handoverCases.map((one) => one.key).join(', ');
    return refuseField('body.case', known === '' ? 'this agent has no handover cases: leave it out' : `must be one of the agent's cases: ${known}`);
  }
  if (chosen.action === 'escalate') return null;
  await writeOwnEntry(deps.prisma, {
    teamId: conversation.teamId,
    conversationId: conversation.id,
    key: `case_refused:${commandIdFrom(named)}`,
    kind: 'case_refused',
    actor: actorOf(principal),
    at: new Date(deps.now()),
    data: { case: chosen.key, reason: said.reason },
  });
  return refuse('case_not_escalated', `The case "${chosen.key}" (${chosen.when}) never reaches a person: answer it yourself.`);
}

async function carryOut(deps: TicketDeps, principal: Principal, { conversation, said, named }: Escalation, policy: Policy): Promise<Result<string | null>> {
  const by = actorOf(principal);
  const { teamId, id: conversationId } = conversation;
  const chosen = said.case ?? null;
  if (policy.onEscalate === 'flag' && (await openGeneration(deps.prisma, conversationId)) === null) {
    const entry = { teamId, conversationId, key: `flagged:${commandIdFrom(named)}`, kind: 'flagged' as const, actor: by, at: new Date(deps.now()) };
    await flagConversation(deps.prisma, { ...entry, data: { case: chosen, reason: said.reason }, reason: said.reason });
    return ok(null);
  }
  const ownId = idFrom('ticket', named);
  const { skills, group, language } = said;
  const opened = await openConversationTicket(deps, principal, conversation, {
    ticketId: ownId,
    birth: { origin: 'escalation', escalation: { case: chosen, reason: said.reason }, takenBy: null, needs: { skills, group, language } },
    command: { id: commandIdFrom(named), command: { kind: 'escalate', by, case: chosen, reason: said.reason, priority: null }, always: false },
  });
  // A ticket that was there already takes what this escalation asks for, as if it had been changed by hand.
  if (!opened.ok || opened.value === ownId || [skills, group, language].every((need) => need === undefined)) return opened;
  const changed = await sendCommand(deps, { teamId, id: opened.value }, { id: commandIdFrom(`${named}:needs`), command: { kind: 'change', by, skills, group, language } });
  return changed.ok ? opened : changed;
}
