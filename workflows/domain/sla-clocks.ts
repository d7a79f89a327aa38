import type { Instant } from './instant.ts';
import { isPausedBy, type Waiting } from './sla-facts.ts';
import { isLatest, type SlaLedger, type SlaRun, waitingOf } from './sla-ledger.ts';
import { CLOCK_KINDS, type ClockHours, type ClockKind, DEFAULT_WARN_PERCENT, type SlaTarget, type SlaTargets, targetOf } from './sla-policy.ts';

/** `breached` is permanent: also while it pauses, after a late reply, and after finishing. `stopped`: finished unanswered, in time. */
export const CLOCK_STATES = ['running', 'paused', 'met', 'breached', 'stopped'] as const;
export type ClockState = (typeof CLOCK_STATES)[number];

/** One clock of a ticket. Every `...Ms` is in the clock's own hours: business milliseconds where its target says business. */
export interface SlaClock {
  readonly kind: ClockKind;
  readonly startedAt: Instant;
  /**
   * An event at this very instant is in time. Null while paused, and where the schedule never opens for long enough.
   * Of an ended clock: when it was due as of its end; one that ended while it paused counts as going on at that instant.
   */
  readonly dueAt: Instant | null;
  readonly warnAt: Instant | null;
  /** Time that counted, up to its end. */
  readonly usedMs: number;
  /**
   * Time in pausing statuses, up to its end. In the clock's own hours too: a night in which nobody works delays nothing,
   * so that used and paused together are all the time that the clock could have counted. Finished time is in neither.
   */
  readonly pausedMs: number;
  readonly state: ClockState;
  /** From due to the end, or to now: 0 where nothing is late, and where it is late by closed hours alone. */
  readonly lateByMs: number;
}

/** A clock as workflows keep it. */
export interface MeasuredClock extends SlaClock {
  readonly round: number;
  /** What a paused clock shows instead of an instant. */
  readonly leftMs: number;
  /** What it was measured by; measures that are older than this do not say. */
  readonly target?: SlaTarget;
}

/** How time counts. Handed in: the workflows' own code has no time-zone data to count business hours with. */
export interface Hours {
  /** The earliest instant at or after `from` by which `ms` have counted; null: never. */
  add(from: Instant, ms: number): Instant | null;
  between(from: Instant, to: Instant): number;
}

export const CALENDAR_HOURS: Hours = { add: (from, ms) => from + ms, between: (from, to) => to - from };

export interface Measuring {
  readonly ledger: SlaLedger;
  readonly targets: SlaTargets;
  readonly hours: Readonly<Record<ClockHours, Hours>>;
  readonly at: Instant;
}

/** Every clock of the ledger as of `at`, in the order of `CLOCK_KINDS`; earlier next-reply clocks that are not settled included. */
export function measure({ ledger, targets, hours, at: given }: Measuring): readonly MeasuredClock[] {
  const at = Math.max(given, ledger.lastAt);
  return CLOCK_KINDS.flatMap((kind) => {
    return ledger.runs.flatMap((run) => {
      if (run.kind !== kind) return [];
      if (run.settled !== null) return run.settled.clock ?? [];
      const target = targetOf(targets, kind) ?? missedTarget(run);
      return target === undefined ? [] : measureRun(run, { ledger, target, hours: hours[target.hours], at });
    });
  });
}

/** The ones that people see: of each kind the newest. */
export function latestClocks(ledger: SlaLedger, clocks: readonly MeasuredClock[]): readonly MeasuredClock[] {
  return clocks.filter((clock) => isLatest(ledger, clock));
}

/** What a clock that was missed goes on by when no policy has a target for it any more (P33). Of one whose target nobody kept, elapsed time is what is known. */
function missedTarget({ startedAt, breach }: SlaRun): SlaTarget | undefined {
  return breach === null ? undefined : (breach.target ?? { ms: Math.max(1, breach.dueAt - startedAt), hours: 'calendar', warnPercent: DEFAULT_WARN_PERCENT, pausesOn: [] });
}

interface RunMeasuring {
  readonly ledger: SlaLedger;
  readonly target: SlaTarget;
  readonly hours: Hours;
  readonly at: Instant;
}

