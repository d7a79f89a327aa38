import { assertNever } from '../assert-never.ts';
import type { Deadline } from '../deadlines.ts';
import type { Instant } from '../instant.ts';
import type { Policy } from '../policy.ts';
import type { Scribe } from '../scribe.ts';
import { isActive } from '../status.ts';
import { announceAlarms } from './clocks.ts';
import { mailQuestion } from './csat.ts';
import { heed } from './heed.ts';
import { moveTo, reopen, resume, wake, writeAutomatically } from './moves.ts';
import { releaseReply } from './reply.ts';
import { missAssignment, missPickUp } from './routing.ts';

/** Carries out one deadline that has come. It checks the state again: what is over does not act. */
export function settleDeadline(scribe: Scribe, due: Deadline, { policy, now }: { policy: Policy; now: Instant }): void {
  switch (due.kind) {
    case 'release':
      releaseReply(scribe, due.messageId, policy);
      return;
    case 'wake':
      wake(scribe, 'due');
      return;
    case 'auto_resume':
      resume(scribe, 'auto');
      if (scribe.state.unanswered !== null && scribe.state.agentId !== null) scribe.set({ turnSince: scribe.at });
      return;
    case 'turn':
      missTurn(scribe, policy);
      return;
    case 'ladder':
      climb(scribe, due.action, { policy, now });
      return;
    case 'csat':
      mailQuestion(scribe);
      return;
    case 'close':
      moveTo(scribe, 'closed', 'reopen_window_over');
      return;
    case 'sla':
      announceAlarms(scribe, now);
      return;
    case 'pick_up':
      missPickUp(scribe, policy);
      return;
    case 'unassigned':
      missAssignment(scribe, policy);
      return;
    default:
      assertNever(due);
  }
}

/** P7: the AI did not answer in its time, so the customer's message counts for status after all. */
function missTurn(scribe: Scribe, policy: Policy): void {
  const { unanswered, status } = scribe.state;
  scribe.set({ turnSince: null });
  if (unanswered === null) return;
  scribe.record({ kind: 'turn_missed', since: unanswered.since });
  heed(scribe, 'customer_wrote');
  if (status === 'on_customer' || status === 'on_hold') moveTo(scribe, 'on_you', 'turn_missed');
  if (!isActive(status)) reopen(scribe, 'turn_missed', policy);
}

/** The next step counts from now, when this one is really done: a week of downtime does not fire three together. */
function climb(scribe: Scribe, action: 'remind' | 'resolve', { policy, now }: { policy: Policy; now: Instant }): void {
  const done = (scribe.state.ladder?.done ?? 0) + 1;
  if (action === 'resolve') {
    moveTo(scribe, 'resolved', 'no_answer');
    return;
  }
  scribe.set({ ladder: { done, since: Math.max(now, scribe.at) } });
  writeAutomatically(scribe, 'reminder', policy.reminderMessage);
}
