import { addBusinessTime, businessTimeBetween } from './clock.ts';
import type { Instant } from './instant.ts';
import type { Schedule } from './schedule.ts';
import { CALENDAR_HOURS, latestClocks, measure, type MeasuredClock, type SlaClock } from './sla-clocks.ts';
import type { SlaFact } from './sla-facts.ts';
import { ledgerOf, type SlaLedger } from './sla-ledger.ts';
import type { SlaTargets } from './sla-policy.ts';

// The measure of clocks over real schedules. It brings the time-zone library with it: activities and the api import this
// file, workflows the ledger and the alarms.

/** Every clock of a ledger as of `at`, as `takeMeasure` wants them. */
export function measureLedger({ ledger, targets, schedule, at }: { readonly ledger: SlaLedger; readonly targets: SlaTargets; readonly schedule: Schedule; readonly at: Instant }): readonly MeasuredClock[] {
  const business = {
    add: (from: Instant, ms: number) => addBusinessTime(from, ms, schedule),
    between: (from: Instant, to: Instant) => businessTimeBetween(from, to, schedule),
  };
  return measure({ ledger, targets, hours: { business, calendar: CALENDAR_HOURS }, at });
}

export interface History {
  readonly targets: SlaTargets;
  readonly schedule: Schedule;
  /** In order of time; what is later than `at` has not happened yet. */
  readonly events: readonly SlaFact[];
  readonly at: Instant;
}

/** For each kind that ever started the latest clock as of `at` (P32 to P35); none before `created`. */
export function clocksOf({ targets, schedule, events, at }: History): readonly SlaClock[] {
  const ledger = ledgerOf(events.filter((event) => event.at <= at));
  if (ledger === null) return [];
  return latestClocks(ledger, measureLedger({ ledger, targets, schedule, at })).map(({ round: _round, leftMs: _leftMs, target: _target, ...clock }) => clock);
}
