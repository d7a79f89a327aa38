import type { z } from 'zod';
import { askClock } from '#workflows/contract/schedule.ts';
import type { ClockAnswer } from '#workflows/contract/schedule.ts';
import { addBusinessTime, businessTimeBetween } from '#workflows/domain/clock.ts';
import { ok, refuseField } from '#workflows/domain/errors.ts';
import type { Result } from '#workflows/domain/errors.ts';
import { CLOCK_END_YEAR } from '#workflows/domain/schedule.ts';
import { neverOpens } from '#workflows/domain/schedule-problems.ts';
import { parseInput } from '../parse-input.ts';
import type { Principal } from '../principal.ts';
import { iso } from '../queries/instants.ts';
import { refuseUnlessReader } from '../require-role.ts';

const NEVER = `does not open for that long before the year ${CLOCK_END_YEAR}: a deadline would never come`;

/** What a schedule makes of a span of time: when that much open time has passed, or how much of a span was open. */
export async function whatIfClock(principal: Principal, input: z.input<typeof askClock>): Promise<Result<ClockAnswer>> {
  const refused = refuseUnlessReader(principal);
  if (refused) return refused;
  const asked = parseInput(askClock, input);
  if (!asked.ok) return asked;
  const { schedule, from, addMs, to } = asked.value;
  if (to !== undefined) return ok({ openMs: businessTimeBetween(from, to, schedule) });
  const dueAt = addBusinessTime(from, addMs ?? 0, schedule);
  if (dueAt === null) return refuseField(neverOpens(schedule) ? 'body.schedule.weekly' : 'body.schedule', NEVER);
  return ok({ dueAt: iso(dueAt) });
}
