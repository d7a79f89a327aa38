import { factsOf, whatIfSla, whatIfSlaAnswer } from '#workflows/contract/what-if-sla.ts';
import type { SlaClockView } from '#workflows/contract/what-if-sla.ts';
import { ok, refuseField } from '#workflows/domain/errors.ts';
import { clocksOf } from '#workflows/domain/sla.ts';
import type { SlaClock } from '#workflows/domain/sla-clocks.ts';
import { route } from '../http/route.ts';
import { parseInput } from '../parse-input.ts';
import { iso, isoOrNull } from '../queries/instants.ts';

export const whatIfSlaRoutes = [
  route({
    method: 'post', path: '/what-if/sla', name: 'whatIfSla', tag: 'What if', who: 'reader',
    summary: 'What the SLA clocks of a told history would say',
    description: 'The newest clock of each kind that has a target and ever started, as of `at`, by the code that real tickets use. Nothing is stored.',
    body: whatIfSla, answer: whatIfSlaAnswer,
    run: async (_deps, { body }) => {
      const asked = parseInput(whatIfSla, body);
      if (!asked.ok) return asked;
      const { targets, schedule, events, at } = asked.value;
      const clocks = clocksOf({ targets, schedule, events: factsOf(events), at });
      if (clocks.some(({ state, dueAt }) => state !== 'paused' && dueAt === null)) {
        return refuseField('body.schedule', 'does not open for long enough: a deadline would never come');
      }
      return ok({ clocks: clocks.map(viewOf) });
    },
  }),
];

function viewOf({ startedAt, dueAt, warnAt, ...clock }: SlaClock): SlaClockView {
  return { ...clock, startedAt: iso(startedAt), dueAt: isoOrNull(dueAt), warnAt: isoOrNull(warnAt) };
}
