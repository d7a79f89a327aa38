import { BATON } from '../actor.ts';
import { assertNever } from '../assert-never.ts';
import type { Instant } from '../instant.ts';
import { raised } from '../priority.ts';
import type { Scribe } from '../scribe.ts';
import { announceDue, type Measure, type SlaNotice, takeMeasure } from '../sla-alarms.ts';
import type { SlaLedger } from '../sla-ledger.ts';
import type { SlaAction } from '../sla-policy.ts';
import { slaKeyOf } from '../sla-key.ts';
import type { SlaInForce } from '../ticket-state.ts';
import { isActive, isOpen } from '../status.ts';
import { assignTo } from './moves.ts';

/** Tells every warning and breach that is due, each once, and does what the policy says (P33). */
export function announceAlarms(scribe: Scribe, now: Instant): void {
  const { sla } = scribe.state;
  if (sla === null) return;
  const { ledger, notices } = announceDue(sla, scribe.at, now);
  scribe.set({ sla: ledger });
  for (const notice of notices) tell(scribe, notice);
}

/** Takes a measure, unless the facts or the policy that it was made of are no longer current: then it is measured again. */
export function takeClocks(scribe: Scribe, { measure, inForce }: { measure: Measure; inForce: SlaInForce }): void {
  const { sla } = scribe.state;
  if (sla === null || inForce.key !== slaKeyOf(scribe.state)) return;
  const taken = takeMeasure(sla, measure, scribe.at);
  if (taken === null) return;
  scribe.set({ sla: taken.ledger, slaInForce: inForce });
  const settled = (ledger: SlaLedger) => ledger.runs.filter((run) => run.settled !== null).length;
  if (!isOpen(scribe.state.status) && settled(taken.ledger) > settled(sla)) scribe.record({ kind: 'clocks_settled' }, BATON);
  for (const notice of taken.notices) tell(scribe, notice);
}

function tell(scribe: Scribe, { what, kind: clock, dueAt }: SlaNotice): void {
  const rule = scribe.state.slaInForce?.rule ?? null;
  const actions = rule === null ? [] : what === 'warning' ? rule.onWarning : rule.onBreach;
  const notify = [...new Set(actions.flatMap((one) => (one.action === 'notify' ? one.to : [])))];
  // A clock of a finished ticket that turns out to have been late is said, and nothing more is done about it.
  const toDo = isActive(scribe.state.status) ? actions : [];
  const webhooks = [...new Set(toDo.flatMap((one) => (one.action === 'webhook' ? [one.webhookId] : [])))];
  const alarm = { clock, dueAt, policy: rule?.name ?? '', notify, ...(webhooks.length > 0 && { webhooks }) };
  scribe.record({ kind: what === 'warning' ? 'sla_warned' : 'sla_breached', ...alarm }, BATON);
  for (const action of toDo) act(scribe, action);
}

function act(scribe: Scribe, action: SlaAction): void {
  const { priority, tags } = scribe.state;
  switch (action.action) {
    case 'notify':
    case 'webhook':
      // Both go with the alarm itself: whoever writes it down owes them in the same transaction.
      return;
    case 'raise_priority': {
      const to = raised(priority);
      if (to === priority) return;
      scribe.record({ kind: 'priority_changed', from: priority, to }, BATON);
      scribe.set({ priority: to });
      return;
    }
    case 'reassign':
      reassign(scribe, action.always);
      return;
    case 'tag':
      if (tags.includes(action.tag)) return;
      scribe.record({ kind: 'tags_changed', added: [action.tag], removed: [] }, BATON);
      scribe.set({ tags: [...tags, action.tag].sort() });
      return;
    default:
      assertNever(action);
  }
}

/** What a person decided is undone only by a rule that says always; whoever was too slow is left out of the next round. */
function reassign(scribe: Scribe, always: boolean): void {
  const { assigneeId, routing } = scribe.state;
  if (assigneeId === null || (!always && !routing.isAutomatic)) return;
  assignTo(scribe, null, 'sla');
  scribe.set({ routing: { ...scribe.state.routing, notPickedUpBy: [assigneeId] } });
}
