import { scheduleOf } from '#store/policies.ts';
import { hoursFor, slaPoliciesOf } from '#store/sla-policies.ts';
import type { MeasureRequest } from '#workflows/contract/activity-types.ts';
import type { Measure } from '#workflows/domain/sla-alarms.ts';
import { slaPolicyFor } from '#workflows/domain/sla-policy.ts';
import { measureLedger } from '#workflows/domain/sla.ts';
import type { SlaInForce } from '#workflows/domain/ticket-state.ts';
import type { ActivityDeps } from '../activity-deps.ts';

/** A ticket's clocks by the newest policies and hours; only reads, and is asked again whenever what it read has changed. */
export async function measureTicket({ prisma }: ActivityDeps, { teamId, ticket, ledger, at }: MeasureRequest): Promise<{ measure: Measure; rule: SlaInForce['rule'] }> {
  const { policies } = await slaPoliciesOf(prisma, teamId);
  const policy = slaPolicyFor(policies, ticket);
  if (policy === null) return { measure: { revision: ledger.revision, clocks: [] }, rule: null };
  const { schedule } = await hoursFor(prisma, teamId, policy.scheduleId ?? (await scheduleOf(prisma, teamId, ticket.agentId)));
  const { name, onWarning, onBreach } = policy;
  return { measure: { revision: ledger.revision, clocks: measureLedger({ ledger, targets: policy.targets, schedule, at }) }, rule: { name, onWarning, onBreach } };
}
