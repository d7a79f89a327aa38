import { measuredClocks } from '#store/measured-clocks.ts';
import { scheduleOf } from '#store/policies.ts';
import type { MeasureRequest } from '#workflows/contract/activity-types.ts';
import type { Measure } from '#workflows/domain/sla-alarms.ts';
import type { SlaInForce } from '#workflows/domain/ticket-state.ts';
import type { ActivityDeps } from '../activity-deps.ts';

/** A ticket's clocks by the newest policies and hours; only reads, and is asked again whenever what it read has changed. */
export async function measureTicket({ prisma }: ActivityDeps, request: MeasureRequest): Promise<{ measure: Measure; rule: SlaInForce['rule'] }> {
  const { policy, clocks } = await measuredClocks(prisma, { ...request, agentHours: () => scheduleOf(prisma, request.teamId, request.ticket.agentId) });
  const rule = policy && { name: policy.name, onWarning: policy.onWarning, onBreach: policy.onBreach };
  return { measure: { revision: request.ledger.revision, clocks }, rule };
}
