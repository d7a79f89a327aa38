import type { Instant } from './instant.ts';
import type { MeasuredClock } from './sla-clocks.ts';
import { type SlaFact, type Waiting, waitingAfter } from './sla-facts.ts';
import type { Priority } from './priority.ts';
import type { ClockKind, SlaTarget } from './sla-policy.ts';

/**
 * What a ticket's policy was chosen by when a clock ended: until that clock is measured, an edit may come between (P34).
 * `version` is that of the team's SLA policies; 0: it had none.
 */
export interface SlaGrounds {
  readonly version: number;
  readonly priority: Priority;
  readonly tags: readonly string[];
}

/** One clock's life so far, as far as facts tell it: what it comes to is the measure's affair. */
export interface SlaRun {
  readonly kind: ClockKind;
  /** The how-manieth of its kind: next-reply clocks come and go, and each warns and breaches for itself. */
  readonly round: number;
  readonly startedAt: Instant;
  /** `done`: what it waited for has come. `finish`: the ticket was finished without it. */
  readonly ended: { readonly at: Instant; readonly by: 'done' | 'finish'; readonly under?: SlaGrounds } | null;
  readonly isWarned: boolean;
  /**
   * A breach that was announced: permanent, whatever is edited later (P33). `target` is what it went by, for when no policy has one
   * for it any more; breaches that are older than this have none.
   */
  readonly breach: { readonly dueAt: Instant; readonly warnAt: Instant | null; readonly target?: SlaTarget } | null;
  /** What it had come to when it had ended and was measured: later edits change open clocks only (P34). `clock` null: it had no target. */
  readonly settled: { readonly clock: MeasuredClock | null } | null;
}

/**
 * A ticket's facts in the form that its workflow carries: what any policy, schedule or holiday needs to compute every
 * clock from its original start (P34), what was announced, and the newest measure. Plain JSON, and bounded: `recordFact`
 * keeps the last changes of status exactly and adds older ones up.
 */
export interface SlaLedger {
  /** Grows with every fact that changes a clock: a measure counts only for the revision it was made of. */
  readonly revision: number;
  readonly createdAt: Instant;
  /** The newest fact; one that comes with an earlier instant is taken at this one. */
  readonly lastAt: Instant;
  /** The changes before `until`, added up in elapsed milliseconds. */
  readonly folded: { readonly until: Instant; readonly ms: Readonly<Record<Waiting, number>> } | null;
  /** Whom the ticket waits for, each from its instant to the next one's; never empty. */
  readonly spans: readonly (readonly [waiting: Waiting, since: Instant])[];
  readonly hasUnanswered: boolean;
  readonly runs: readonly SlaRun[];
  readonly measured: { readonly revision: number; readonly clocks: readonly MeasuredClock[] } | null;
}

/** Changes of status kept one by one: some 5 KB of state. Few tickets have twenty. */
export const MAX_SPANS = 200;
/** Next-reply clocks that ended before anybody could measure them (a database that is away); past it the oldest are given up. */
export const MAX_UNSETTLED = 50;

/** A ticket is born: its first-reply and resolution clocks start, and no next-reply clock (P32). */
export function newLedger(createdAt: Instant): SlaLedger {
  return {
    revision: 1,
    createdAt,
    lastAt: createdAt,
    folded: null,
    spans: [['us', createdAt]],
    hasUnanswered: false,
    runs: [aRun('first_reply', 1, createdAt), aRun('resolution', 1, createdAt)],
    measured: null,
  };
}

/** The ledger after one more fact, within its bounds; `under` is kept with the clocks that it ends. A fact that changes no clock gives the same ledger. */
export function recordFact(ledger: SlaLedger, fact: SlaFact, under?: SlaGrounds): SlaLedger {
  return bounded(heed(ledger, fact, under));
}

/** The ledger of a whole history, exact however long it is; null before `created`. */
export function ledgerOf(facts: readonly SlaFact[]): SlaLedger | null {
  let ledger: SlaLedger | null = null;
  for (const fact of facts) {
    if (ledger !== null) ledger = heed(ledger, fact);
    else if (fact.what === 'created') ledger = newLedger(fact.at);
  }
  return ledger;
}

/** Whom the ticket waits for now. */
export function waitingOf({ spans }: Pick<SlaLedger, 'spans'>): Waiting {
  return spans.at(-1)?.[0] ?? 'us';
}

/** The newest clock of its kind: the one that people see. */
export function isLatest({ runs }: SlaLedger, { kind, round }: Pick<SlaRun, 'kind' | 'round'>): boolean {
  return runs.every((run) => run.kind !== kind || run.round <= round);
}

