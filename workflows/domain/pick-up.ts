import { addBusinessTime } from './clock.ts';
import { MINUTE_MS } from './instant.ts';
import type { Instant } from './instant.ts';
import type { RoutingPolicy } from './routing-policy.ts';
import type { Schedule } from './schedule.ts';

/**
 * P24: by when a ticket must be picked up, in business minutes from its assignment, or from the start of the shift that it
 * was made for. Null: no limit, or the schedule does not open that long.
 */
export function pickUpDueAt({ pickUpMinutes }: Pick<RoutingPolicy, 'pickUpMinutes'>, from: Instant, schedule: Schedule): Instant | null {
  return pickUpMinutes === null ? null : addBusinessTime(from, pickUpMinutes * MINUTE_MS, schedule);
}
