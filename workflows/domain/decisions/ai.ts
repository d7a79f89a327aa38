import { type Actor, isHuman, isSameActor } from '../actor.ts';
import { type AiMode, holderOtherThan, isPausedByHuman } from '../ai-mode.ts';
import { assertNever } from '../assert-never.ts';
import { refuse, type Refusal } from '../errors.ts';
import type { Policy } from '../policy.ts';
import type { Scribe } from '../scribe.ts';
import { isOpen } from '../status.ts';
import type { TicketEvent } from '../ticket-event.ts';
import { extendPause, resumeTime } from './auto-resume.ts';
import { assignTo, moveTo, pause, reopen, resume, wake } from './moves.ts';

type AiEvent = Extract<TicketEvent, { kind: 'take_over' | 'pause_ai' | 'resume_ai' | 'extend_pause' }>;

/** Who speaks: takeover, pause and resume (P2, P11 to P16). */
export function decideAi(scribe: Scribe, event: AiEvent, policy: Policy): Refusal | null {
  switch (event.kind) {
    case 'take_over':
      return takeOver(scribe, { by: event.by, force: event.force, reason: 'takeover' }, policy);
    case 'pause_ai':
      return pauseByHand(scribe, event.by, policy);
    case 'resume_ai':
      return resumeByHand(scribe, event.by);
    case 'extend_pause':
      return extendPause(scribe, event.minutes);
    default:
      return assertNever(event);
  }
}

/** P2: AI paused, ticket open, assigned to the taker, on_you; the second of two takers is refused unless they force it. */
export function takeOver(
  scribe: Scribe,
  { by, force, reason }: { by: Actor; force: boolean; reason: 'takeover' | 'reply' },
  policy: Policy,
): Refusal | null {
  if (!isOpen(scribe.state.status)) return finishedRefusal(scribe);
  const holder = holderOtherThan(scribe.state.mode, by);
  if (holder !== null && !force) {
    return refuse('already_taken', 'Another operator has taken over this conversation. Take it with force to replace them.', {
      ...(holder.kind === 'baton' ? {} : { holder: { id: holder.id } }),
    });
  }
  const isAssigned = by.kind !== 'operator' || scribe.state.assigneeId === by.id;
  if (isHeldBy(scribe.state.mode, by) && isAssigned && scribe.state.status === 'on_you') return null;
  scribe.record({ kind: 'taken_over', from: holder, forced: holder !== null });
  wake(scribe, 'by_hand');
  // A person who takes it has it then; a program's takeover leaves it to its assignee.
  reopen(scribe, 'taken_over', policy);
  moveTo(scribe, 'on_you', 'taken_over');
  if (!isHeldBy(scribe.state.mode, by)) pause(scribe, { by, reason, ...resumeTime(scribe, policy) });
  if (by.kind === 'operator') assignTo(scribe, by.id, 'taken_over');
  return null;
}

export function isHeldBy(mode: AiMode, by: Actor): boolean {
  return mode.kind === 'paused' && mode.reason !== 'escalated' && isSameActor(mode.by, by);
}

function pauseByHand(scribe: Scribe, by: Actor, policy: Policy): Refusal | null {
  if (!isOpen(scribe.state.status)) return finishedRefusal(scribe);
  const { mode } = scribe.state;
  // An agent's pause under a human's changes nothing; a human's over an agent's makes it theirs.
  if (mode.kind === 'paused' && (!isHuman(by) || isPausedByHuman(mode))) return null;
  reopen(scribe, 'by_hand', policy);
  pause(scribe, { by, reason: 'by_hand', ...(isHuman(by) ? resumeTime(scribe, policy) : {}) });
  return null;
}

/** P15, P16: "Allow AI replies"; an agent ends only its own kind of pause. */
function resumeByHand(scribe: Scribe, by: Actor): Refusal | null {
  const { mode } = scribe.state;
  if (mode.kind === 'replying') return null;
  if (by.kind === 'agent' && isPausedByHuman(mode)) {
    return refuse('human_pause', 'A human paused the AI here; only a human, finishing the ticket, or auto-resume ends that.');
  }
  resume(scribe, 'by_hand');
  // Old messages stay unanswered, unless the last one is the customer's: that is the AI's turn now.
  if (scribe.state.unanswered !== null && scribe.state.agentId !== null) scribe.set({ turnSince: scribe.at });
  return null;
}

export function finishedRefusal(scribe: Scribe): Refusal {
  return refuse('ticket_finished', `The ticket is ${scribe.state.status}. Reopen it (set the status on_you) or write a new one.`, {
    legal: ['on_you'],
  });
}
