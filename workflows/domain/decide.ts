import type { Actor } from './actor.ts';
import { assertNever } from './assert-never.ts';
import { decideAi } from './decisions/ai.ts';
import { followAutoResume } from './decisions/auto-resume.ts';
import { takeClocks } from './decisions/clocks.ts';
import { decideConversation } from './decisions/conversation.ts';
import { takeAnswer } from './decisions/csat.ts';
import { decideDelivery } from './decisions/delivery.ts';
import { decideHandling } from './decisions/handling.ts';
import { decideReply } from './decisions/reply.ts';
import { decideSummary } from './decisions/summary.ts';
import { assignTo } from './decisions/moves.ts';
import { isNewer } from './sla-key.ts';
import { isActive } from './status.ts';
import { tellOpening } from './decisions/hours.ts';
import { giveUpOffer, heedAssignee, takeOffer } from './decisions/routing.ts';
import { settleDeadline } from './decisions/settle.ts';
import { type Deadline, deadlinesOf } from './deadlines.ts';
import { type Edition, NEWEST_EDITION } from './edition.ts';
import type { Refusal } from './errors.ts';
import type { Instant } from './instant.ts';
import type { Policy } from './policy.ts';
import { type Decided, Scribe } from './scribe.ts';
import type { TicketEvent } from './ticket-event.ts';
import type { TicketState } from './ticket-state.ts';

/** What every decision may look at beside the state. */
export interface Circumstances {
  readonly policy: Policy;
  readonly at: Instant;
  /** When it is decided, where that is later than `at`: a fact that comes late, a workflow that was away. */
  readonly now?: Instant;
  /** Left out: the newest. */
  readonly edition?: Edition;
}

export type Decision = ({ readonly ok: true } & Decided) | Refusal;

/**
 * Decides one event: first every deadline that is at or before its instant, in order and each at its own instant,
 * then the event. Refusals leave the state as it was. Pure: same arguments, same answer.
 */
export function decide(state: TicketState, event: TicketEvent, { policy, at, now = at, edition = NEWEST_EDITION }: Circumstances): Decision {
  const settled = settle(state, { policy, at, now, edition });
  const scribe = new Scribe(settled.state, Math.max(at, settled.state.updatedAt), 'by' in event ? event.by : undefined, edition);
  const refusal = decideOne(scribe, event, policy);
  if (refusal !== null) return refusal;
  return { ok: true, state: scribe.state, changes: [...settled.changes, ...scribe.changes] };
}

/** Settles every deadline that is at or before `at`. A settled deadline may bring another one into force. */
export function settle(state: TicketState, { policy, at, now = at, edition = NEWEST_EDITION }: Circumstances): Decided {
  let current = state;
  const changes: Decided['changes'][number][] = [];
  for (;;) {
    const due = deadlinesOf(current, policy)[0];
    if (due === undefined || due.at > at) return { state: current, changes };
    const scribe = new Scribe(current, Math.max(due.at, current.updatedAt), whoseDoing(due, current, edition), edition);
    settleDeadline(scribe, due, { policy, now });
    current = scribe.state;
    changes.push(...scribe.changes);
  }
}

/** What comes due is Baton's own doing, but for a held reply (P42): all that its leaving does, its author does, as without an undo time. */
function whoseDoing(due: Deadline, { held }: TicketState, edition: Edition): Actor | undefined {
  return due.kind === 'release' && edition >= 3 ? held[due.messageId]?.by : undefined;
}

function decideOne(scribe: Scribe, event: TicketEvent, policy: Policy): Refusal | null {
  switch (event.kind) {
    case 'look':
      return null;
    case 'rate':
      return takeAnswer(scribe, event);
    case 'escalate':
    case 'customer_message':
    case 'ai_answered':
      return decideConversation(scribe, event, policy);
    case 'take_over':
    case 'pause_ai':
    case 'resume_ai':
    case 'extend_pause':
      return decideAi(scribe, event, policy);
    case 'reply':
    case 'withdraw_reply':
    case 'note':
      return decideReply(scribe, event, policy);
    case 'set_status':
    case 'assign':
    case 'claim':
    case 'change':
    case 'snooze':
    case 'unsnooze':
      return decideHandling(scribe, event, policy);
    case 'retry_delivery':
    case 'delivery_reported':
    case 'bounced':
      return decideDelivery(scribe, event);
    case 'refresh_summary':
    case 'summary_made':
      return decideSummary(scribe, event);
    case 'clocks_measured':
      takeClocks(scribe, event);
      return null;
    case 'offered':
      takeOffer(scribe, event);
      return null;
    case 'offer_expired':
      giveUpOffer(scribe, event);
      return null;
    case 'assignee_found':
      heedAssignee(scribe, event, policy);
      return null;
    case 'assignee_left':
      if (scribe.state.assigneeId === event.operatorId && isActive(scribe.state.status)) assignTo(scribe, null, 'assignee_left');
      return null;
    case 'hours_found':
      tellOpening(scribe, event);
      return null;
    case 'policy_changed':
      // Told by two at once, the older may come last.
      if (isNewer(event.version, scribe.state.policyVersion)) {
        scribe.record({ kind: 'policy_followed', from: scribe.state.policyVersion, to: event.version });
        scribe.set({ policyVersion: event.version });
        followAutoResume(scribe, { before: policy, now: event.policy });
      }
      return null;
    case 'diverged': {
      // The database holds another history (a reset) or less of this one (a restored backup): go on above it and say so.
      const { seq: from } = scribe.state;
      scribe.set({ seq: event.lastSeq });
      const seq = scribe.record({ kind: 'renumbered', reason: 'diverged', from });
      scribe.set({ modeSeq: seq });
      return null;
    }
    default:
      return assertNever(event);
  }
}
