import { scheduleOf } from '#store/policies.ts';
import { hoursFor } from '#store/sla-policies.ts';
import type { Db } from '#prisma/client.ts';
import { addBusinessTime } from '#workflows/domain/clock.ts';
import { MINUTE_MS } from '#workflows/domain/instant.ts';
import type { Instant } from '#workflows/domain/instant.ts';
import type { Assignment } from '#workflows/domain/routing.ts';
import type { QueuedTicket, RoutingRequest } from '#workflows/domain/routing-request.ts';
import type { Schedule } from '#workflows/domain/schedule.ts';

/** P24: by when tickets must be picked up, in business minutes from their assignment or from the shift that it was made for. */
export class PickUps {
  private readonly known = new Map<string, Instant | null>();

  private constructor(
    private readonly request: RoutingRequest,
    private readonly hours: ReadonlyMap<string | null, Schedule>,
  ) {}

  /** Reads the hours once for each agent with tickets in the queue, and not once for each ticket: the team waits meanwhile. */
  static async read(db: Db, { teamId, request }: { teamId: string; request: RoutingRequest }): Promise<PickUps> {
    const hours = new Map<string | null, Schedule>();
    for (const agentId of new Set(request.queue.map((ticket) => ticket.agentId))) {
      if (minutesFor(request, agentId) !== null) hours.set(agentId, (await hoursFor(db, teamId, await scheduleOf(db, teamId, agentId))).schedule);
    }
    return new PickUps(request, hours);
  }

  at({ agentId }: QueuedTicket, { startsAt }: Assignment): Instant | null {
    const [minutes, schedule] = [minutesFor(this.request, agentId), this.hours.get(agentId)];
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

function minutesFor({ policies: { team, agents } }: RoutingRequest, agentId: string | null): number | null {
  return ((agentId === null ? undefined : agents[agentId]) ?? team).pickUpMinutes;
}
