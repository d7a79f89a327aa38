import { z } from 'zod';
import type { Instant } from '../domain/instant.ts';
import { CLOCK_FIRST_YEAR } from '../domain/schedule.ts';
import { CLOCK_STATES } from '../domain/sla-clocks.ts';
import { type SlaFact, type Waiting, waitingAfter } from '../domain/sla-facts.ts';
import { CLOCK_KINDS } from '../domain/sla-policy.ts';
import { shiftSchedule } from './schedule.ts';
import { slaTargets } from './sla.ts';
import { instant } from './text.ts';

/** What may happen in a told history, in the words of the question. */
const HAPPENINGS = ['created', 'customer_wrote', 'human_replied', 'hold', 'unhold', 'resolved', 'reopened'] as const;
type Happening = (typeof HAPPENINGS)[number];

const MAX_EVENTS = 1_000;

const when = instant.refine((at) => at >= Date.UTC(CLOCK_FIRST_YEAR, 0), `must be in the year ${CLOCK_FIRST_YEAR} or later`);

const history = z
  .array(z.strictObject({ at: when, what: z.enum(HAPPENINGS).meta({ description: '`unhold` sets on_you.' }) }))
  .min(1, 'must begin with created')
  .max(MAX_EVENTS, `must be at most ${MAX_EVENTS} events`)
  .superRefine((events, context) => {
    const refuse = (i: number, field: 'at' | 'what', message: string) => context.addIssue({ code: 'custom', path: [i, field], message });
    let waiting: Waiting = 'us';
    let before: Instant = -Infinity;
    events.forEach(({ at, what }, i) => {
      if (at < before) refuse(i, 'at', i === 1 ? 'must not be before created' : 'must not be before the event above it: events are told in order of time');
      const impossible = whyImpossible({ what, isFirst: i === 0, waiting });
      if (impossible !== null) refuse(i, 'what', impossible);
      before = Math.max(before, at);
      waiting = waitingAfter(waiting, factOf(what));
    });
  });

function whyImpossible({ what, isFirst, waiting }: { what: Happening; isFirst: boolean; waiting: Waiting }): string | null {
  if (isFirst !== (what === 'created')) return isFirst ? 'must be created: a ticket’s history begins there' : 'must not be created again';
  const isFinished = waiting === 'finished';
  if (what === 'reopened' && !isFinished) return 'must follow resolved: there is nothing to reopen';
  if ((what === 'hold' || what === 'unhold' || what === 'resolved') && isFinished) return 'must follow reopened: the ticket is resolved';
  return null;
}

function factOf(what: Happening): SlaFact['what'] {
  if (what === 'hold') return 'on_hold';
  return what === 'unhold' ? 'on_you' : what;
}

/** The facts of a told history. */
export function factsOf(events: readonly { readonly at: Instant; readonly what: Happening }[]): readonly SlaFact[] {
  return events.map(({ at, what }) => ({ at, what: factOf(what) }));
}

/** A history and targets: what do the clocks say at `at`? Later events have not happened yet. */
export const whatIfSla = z.strictObject({
  schedule: shiftSchedule,
  targets: slaTargets,
  events: history,
  at: when,
});

const at = z.iso.datetime();
const ms = z.number().int();

export const slaClockView = z.object({
  kind: z.enum(CLOCK_KINDS),
  startedAt: at,
  dueAt: at.nullable().meta({ description: 'An event at this very instant is in time. Null while paused. Of an ended clock: when it was due.' }),
  warnAt: at.nullable(),
  usedMs: ms.meta({ description: 'Time that counted, in the clock’s own hours.' }),
  pausedMs: ms.meta({ description: 'Time in pausing statuses, in the clock’s own hours; time in a finished status is neither used nor paused.' }),
  state: z.enum(CLOCK_STATES),
  lateByMs: ms.meta({ description: 'In the clock’s own hours; 0 where nothing is late.' }),
});
export type SlaClockView = z.infer<typeof slaClockView>;

export const whatIfSlaAnswer = z.object({ clocks: z.array(slaClockView) });
