import { assertNever } from '../assert-never.ts';
import { refuse, type Refusal, refuseField } from '../errors.ts';
import type { Policy } from '../policy.ts';
import type { Scribe } from '../scribe.ts';
import { canMove, isActive, isOpen, legalMoves } from '../status.ts';
import type { TicketEvent } from '../ticket-event.ts';
import { finishedRefusal } from './ai.ts';
import { askHowItWas } from './csat.ts';
import { changeNeeds, changePriority } from './demands.ts';
import { assignTo, moveTo, outdateOffers, pickUp, wake } from './moves.ts';

type HandlingEvent = Extract<TicketEvent, { kind: 'set_status' | 'assign' | 'claim' | 'change' | 'snooze' | 'unsnooze' }>;

/** What people do with a ticket without writing to the customer. Nothing here pauses the AI (P13). */
export function decideHandling(scribe: Scribe, event: HandlingEvent, policy: Policy): Refusal | null {
  switch (event.kind) {
    case 'set_status':
      return setStatus(scribe, event, policy);
    case 'assign':
      if (!isOpen(scribe.state.status)) return finishedRefusal(scribe);
      assignTo(scribe, event.to, 'by_hand');
      return null;
    case 'claim':
      return claim(scribe);
    case 'change':
      change(scribe, event);
      return null;
    case 'snooze':
      return snooze(scribe, event.until);
    case 'unsnooze':
      wake(scribe, 'by_hand');
      return null;
    default:
      return assertNever(event);
  }
}

function setStatus(scribe: Scribe, { to, generation }: Extract<TicketEvent, { kind: 'set_status' }>, policy: Policy): Refusal | null {
  const { status } = scribe.state;
  if (status === to) return null;
  if (!canMove(status, to)) {
    return refuse('illegal_move', `A ticket cannot go from ${status} to ${to}.`, { legal: legalMoves(status) });
  }
  // Reopening from closed or cancelled takes the conversation's next generation, reserved before this was sent.
  if (!isOpen(status)) {
    if (generation === undefined) return finishedRefusal(scribe);
    // It has not set the AI's mode in this generation: what it set in the one before is no change, and costs no epoch.
    scribe.set({ generation, modeSeq: 0 });
  }
  moveTo(scribe, to, 'by_hand');
  askHowItWas(scribe, policy);
  pickUp(scribe);
  return null;
}

function claim(scribe: Scribe): Refusal | null {
  const { actor, state } = scribe;
  if (!isOpen(state.status)) return finishedRefusal(scribe);
  if (actor.kind !== 'operator') return refuse('forbidden', 'Only a person can claim a ticket; a key can assign it.');
  assignTo(scribe, actor.id, 'claimed');
  scribe.set({ isPickedUp: true });
  if (state.status === 'new') moveTo(scribe, 'on_you', 'claimed');
  return null;
}

function change(scribe: Scribe, event: Extract<TicketEvent, { kind: 'change' }>): void {
  if (event.isHandling !== false) pickUp(scribe);
  const { subject, tags } = scribe.state;
  if (event.subject !== undefined && event.subject !== subject) {
    scribe.record({ kind: 'subject_changed', from: subject, to: event.subject });
    scribe.set({ subject: event.subject });
  }
  if (event.priority !== undefined) changePriority(scribe, event.priority);
  changeNeeds(scribe, event);
  if (event.tags === undefined) return;
  const wanted = [...new Set(event.tags)].sort();
  const added = wanted.filter((tag) => !tags.includes(tag));
  const removed = tags.filter((tag) => !wanted.includes(tag));
  if (added.length === 0 && removed.length === 0) return;
  scribe.record({ kind: 'tags_changed', added, removed });
  scribe.set({ tags: wanted });
}

function snooze(scribe: Scribe, until: number | null): Refusal | null {
  if (!isActive(scribe.state.status)) return finishedRefusal(scribe);
  if (until !== null && until <= scribe.at) return refuseField('body.until', 'must be in the future');
  scribe.record({ kind: 'snoozed', until });
  scribe.set({ snooze: { until } });
  pickUp(scribe);
  outdateOffers(scribe);
  return null;
}
