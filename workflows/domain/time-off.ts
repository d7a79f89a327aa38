import { DAY_MS } from './instant.ts';
import type { Instant } from './instant.ts';
import { zoneOf } from './zone.ts';

/** P27: inclusive dates (YYYY-MM-DD) in the operator's zone. */
export interface TimeOff {
  readonly from: string;
  readonly to: string;
}

/** Time off as the instants it really covers: half open, from the first midnight to the one after the last day. */
export interface Absence extends TimeOff {
  readonly startsAt: Instant;
  readonly endsAt: Instant;
}

/** A midnight that a change of the clocks skips is the first instant after it (RFC 5545). */
export function absencesOf(timeOff: readonly TimeOff[], zone: string): readonly Absence[] {
  if (timeOff.length === 0) return [];
  const { instantOf } = zoneOf(zone);
  return timeOff.map(({ from, to }) => ({ from, to, startsAt: instantOf(Date.parse(from)), endsAt: instantOf(Date.parse(to) + DAY_MS) }));
}

/** The absence that covers an instant, of several the one that ends last; null: none does. */
export function absenceAt(at: Instant, absences: readonly Absence[]): Absence | null {
  return absences.reduce<Absence | null>((longest, one) => {
    const covers = one.startsAt <= at && at < one.endsAt;
    return covers && (longest === null || one.endsAt > longest.endsAt) ? one : longest;
  }, null);
}