function heed(ledger: SlaLedger, { what, at: given }: SlaFact, under?: SlaGrounds): SlaLedger {
  const at = Math.max(given, ledger.lastAt);
  const from = waitingOf(ledger);
  const to = waitingAfter(from, what);
  const runs = runsAfter(ledger.runs, { what, at, from, to, hasUnanswered: ledger.hasUnanswered, under });
  const hasUnanswered = what === 'customer_wrote' || (ledger.hasUnanswered && what !== 'human_replied');
  if (from === to && runs === ledger.runs && hasUnanswered === ledger.hasUnanswered) return ledger;
  return { ...ledger, revision: ledger.revision + 1, lastAt: at, spans: spansAfter(ledger.spans, to, at), hasUnanswered, runs };
}

interface Turn {
  readonly what: SlaFact['what'];
  readonly at: Instant;
  readonly from: Waiting;
  readonly to: Waiting;
  readonly hasUnanswered: boolean;
  readonly under: SlaGrounds | undefined;
}

function runsAfter(runs: readonly SlaRun[], { what, at, from, to, hasUnanswered, under }: Turn): readonly SlaRun[] {
  if (what === 'human_replied') return end(runs, { at, under }, { reply: 'done' });
  if (to === 'finished') return end(runs, { at, under }, { reply: 'finish', resolution: 'done' });
  // P35: the resolution goes on where it was; what nobody answered is waited for anew.
  const going = from === 'finished' ? runs.map((run) => (run.kind === 'resolution' ? { ...run, ended: null, settled: null } : run)) : runs;
  const isAwaited = what === 'customer_wrote' || (from === 'finished' && hasUnanswered);
  return isAwaited ? withNextReply(going, at) : going;
}

/** Ends the open clocks; the same list where none was open. */
function end(runs: readonly SlaRun[], { at, under }: Pick<Turn, 'at' | 'under'>, how: { readonly reply: 'done' | 'finish'; readonly resolution?: 'done' }): readonly SlaRun[] {
  const endOf = (run: SlaRun) => (run.kind === 'resolution' ? how.resolution : how.reply);
  if (!runs.some((run) => run.ended === null && endOf(run) !== undefined)) return runs;
  return runs.map((run) => {
    const by = endOf(run);
    return run.ended === null && by !== undefined ? { ...run, ended: { at, by, ...(under && { under }) } } : run;
  });
}

/** Counts from the oldest unanswered message: later ones do not restart it. */
function withNextReply(runs: readonly SlaRun[], at: Instant): readonly SlaRun[] {
  const earlier = runs.filter(({ kind }) => kind === 'next_reply');
  if (earlier.some(({ ended }) => ended === null)) return runs;
  const unsettled = earlier.filter(({ settled }) => settled === null).slice(-MAX_UNSETTLED);
  const round = (earlier.at(-1)?.round ?? 0) + 1;
  return [...runs.filter(({ kind }) => kind !== 'next_reply'), ...unsettled, aRun('next_reply', round, at)];
}

function aRun(kind: ClockKind, round: number, startedAt: Instant): SlaRun {
  return { kind, round, startedAt, ended: null, isWarned: false, breach: null, settled: null };
}

/** Spans of no length are nobody's time and are left out. */
function spansAfter(spans: SlaLedger['spans'], to: Waiting, at: Instant): SlaLedger['spans'] {
  const last = spans.at(-1);
  if (last !== undefined && last[0] === to) return spans;
  if (last === undefined || last[1] < at) return [...spans, [to, at]];
  const before = spans.slice(0, -1);
  return before.at(-1)?.[0] === to ? before : [...before, [to, at]];
}

/**
 * Adds the older half of too many spans up. Elapsed time stays exact; how much of it was business time is then taken
 * in proportion, because which hours were whose is what was given up.
 */
function bounded(ledger: SlaLedger): SlaLedger {
  const { spans } = ledger;
  if (spans.length <= MAX_SPANS) return ledger;
  const kept = spans.slice(MAX_SPANS / 2);
  const until = kept[0]?.[1] ?? ledger.lastAt;
  const ms: Record<Waiting, number> = { us: 0, customer: 0, hold: 0, finished: 0, ...ledger.folded?.ms };
  spans.slice(0, MAX_SPANS / 2).forEach(([waiting, since], i) => {
    ms[waiting] += (spans[i + 1]?.[1] ?? until) - since;
  });
  return { ...ledger, folded: { until, ms }, spans: kept };
}
