import { nextOpening } from '#workflows/domain/clock.ts';
import { refuseField } from '#workflows/domain/errors.ts';
import type { Refusal } from '#workflows/domain/errors.ts';
import type { Instant } from '#workflows/domain/instant.ts';
import type { Schedule } from '#workflows/domain/schedule.ts';

/**
 * Null where a schedule opens now or later. One whose only hours have passed, or whose holidays close every day of its
 * week, has the form of a schedule, and a deadline in it would never come.
 */
export function refuseClosed(schedule: Schedule, now: Instant, path = 'body.schedule.weekly'): Refusal | null {
  return nextOpening(now, schedule) === null ? refuseField(path, NEVER_AGAIN) : null;
}

const NEVER_AGAIN = 'never opens again, so a deadline would never come: give at least one interval that its holidays leave open';
