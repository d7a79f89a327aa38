import { dayPlansOf, weekdayOf } from './day-plan.ts';
import type { DayPlan, DayPlans, Span } from './day-plan.ts';
import { DAY_MS, type Instant } from './instant.ts';
import type { Schedule } from './schedule.ts';
import { neverOpens } from './schedule-problems.ts';
import { cutOut, mergeWithin, totalOf, united } from './segments.ts';
import type { Segment, Segments } from './segments.ts';
import { zoneOf } from './zone.ts';
import type { OffsetChange } from './zone.ts';

/**
 * A schedule laid out on the axis of time, in stretches of four weeks of local days numbered from 1970. Most stretches
 * are like every other: without a holiday or a change of offset their open time is known without looking at a day.
 */
export interface OpenTimes {
  /** Known without looking: years of nothing are not searched. */
  readonly always: 'open' | 'closed' | null;
  readonly stretchAt: (at: Instant) => number;
  readonly startOf: (stretch: number) => Instant;
  /** Open milliseconds in the whole stretch. */
  readonly openIn: (stretch: number) => number;
  readonly segmentsOf: (stretch: number) => Segments;
}

const STRETCH_DAYS = 28;
const STRETCH_MS = STRETCH_DAYS * DAY_MS;
// An interval reaches into the next day, and a zone has skipped a whole day (Apia, 2011): what starts three days
// before an instant may still be open then.
const REACH_DAYS = 3;
const MAX_REMEMBERED = 64;

// Pure as seen from outside: a schedule is a value, and what was worked out for it goes when it goes.
const remembered = new WeakMap<Schedule, OpenTimes>();

/** The open times of a schedule without problems (`scheduleProblems`). */
export function openTimesOf(schedule: Schedule): OpenTimes {
  const known = remembered.get(schedule);
  if (known) return known;
  const times = layOut(schedule);
  remembered.set(schedule, times);
  return times;
}

function layOut(schedule: Schedule): OpenTimes {
  const zone = zoneOf(schedule.zone);
  const plans = dayPlansOf(schedule);
  const regular = openInWeek(plans.regular);
  const plainOpen = (STRETCH_DAYS / 7) * regular.reduce((sum, open) => sum + open, 0);
  const starts = new Map<number, Instant>();
  const totals = new Map<number, number>();
  const segments = new Map<number, Segments>();

  const dayStart = (day: number) => zone.instantOf(day * DAY_MS);
  const startOf = (stretch: number) => remember(starts, stretch, () => dayStart(stretch * STRETCH_DAYS));
  /** Open time of the days [first, end), day by day. */
  const compute = (first: number, end: number) =>
    mergeWithin(openSegments(plans, zone.instantOf, first - REACH_DAYS, end + 1), dayStart(first), dayStart(end));
  /** Far from a change of offset a day is what its plan and that of the day before make of it. */
  const likeThis = new Map<DayPlan, Map<DayPlan, number>>();
  const openOn = (day: number) => {
    const own = plans.on(day);
    const after = likeThis.get(own) ?? new Map<DayPlan, number>();
    likeThis.set(own, after);
    const before = plans.on(day - 1);
    const open = after.get(before) ?? totalOf(mergeWithin(openSegments(plans, asWritten, day - 1, day), day * DAY_MS, (day + 1) * DAY_MS));
    after.set(before, open);
    return open;
  };
  const countOpen = (stretch: number) => {
    const first = stretch * STRETCH_DAYS;
    const end = first + STRETCH_DAYS;
    const changes = zone.changesIn(startOf(stretch) - REACH_DAYS * DAY_MS, startOf(stretch + 1) + REACH_DAYS * DAY_MS);
    const holidays = plans.holidaysIn(first - 1, end);
    if (changes.length === 0 && holidays.length === 0) return plainOpen;
    const near = new Set(changes.flatMap(daysNear));
    const odd = new Set(near);
    // A holiday, and the day into which its night would have run.
    for (const day of holidays) odd.add(day).add(day + 1);
    let open = plainOpen;
    for (const day of odd) {
      if (day < first || day >= end) continue;
      open -= regular[weekdayOf(day)] ?? 0;
      if (!near.has(day)) open += openOn(day);
    }
    for (const run of runsOf([...near].sort(ascending))) {
      open += totalOf(compute(Math.max(run.first, first), Math.min(run.end, end)));
    }
    return open;
  };

  return {
    always: alwaysOf(schedule, plans),
    stretchAt(at) {
      let stretch = Math.floor((at + zone.offsetAt(at)) / STRETCH_MS);
      // Where a midnight is skipped or doubled the local date alone may name the neighbour.
      while (at < startOf(stretch)) stretch -= 1;
      while (at >= startOf(stretch + 1)) stretch += 1;
      return stretch;
    },
    startOf,
    openIn: (stretch) => remember(totals, stretch, () => countOpen(stretch)),
    segmentsOf(stretch) {
      if (segments.size >= MAX_REMEMBERED && !segments.has(stretch)) segments.clear();
      return remember(segments, stretch, () => compute(stretch * STRETCH_DAYS, (stretch + 1) * STRETCH_DAYS));
    },
  };
}

