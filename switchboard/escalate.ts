import { flagConversation, writeOwnEntry } from '#store/conversations.ts';
import type { ConversationFacts } from '#store/conversations.ts';
import { commandIdFrom, idFrom } from '#store/derived-id.ts';
import { openGeneration } from '#store/generations.ts';
import type { Escalate } from '#workflows/contract/commands.ts';
import type { Actor } from '#workflows/domain/actor.ts';
import { ok } from '#workflows/domain/errors.ts';
import type { Refusal, Result } from '#workflows/domain/errors.ts';
import { judgeCase } from '#workflows/domain/judge-case.ts';
import type { Policy } from '#workflows/domain/policy.ts';
import { nameHolder } from './name-holder.ts';
import { openConversationTicket, type TimedDeps } from './open-conversation-ticket.ts';
import { commandTicket } from './tickets.ts';

/** An escalation by an agent that came by API or that Baton runs, or by a person. */
export interface Escalation {
  readonly conversation: ConversationFacts;
  readonly by: Actor;
  readonly said: Escalate;
  /** Names the command: everything that it makes derives from it. */
  readonly named: string;
}

/** Whether the policy lets it through (P57, P58); a case that never reaches a person is recorded as asked for. */
export async function refuseEscalation(deps: TimedDeps, { conversation, by, said, named }: Escalation, policy: Policy): Promise<Refusal | null> {
  const chosen = said.case ?? null;
  const refusal = judgeCase(policy, chosen);
  if (refusal?.code !== 'case_not_escalated') return refusal;
  await writeOwnEntry(deps.prisma, {
    teamId: conversation.teamId,
    conversationId: conversation.id,
    key: `case_refused:${commandIdFrom(named)}`,
    kind: 'case_refused',
    actor: by,
    at: new Date(deps.now()),
    data: { case: chosen, reason: said.reason },
  });
  return refusal;
}

/** Carries an escalation out that was let through: a ticket, joining the open one, or (policy `flag`) a mark; any number of times. */
export async function carryOutEscalation(deps: TimedDeps, { conversation, by, said, named }: Escalation, policy: Policy): Promise<Result<string | null>> {
  const { teamId, id: conversationId } = conversation;
  const chosen = said.case ?? null;
  if (policy.onEscalate === 'flag' && (await openGeneration(deps.prisma, conversationId)) === null) {
    const entry = { teamId, conversationId, key: `flagged:${commandIdFrom(named)}`, kind: 'flagged' as const, actor: by, at: new Date(deps.now()) };
    await flagConversation(deps.prisma, { ...entry, data: { case: chosen, reason: said.reason }, reason: said.reason });
    return ok(null);
  }
  const ownId = idFrom('ticket', named);
  const { skills, group, language } = said;
  const opened = await openConversationTicket(deps, by, conversation, {
    ticketId: ownId,
    birth: { origin: 'escalation', escalation: { case: chosen, reason: said.reason }, takenBy: null, needs: { skills, group, language } },
    command: { id: commandIdFrom(named), command: { kind: 'escalate', by, case: chosen, reason: said.reason, priority: null }, always: false },
  });
  // A ticket that was there already takes what this escalation asks for, as if it had been changed by hand.
  if (!opened.ok || opened.value === ownId || [skills, group, language].every((need) => need === undefined)) return opened;
  const changed = await commandTicket(deps, { teamId, ticketId: opened.value }, { id: commandIdFrom(`${named}:needs`), command: { kind: 'change', by, isHandling: false, skills, group, language } });
  return changed.ok ? opened : nameHolder(deps.prisma, teamId, changed);
}
