import { askClock, clockAnswer } from '#workflows/contract/schedule.ts';
import { addBusinessTime, businessTimeBetween } from '#workflows/domain/clock.ts';
import { ok, refuseField } from '#workflows/domain/errors.ts';
import { CLOCK_END_YEAR } from '#workflows/domain/schedule.ts';
import { neverOpens } from '#workflows/domain/schedule-problems.ts';
import { route } from '../http/route.ts';
import { parseInput } from '../parse-input.ts';
import { iso } from '../queries/instants.ts';

const NEVER = `does not open for that long before the year ${CLOCK_END_YEAR}: a deadline would never come`;

export const whatIfClockRoutes = [
  route({
    method: 'post', path: '/what-if/clock', name: 'whatIfClock', tag: 'What if', who: 'reader',
    summary: 'What a schedule makes of a span of time',
    description: 'With `addMs`: when that much open time has passed since `from`. With `to`: how much of [`from`, `to`) was open. The code that deadlines use; nothing is stored.',
    body: askClock, answer: clockAnswer,
    run: async (_deps, { body }) => {
      const asked = parseInput(askClock, body);
      if (!asked.ok) return asked;
      const { schedule, from, addMs, to } = asked.value;
      if (to !== undefined) return ok({ openMs: businessTimeBetween(from, to, schedule) });
      const dueAt = addBusinessTime(from, addMs ?? 0, schedule);
      if (dueAt === null) return refuseField(neverOpens(schedule) ? 'body.schedule.weekly' : 'body.schedule', NEVER);
      return ok({ dueAt: iso(dueAt) });
    },
  }),
];
