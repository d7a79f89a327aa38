import { isHuman } from './actor.ts';
import { caseOf, pauseForEscalation } from './decisions/escalation.ts';
import { askHours } from './decisions/hours.ts';
import { takeOver } from './decisions/ai.ts';
import { assignTo } from './decisions/moves.ts';
import { NEWEST_EDITION } from './edition.ts';
import type { Edition } from './edition.ts';
import { pauseForReply, releaseReply } from './decisions/reply.ts';
import { REPLYING } from './ai-mode.ts';
import type { Policy } from './policy.ts';
import { newRouting } from './ticket-routing.ts';
import { newLedger } from './sla-ledger.ts';
import { type Decided, Scribe } from './scribe.ts';
import type { Birth } from './ticket-event.ts';
import { isAiServing, type TicketState } from './ticket-state.ts';

/** Makes the ticket and everything that its birth brings with it, in one decision. */
export function beBorn(birth: Birth, { policy, policyVersion, edition = NEWEST_EDITION }: { policy: Policy; policyVersion: string; edition?: Edition }): Decided {
  const scribe = new Scribe(newborn(birth, policy, policyVersion), birth.at, birth.by, edition);
  scribe.record({
    kind: 'created',
    origin: birth.origin,
    channel: birth.channel,
    agentId: birth.agentId,
    linkedTicketId: birth.linkedTicketId,
    case: birth.escalation?.case ?? null,
  });
  if (birth.assigneeId !== null) assignTo(scribe, birth.assigneeId, 'at_birth');
  if (birth.customerMessage !== null) hear(scribe, birth.customerMessage);
  const asksHours = () => {
    if (birth.customerMessage !== null && !birth.customerMessage.automated && birth.firstReply === null && birth.takenBy === null) askHours(scribe, birth.customerMessage.id, policy);
  };
  asksHours();
  if (birth.escalation !== null) escalate(scribe, birth.escalation, policy);
  // The holding message says that a colleague comes; while nobody is there, the next says when (P11, P38).
  if (edition !== 1 && birth.escalation !== null) asksHours();
  if (birth.takenBy !== null) takeOver(scribe, { by: birth.takenBy, force: false, reason: 'takeover' }, policy);
  if (birth.firstReply !== null) {
    const { messageId } = birth.firstReply;
    if (isHuman(birth.by)) pauseForReply(scribe, policy);
    scribe.record({ kind: 'replied', messageId, releaseAt: scribe.at });
    scribe.set({ held: { [messageId]: { releaseAt: scribe.at, by: birth.by, status: null } } });
    releaseReply(scribe, messageId, policy);
  }
  return scribe.result();
}

function newborn(birth: Birth, policy: Policy, policyVersion: string): TicketState {
  const found = caseOf(policy, birth.escalation?.case);
  return {
    ticketId: birth.ticketId,
    teamId: birth.teamId,
    conversationId: birth.conversationId,
    generation: birth.generation,
    requesterId: birth.requesterId,
    agentId: birth.agentId,
    channel: birth.channel,
    origin: birth.origin,
    linkedTicketId: birth.linkedTicketId,
    subject: birth.subject,
    status: 'new',
    statusSince: birth.at,
    priority: birth.priority ?? found?.priority ?? policy.defaultPriority,
    tags: [...new Set(birth.tags)].sort(),
    case: birth.escalation?.case ?? null,
    skills: birth.needs?.skills ?? found?.skills ?? [],
    group: birth.needs?.group ?? found?.group ?? null,
    assigneeId: null,
    assignmentEpoch: 0,
    isPickedUp: false,
    routing: { ...newRouting(birth.at), language: birth.needs?.language ?? null },
    mode: REPLYING,
    modeSeq: 0,
    lastHumanMessageAt: null,
    lastCustomerMessageId: null,
    lastCustomerPosition: 0,
    unanswered: null,
    answeredAhead: null,
    hoursHeard: null,
    closedReplyUntil: null,
    csat: null,
    turnSince: null,
    snooze: null,
    ladder: null,
    held: {},
    deliveries: {},
    owesSummary: false,
    summary: null,
    automaticAt: [],
    lastHoldingAt: null,
    sla: newLedger(birth.at),
    slaInForce: null,
    seq: 0,
    createdAt: birth.at,
    updatedAt: birth.at,
    policyVersion,
    // The message that opened the ticket is not handed over a second time.
    recent: birth.customerMessage === null ? [] : [[`said:${birth.customerMessage.id}`, 0]],
  };
}

function hear(scribe: Scribe, message: NonNullable<Birth['customerMessage']>): void {
  if (message.isKnown !== true) scribe.record({ kind: 'customer_wrote', messageId: message.id, automated: message.automated });
  if (message.automated) return;
  scribe.set({
    lastCustomerMessageId: message.id,
    lastCustomerPosition: message.position,
    unanswered: message.isAnswered ? null : { messageId: message.id, since: message.at },
  });
  if (!message.isAnswered && isAiServing(scribe.state)) scribe.set({ turnSince: scribe.at });
}

function escalate(scribe: Scribe, escalation: NonNullable<Birth['escalation']>, policy: Policy): void {
  scribe.record({ kind: 'escalated', case: escalation.case, reason: escalation.reason, joined: false });
  scribe.set({ owesSummary: true });
  pauseForEscalation(scribe, policy);
}
