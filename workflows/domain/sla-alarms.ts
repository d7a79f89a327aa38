import type { Instant } from './instant.ts';
import type { MeasuredClock } from './sla-clocks.ts';
import { isLatest, type SlaLedger, type SlaRun } from './sla-ledger.ts';
import type { ClockKind, SlaTarget } from './sla-policy.ts';

/** A warning or a breach as it is told: once per clock (P33). */
export interface SlaNotice {
  readonly what: 'warning' | 'breach';
  readonly kind: ClockKind;
  readonly round: number;
  /** The deadline it is about. */
  readonly dueAt: Instant;
}

/** The next thing that clocks do by themselves. `at` of a breach is a millisecond past its deadline: at the deadline itself an event is in time. */
export interface SlaAlarm {
  readonly at: Instant;
  readonly what: 'warning' | 'breach';
  readonly kind: ClockKind;
  readonly round: number;
}

export interface Announced {
  readonly ledger: SlaLedger;
  readonly notices: readonly SlaNotice[];
}

/**
 * Every alarm that is armed, earliest first. A fact that changes a clock disarms all until the next measure of the ledger
 * as it is then; a paused clock has none.
 */
export function alarmsOf(ledger: SlaLedger): readonly SlaAlarm[] {
  return armed(ledger)
    .flatMap(({ run, dueAt, warnAt }) => {
      const { kind, round } = run;
      const breach: SlaAlarm = { at: dueAt + 1, what: 'breach', kind, round };
      // A warning that would come with or after the deadline has nothing left to warn of.
      const isWarning = !run.isWarned && warnAt !== null && warnAt <= dueAt;
      return isWarning ? [{ at: warnAt, what: 'warning' as const, kind, round }, breach] : [breach];
    })
    .sort((a, b) => a.at - b.at);
}

/**
 * Tells every alarm that is due at `at`, each once. Where `now` is already past a deadline (the workflow was away),
 * its warning is over and is left out.
 */
export function announceDue(ledger: SlaLedger, at: Instant, now: Instant = at): Announced {
  const notices: SlaNotice[] = [];
  let next = ledger;
  for (const { run, dueAt, warnAt, target } of armed(ledger)) {
    const notice = { kind: run.kind, round: run.round, dueAt };
    if (dueAt < at) {
      notices.push({ what: 'breach', ...notice });
      next = withRun(next, { ...run, breach: { dueAt, warnAt, ...(target && { target }) } });
    } else if (!run.isWarned && warnAt !== null && warnAt <= at) {
      if (now <= dueAt) notices.push({ what: 'warning', ...notice });
      next = withRun(next, { ...run, isWarned: true });
    }
  }
  return { ledger: next, notices };
}

export interface Measure {
  /** Of the ledger that it was made of. */
  readonly revision: number;
  /** Of every run, as `measure` gives them. */
  readonly clocks: readonly MeasuredClock[];
}

/**
 * Takes a measure: arms the alarms by it, settles what has ended, and tells what is due, breaches of clocks that ended
 * too late included. Null where the ledger has moved on since: the measure is of facts that are no longer current.
 */
export function takeMeasure(ledger: SlaLedger, { revision, clocks }: Measure, at: Instant): Announced | null {
  if (revision !== ledger.revision) return null;
  const notices: SlaNotice[] = [];
  const runs = ledger.runs.map((run) => {
    const clock = clocks.find(({ kind, round }) => kind === run.kind && round === run.round) ?? null;
    const isNewBreach = run.breach === null && run.settled === null && clock?.state === 'breached';
    const breach = isNewBreach && clock.dueAt !== null ? { dueAt: clock.dueAt, warnAt: clock.warnAt, ...(clock.target && { target: clock.target }) } : run.breach;
    if (isNewBreach && breach !== null) notices.push({ what: 'breach', kind: run.kind, round: run.round, dueAt: breach.dueAt });
    if (run.settled !== null || run.ended === null) return { ...run, breach };
    const { at: endedAt, by } = run.ended;
    return { ...run, breach, ended: { at: endedAt, by }, settled: { clock } };
  });
  const settled: SlaLedger = { ...ledger, runs };
  const due = announceDue(
    {
      ...settled,
      runs: runs.filter((run) => run.settled === null || isLatest(settled, run)),
      measured: { revision, clocks: clocks.filter((clock) => isLatest(settled, clock)) },
    },
    at,
  );
  return { ledger: due.ledger, notices: [...notices, ...due.notices] };
}

interface Armed {
  readonly run: SlaRun;
  readonly dueAt: Instant;
  readonly warnAt: Instant | null;
  readonly target: SlaTarget | undefined;
}

function armed({ measured, revision, runs }: SlaLedger): readonly Armed[] {
  if (measured === null || measured.revision !== revision) return [];
  return measured.clocks.flatMap((clock) => {
    const run = runs.find(({ kind, round }) => kind === clock.kind && round === clock.round);
    if (run === undefined || run.ended !== null || run.breach !== null || clock.dueAt === null) return [];
    return [{ run, dueAt: clock.dueAt, warnAt: clock.warnAt, target: clock.target }];
  });
}

/** The run in its new form, and the clock that people see breached where it is. */
function withRun(ledger: SlaLedger, run: SlaRun): SlaLedger {
  const isIt = ({ kind, round }: Pick<SlaRun, 'kind' | 'round'>) => kind === run.kind && round === run.round;
  const { measured } = ledger;
  return {
    ...ledger,
    runs: ledger.runs.map((one) => (isIt(one) ? run : one)),
    measured: measured && {
      ...measured,
      clocks: measured.clocks.map((clock) => (isIt(clock) && run.breach !== null ? { ...clock, state: 'breached' } : clock)),
    },
  };
}
