import { effectivePoliciesFor } from '#prisma/store/policies.ts';
import { hoursFor, slaPoliciesOf } from '#prisma/store/sla-policies.ts';
import type { Db } from '#prisma/client.ts';
import type { TicketRow } from '#workflows/contract/views.ts';
import type { Instant } from '#workflows/domain/instant.ts';
import { nextClock } from '#workflows/domain/next-clock.ts';
import type { Schedule } from '#workflows/domain/schedule.ts';
import { slaPolicyFor } from '#workflows/domain/sla-policy.ts';
import { measureLedger } from '#workflows/domain/sla.ts';
import { isoOrNull } from './instants.ts';
import type { StoredTicketRow } from './ticket-row.ts';

/** By the ticket's id; one that has no open clock is not in it. */
export type NextClocks = ReadonlyMap<string, NonNullable<TicketRow['nextClock']>>;

const NONE: NextClocks = new Map();

/**
 * P41: of each of these tickets the SLA clock that is due first, as of now, by the newest policies and hours: what is
 * stored of a ticket is what it was at its last change. A few queries for all of them, and none more for a team without SLA policies.
 */
export async function nextClocks(db: Db, teamId: string, rows: readonly StoredTicketRow[], at: Instant): Promise<NextClocks> {
  const open = rows.filter(({ sla }) => sla?.runs.some(({ ended }) => ended === null));
  if (open.length === 0) return NONE;
  const { policies } = await slaPoliciesOf(db, teamId);
  if (policies.length === 0) return NONE;
  const followed = await effectivePoliciesFor(db, teamId, open.map(({ agent_id: agentId }) => agentId));
  const hours = new Map<string | null, Promise<Schedule>>();
  const hoursOf = (scheduleId: string | null) => {
    const known = hours.get(scheduleId) ?? hoursFor(db, teamId, scheduleId).then(({ schedule }) => schedule);
    hours.set(scheduleId, known);
    return known;
  };
  const found = await Promise.all(
    open.map(async ({ id, sla, agent_id: agentId, channel, priority, tags, requester_id: requesterId }) => {
      const policy = slaPolicyFor(policies, { agentId, channel, priority, tags, requesterId });
      if (sla === null || policy === null) return [];
      const schedule = await hoursOf(policy.scheduleId ?? followed.get(agentId)?.policy.scheduleId ?? null);
      const clock = nextClock(sla, measureLedger({ ledger: sla, targets: policy.targets, schedule, at }));
      if (clock === null) return [];
      const { kind, dueAt, warnAt, state, leftMs } = clock;
      return [[id, { kind, dueAt: isoOrNull(dueAt), warnAt: isoOrNull(warnAt), isPaused: state === 'paused', leftMs }] as const];
    }),
  );
  return new Map(found.flat());
}
