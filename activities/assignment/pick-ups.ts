import { scheduleOf } from '#store/policies.ts';
import { hoursFor } from '#store/sla-policies.ts';
import type { Db } from '#prisma/client.ts';
import type { Instant } from '#workflows/domain/instant.ts';
import { pickUpDueAt } from '#workflows/domain/pick-up.ts';
import type { Assignment } from '#workflows/domain/routing.ts';
import { policyFor } from '#workflows/domain/routing-request.ts';
import type { QueuedTicket, RoutingRequest } from '#workflows/domain/routing-request.ts';
import type { Schedule } from '#workflows/domain/schedule.ts';

/** P24: by when the tickets of a pass must be picked up. */
export class PickUps {
  private readonly known = new Map<string, Instant | null>();

  private constructor(
    private readonly request: RoutingRequest,
    private readonly hours: ReadonlyMap<string | null, Schedule>,
  ) {}

  /** Reads the hours once for each agent whose tickets were chosen, and not once for each ticket: the team waits meanwhile. */
  static async read(db: Db, { teamId, request, chosen }: { teamId: string; request: RoutingRequest; chosen: readonly QueuedTicket[] }): Promise<PickUps> {
    const hours = new Map<string | null, Schedule>();
    for (const agentId of new Set(chosen.map((ticket) => ticket.agentId))) {
      if (policyFor(request.policies, agentId).pickUpMinutes !== null) hours.set(agentId, (await hoursFor(db, teamId, await scheduleOf(db, teamId, agentId))).schedule);
    }
    return new PickUps(request, hours);
  }

  at({ agentId }: QueuedTicket, { startsAt }: Assignment): Instant | null {
    const schedule = this.hours.get(agentId);
    if (schedule === undefined) return null;
    const from = startsAt ?? this.request.at;
    const key = `${agentId ?? ''} ${from}`;
    const known = this.known.get(key);
    if (known !== undefined) return known;
    const at = pickUpDueAt(policyFor(this.request.policies, agentId), from, schedule);
    this.known.set(key, at);
    return at;
  }
}
