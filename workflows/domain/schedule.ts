/** The days of the week as stored, Monday first (ISO 8601). */
export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type Weekday = (typeof WEEKDAYS)[number];

/**
 * Local times `["09:00", "17:00"]`, half open. An end at or before its start runs into the next day and belongs to
 * the day it starts, so `["09:00", "09:00"]` lasts a whole day; "24:00" may end an interval and never starts one.
 */
export type OpenInterval = readonly [start: string, end: string];

/**
 * A day that differs. `open` replaces the intervals that start that day, `closed` cuts them, neither removes them; the
 * tail of the day before stays. A dated holiday wins over a yearly one on the same day.
 */
export interface Holiday {
  /** `2026-12-25`, or `12-25` with `yearly`. */
  readonly date: string;
  readonly yearly?: true | undefined;
  readonly open?: readonly OpenInterval[] | undefined;
  readonly closed?: readonly OpenInterval[] | undefined;
  readonly name?: string | undefined;
}

/**
 * When somebody works: business hours, or a person's shifts (P30). A schedule is a value: change it by making another,
 * because the clock remembers what it worked out for an object.
 */
export interface Schedule {
  /** An IANA zone: `Europe/Berlin`. */
  readonly zone: string;
  readonly weekly: { readonly [day in Weekday]?: readonly OpenInterval[] | undefined };
  readonly holidays: readonly Holiday[];
}

const ALL_DAY: readonly OpenInterval[] = [['00:00', '24:00']];

/** The calendar itself: every hour counts. */
export const ALWAYS_OPEN: Schedule = {
  zone: 'UTC',
  weekly: { mon: ALL_DAY, tue: ALL_DAY, wed: ALL_DAY, thu: ALL_DAY, fri: ALL_DAY, sat: ALL_DAY, sun: ALL_DAY },
  holidays: [],
};

export const MAX_HOLIDAYS = 1_000;
/** On one day, so that a schedule stays something a person could have meant. */
export const MAX_INTERVALS = 12;

/** The clock knows these years; whatever lies outside is closed. */
export const CLOCK_FIRST_YEAR = 1900;
export const CLOCK_END_YEAR = 2200;
