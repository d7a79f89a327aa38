import { dayPlansOf } from './day-plan.ts';
import type { DayPlan, DayPlans, Span } from './day-plan.ts';
import { DAY_MS, type Instant } from './instant.ts';
import type { Schedule } from './schedule.ts';
import { cutOut, mergeWithin, totalOf } from './segments.ts';
import type { Segment, Segments } from './segments.ts';
import { zoneOf } from './zone.ts';

/**
 * A schedule laid out on the axis of time, in stretches of four weeks of local days numbered from 1970. Most stretches
 * are like every other: without a holiday or a change of offset their open time is known without looking at a day.
 */
export interface OpenTimes {
  readonly stretchAt: (at: Instant) => number;
  readonly startOf: (stretch: number) => Instant;
  /** Open milliseconds in the whole stretch. */
  readonly openIn: (stretch: number) => number;
  readonly segmentsOf: (stretch: number) => Segments;
}

const STRETCH_DAYS = 28;
const STRETCH_MS = STRETCH_DAYS * DAY_MS;
// An interval reaches into the next day, and a zone has skipped a whole day (Apia, 2011): what starts three days
// before a stretch may still be open in it.
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
  const plainOpen = (STRETCH_DAYS / 7) * openInWeek(plans.regular);
  const starts = new Map<number, Instant>();
  const totals = new Map<number, number>();
  const segments = new Map<number, Segments>();

  const startOf = (stretch: number) => remember(starts, stretch, () => zone.instantOf(stretch * STRETCH_MS));
  const isPlain = (stretch: number) =>
    !plans.hasHoliday(stretch * STRETCH_DAYS - REACH_DAYS, (stretch + 1) * STRETCH_DAYS + REACH_DAYS) &&
    !zone.changesIn(startOf(stretch) - REACH_DAYS * DAY_MS, startOf(stretch + 1) + REACH_DAYS * DAY_MS);
  const compute = (stretch: number) => {
    const found = openSegments(plans, zone.instantOf, stretch * STRETCH_DAYS - REACH_DAYS, (stretch + 1) * STRETCH_DAYS + 1);
    return mergeWithin(found, startOf(stretch), startOf(stretch + 1));
  };

  return {
    stretchAt(at) {
      let stretch = Math.floor((at + zone.offsetAt(at)) / STRETCH_MS);
      // Where a midnight is skipped or doubled the local date alone may name the neighbour.
      while (at < startOf(stretch)) stretch -= 1;
      while (at >= startOf(stretch + 1)) stretch += 1;
      return stretch;
    },
    startOf,
    openIn: (stretch) => remember(totals, stretch, () => (isPlain(stretch) ? plainOpen : totalOf(compute(stretch)))),
    segmentsOf(stretch) {
      if (segments.size >= MAX_REMEMBERED && !segments.has(stretch)) segments.clear();
      return remember(segments, stretch, () => compute(stretch));
    },
  };
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
    const onDay = ([from, until]: Span): Segment => [instantOf(day * DAY_MS + from), instantOf(day * DAY_MS + until)];
    const cuts = closed.map(onDay);
    for (const span of open) found.push(...cutOut(onDay(span), cuts));
  }
  return found;
}

/** A week among equal weeks: the second of two, so that Sunday's night runs into Monday. */
function openInWeek(week: readonly DayPlan[]): number {
  const spans = [...week, ...week].flatMap(({ open }, day) => open.map(([from, until]): Segment => [day * DAY_MS + from, day * DAY_MS + until]));
  return totalOf(mergeWithin(spans, 7 * DAY_MS, 14 * DAY_MS));
}