function alwaysOf(schedule: Schedule, { regular }: DayPlans): OpenTimes['always'] {
  if (neverOpens(schedule)) return 'closed';
  // Whole days, not pieces that add up to one: an overlap that lies in a skipped hour leaves a hole.
  const isWhole = regular.every(({ open }) => open.some(([from, until]) => from === 0 && until === DAY_MS));
  return isWhole && schedule.holidays.length === 0 ? 'open' : null;
}

/** The local days whose intervals a change of offset may stretch, move or empty. */
function daysNear({ at, before, after }: OffsetChange): number[] {
  const first = Math.floor((at + Math.min(before, after)) / DAY_MS) - 1;
  const last = Math.floor((at + Math.max(before, after)) / DAY_MS) + 2;
  return Array.from({ length: last - first + 1 }, (_, i) => first + i);
}

/** Local time as if it were UTC. */
function asWritten(local: number): number {
  return local;
}

function remember<T>(known: Map<number, T>, stretch: number, workOut: () => T): T {
  const value = known.get(stretch) ?? workOut();
  known.set(stretch, value);
  return value;
}

/** What starts on the days from `first` to `last`, cuts taken out. */
function openSegments(plans: DayPlans, instantOf: (local: number) => Instant, first: number, last: number): Segment[] {
  const found: Segment[] = [];
  for (let day = first; day <= last; day += 1) {
    const { open, closed } = plans.on(day);
    const cuts = onDay(closed, day, instantOf);
    for (const segment of united(onDay(open, day, instantOf))) found.push(...cutOut(segment, cuts));
  }
  return found;
}

function onDay(spans: readonly Span[], day: number, instantOf: (local: number) => Instant): Segment[] {
  const found: Segment[] = [];
  for (const [from, until] of spans) found.push([instantOf(day * DAY_MS + from), instantOf(day * DAY_MS + until)]);
  return found;
}

function ascending(a: number, b: number): number {
  return a - b;
}

/** Neighbouring days together. */
function runsOf(days: readonly number[]): { readonly first: number; readonly end: number }[] {
  const runs: { first: number; end: number }[] = [];
  for (const day of days) {
    const last = runs.at(-1);
    if (last?.end === day) last.end += 1;
    else runs.push({ first: day, end: day + 1 });
  }
  return runs;
}

/** Each day of a week among equal weeks: the second of two, so that Sunday's night runs into Monday. */
function openInWeek(week: readonly DayPlan[]): number[] {
  const found = [...week, ...week].flatMap(({ open }, day) => open.map(([from, until]): Segment => [day * DAY_MS + from, day * DAY_MS + until]));
  return week.map((_, day) => totalOf(mergeWithin(found, (day + 7) * DAY_MS, (day + 8) * DAY_MS)));
}