function measureRun(run: SlaRun, { ledger, target, hours, at }: RunMeasuring): MeasuredClock {
  const until = run.ended?.at ?? at;
  const parts = partsOf(ledger, target);
  const lived = between(parts, run.startedAt, until);
  const usedMs = counted(lived, 'running', hours);
  const isPaused = run.ended === null && isPausedBy(waitingOf(ledger), target.pausesOn);
  const goingOn = (ms: number) => (isPaused ? null : hours.add(until, Math.max(0, ms - usedMs)));
  const warnMs = Math.ceil((target.ms * target.warnPercent) / 100);
  const overdueSince = run.breach?.dueAt ?? reached(lived, target.ms, hours);
  const isBreached = overdueSince !== null;
  const warnAt = run.breach === null ? (reached(lived, warnMs, hours) ?? goingOn(warnMs)) : run.breach.warnAt;
  return {
    kind: run.kind,
    round: run.round,
    startedAt: run.startedAt,
    dueAt: overdueSince ?? goingOn(target.ms),
    warnAt: isPaused && !isBreached ? null : warnAt,
    usedMs,
    pausedMs: counted(lived, 'paused', hours),
    state: isBreached ? 'breached' : stateOf(run, isPaused),
    lateByMs: overdueSince === null ? 0 : counted(between(parts, overdueSince, until), 'running', hours),
    leftMs: Math.max(0, target.ms - usedMs),
    target,
  };
}

function stateOf({ ended }: SlaRun, isPaused: boolean): ClockState {
  if (ended !== null) return ended.by === 'done' ? 'met' : 'stopped';
  return isPaused ? 'paused' : 'running';
}

/** A stretch of the ticket's life, and the share of it that counts as running and as paused; 0 or 1 but for what was folded. */
interface Part {
  readonly from: Instant;
  readonly to: Instant;
  readonly running: number;
  readonly paused: number;
}

function partsOf({ createdAt, folded, spans }: SlaLedger, { pausesOn }: SlaTarget): readonly Part[] {
  const isRunning = (waiting: Waiting) => waiting !== 'finished' && !isPausedBy(waiting, pausesOn);
  const share = (is: boolean) => (is ? 1 : 0);
  const exact = spans.map(([waiting, from], i) => ({
    from,
    to: spans[i + 1]?.[1] ?? Infinity,
    running: share(isRunning(waiting)),
    paused: share(isPausedBy(waiting, pausesOn)),
  }));
  if (folded === null || folded.until === createdAt) return exact;
  const { us, customer, hold } = folded.ms;
  const paused = share(isPausedBy('customer', pausesOn)) * customer + share(isPausedBy('hold', pausesOn)) * hold;
  const total = folded.until - createdAt;
  return [{ from: createdAt, to: folded.until, running: (us + customer + hold - paused) / total, paused: paused / total }, ...exact];
}

function between(parts: readonly Part[], from: Instant, to: Instant): readonly Part[] {
  return parts
    .map((part) => ({ ...part, from: Math.max(part.from, from), to: Math.min(part.to, to) }))
    .filter((part) => part.from < part.to);
}

function counted(parts: readonly Part[], what: 'running' | 'paused', hours: Hours): number {
  return parts.reduce((sum, part) => sum + countedIn(part, what, hours), 0);
}

function countedIn(part: Part, what: 'running' | 'paused', hours: Hours): number {
  return part[what] === 0 ? 0 : Math.round(hours.between(part.from, part.to) * part[what]);
}

/**
 * When so much had counted, if that was before the end of the parts. At the very end of a part it is not: what ended
 * it (a pause, a reply) came at the deadline, and so in time, and a pause leaves 0 ms to go on with.
 */
function reached(parts: readonly Part[], ms: number, hours: Hours): Instant | null {
  let left = ms;
  for (const part of parts) {
    if (part.running === 0) continue;
    const here = countedIn(part, 'running', hours);
    const at = here < left ? null : hours.add(part.from, Math.ceil(left / part.running));
    if (at !== null && at < part.to) return at;
    left = Math.max(0, left - here);
  }
  return null;
}
