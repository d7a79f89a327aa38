import { scheduleOf } from '#store/policies.ts';
import { hoursFor } from '#store/sla-policies.ts';
import type { Db } from '#prisma/client.ts';
import { addBusinessTime } from '#workflows/domain/clock.ts';
import { MINUTE_MS } from '#workflows/domain/instant.ts';
import type { Instant } from '#workflows/domain/instant.ts';
import type { Assignment } from '#workflows/domain/routing.ts';
import { policyFor } from '#workflows/domain/routing-request.ts';
import type { QueuedTicket, RoutingRequest } from '#workflows/domain/routing-request.ts';
import type { Schedule } from '#workflows/domain/schedule.ts';

/** P24: by when tickets must be picked up, in business minutes from their assignment or from the shift that it was made for. */
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
    const [minutes, schedule] = [policyFor(this.request.policies, agentId).pickUpMinutes, this.hours.get(agentId)];
    if (minutes === null || schedule === undefined) return null;
    const from = startsAt ?? this.request.at;
    const key = `${agentId ?? ''} ${from}`;
    const known = this.known.get(key);
    if (known !== undefined) return known;
    const at = addBusinessTime(from, minutes * MINUTE_MS, schedule);
    this.known.set(key, at);
    return at;
  }
}
