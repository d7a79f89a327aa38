import { refuse, type Refusal } from '../errors.ts';
import { MINUTE_MS } from '../instant.ts';
import type { HandoverCase, Policy } from '../policy.ts';
import { higherOf } from '../priority.ts';
import type { Scribe } from '../scribe.ts';
import { isActive, isOpen } from '../status.ts';
import type { TicketEvent } from '../ticket-event.ts';
import type { TicketState } from '../ticket-state.ts';
import { areSame, changeNeeds, changePriority } from './demands.ts';
import { heed } from './heed.ts';
import { askHours } from './hours.ts';
import { MOST_A_DAY, moveTo, pause, reopen, wake, writeAutomatically } from './moves.ts';

type Escalate = Extract<TicketEvent, { kind: 'escalate' }>;

/** P58: what the handover case asks for; undefined: there is none, or the policy no longer has it. */
export function caseOf(policy: Policy, key: string | null | undefined): HandoverCase | undefined {
  return policy.handoverCases.find((one) => one.key === key);
}

/** P1: a second escalation joins the open ticket with all that it brings, and reopens a resolved one (P2). */
export function joinEscalation(scribe: Scribe, event: Escalate, policy: Policy): Refusal | null {
  if (!isOpen(scribe.state.status)) {
    return refuse('ticket_finished', `The ticket is ${scribe.state.status}: an escalation makes a new, linked ticket.`);
  }
  scribe.record({ kind: 'escalated', case: event.case, reason: event.reason, joined: true });
  const wasActive = isActive(scribe.state.status);
  if (scribe.edition === 1) {
    reopen(scribe, 'escalated', policy);
  } else {
    takeCase(scribe, event, policy);
    awaitPerson(scribe, policy);
  }
  if (!wasActive || (scribe.edition !== 1 && !isSummed(scribe.state))) scribe.set({ owesSummary: true });
  pauseForEscalation(scribe, policy);
  // As at birth: while nobody is there, they are told when somebody will be (P38).
  if (scribe.edition !== 1 && scribe.state.lastCustomerMessageId !== null) askHours(scribe, scribe.state.lastCustomerMessageId, policy);
  return null;
}

/** P58: the newest case counts. It lowers no priority, and leaves alone what somebody asked for by hand. */
function takeCase(scribe: Scribe, { case: key, priority }: Escalate, policy: Policy): void {
  const [before, chosen] = [caseOf(policy, scribe.state.case), caseOf(policy, key)];
  if (key !== null) scribe.set({ case: key });
  const asked = priority ?? chosen?.priority;
  if (asked !== undefined) changePriority(scribe, higherOf(scribe.state.priority, asked));
  if (chosen === undefined) return;
  const { skills, group } = scribe.state;
  const hasOwnSkills = skills.length > 0 && !areSame(skills, before?.skills ?? []);
  const hasOwnGroup = group !== null && group !== before?.group;
  changeNeeds(scribe, { ...(!hasOwnSkills && { skills: chosen.skills }), ...(!hasOwnGroup && { group: chosen.group }) });
}

/** The customer waits for a person: nothing may close it, and nobody overlook it. A new ticket waits for its first reply already. */
function awaitPerson(scribe: Scribe, policy: Policy): void {
  wake(scribe, 'by_hand');
  if (scribe.state.status === 'new') return;
  reopen(scribe, 'escalated', policy);
  moveTo(scribe, 'on_you', 'escalated');
  heed(scribe, 'customer_wrote');
}

/** There is a summary, and it has read all that the customer wrote. */
function isSummed({ summary, lastCustomerPosition }: TicketState): boolean {
  return summary?.upTo !== undefined && summary.upTo >= lastCustomerPosition;
}

/** P11, at birth and when it joins: the AI stops, and the customer hears why. */
export function pauseForEscalation(scribe: Scribe, policy: Policy): void {
  if (policy.onEscalate !== 'pause' || scribe.state.mode.kind !== 'replying') return;
  pause(scribe, { by: scribe.actor, reason: 'escalated' });
  const { lastHoldingAt } = scribe.state;
  // Paused again soon after: they have heard it, and hear it again when they write.
  if (scribe.edition !== 1 && lastHoldingAt !== null && scribe.at < lastHoldingAt + policy.holdingEveryMinutes * MINUTE_MS) return;
  sendHolding(scribe, policy);
}

/** P11: while the escalation's own pause lasts, whoever writes hears again that a colleague comes, not too often. */
export function repeatHolding(scribe: Scribe, policy: Policy): void {
  const { mode, lastHoldingAt } = scribe.state;
  if (mode.kind !== 'paused' || mode.reason !== 'escalated') return;
  if (scribe.edition === 1 && lastHoldingAt === null) return;
  // Refused when the pause began: they have not heard it at all.
  const isOwed = scribe.edition !== 1 && !hasHeard(scribe.state);
  if (!isOwed && lastHoldingAt !== null && scribe.at < lastHoldingAt + policy.holdingEveryMinutes * MINUTE_MS) return;
  sendHolding(scribe, policy);
}

function sendHolding(scribe: Scribe, policy: Policy): void {
  if (writeAutomatically(scribe, 'holding', policy.holdingMessage, mostWith(scribe))) scribe.set({ lastHoldingAt: scribe.at });
}

/**
 * The first holding message of a pause is all that a customer hears of it: what was written to them before must not use it up.
 * The cap is there for loops of mail (P53), so mail keeps one, with room for this.
 */
function mostWith({ state, edition }: Scribe): number {
  if (edition === 1 || hasHeard(state)) return MOST_A_DAY;
  return state.channel === 'email' ? MOST_A_DAY + 1 : Number.POSITIVE_INFINITY;
}

function hasHeard({ mode, lastHoldingAt }: TicketState): boolean {
  return mode.kind === 'paused' && lastHoldingAt !== null && lastHoldingAt >= mode.since;
}
