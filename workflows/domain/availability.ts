import { MINUTE_MS } from './instant.ts';
import type { Instant } from './instant.ts';
import type { Availability, AvailabilityReason, EffectiveStatus, PresenceStatus } from './presence.ts';
import type { Schedule } from './schedule.ts';
import { isInShift, nextShift, schedulesOf, shiftBoundaries } from './shifts.ts';
import type { Shift } from './shifts.ts';
import { absenceAt, absencesOf } from './time-off.ts';
import type { Absence, TimeOff } from './time-off.ts';

/** Everything that decides whether somebody is there. */
export interface Person {
  readonly manual: PresenceStatus;
  /** The latest expiry of a live connection's lease; null: there is none. */
  readonly leaseUntil: Instant | null;
  readonly lastActivityAt: Instant | null;
  /** P28; null: off. */
  readonly idleMinutes: number | null;
  /** "Stay online": against idleness only. */
  readonly isPinned: boolean;
  readonly shifts: readonly Shift[];
  readonly timeOff: readonly TimeOff[];
  /** The operator's own, for time off. */
  readonly zone: string;
}

/** P26 to P28: what somebody effectively is, why, and until when at least. Throws on a zone that the runtime does not know. */
export function availabilityOf(person: Person, at: Instant): Availability {
  const schedules = schedulesOf(person.shifts);
  const absences = absencesOf(person.timeOff, person.zone);
  const hasShifts = schedules.length > 0;
  const edges = absences.flatMap(({ startsAt, endsAt }) => [startsAt, endsAt]);
  const changesAt = (...more: readonly (Instant | null)[]) => firstAfter(at, [...edges, ...more]);

  const absence = absenceAt(at, absences);
  if (absence !== null) {
    const { from, to } = absence;
    const backAt = back(at, { schedules, absences })?.at ?? null;
    return { status: 'off', reason: { why: 'time_off', from, to, zone: person.zone }, hasShifts, backAt, changesAt: changesAt() };
  }
  const boundaries = shiftBoundaries(at, schedules);
  if (hasShifts && !isInShift(at, schedules)) {
    const next = back(at, { schedules, absences });
    const reason = { why: 'outside_shift', zone: next?.zone ?? null } as const;
    return { status: 'off', reason, hasShifts, backAt: next?.at ?? null, changesAt: changesAt(...boundaries) };
  }
  const { status, reason, until } = atTheDesk(person, at);
  return { status, reason, hasShifts, backAt: null, changesAt: changesAt(...boundaries, ...until) };
}

interface AtTheDesk {
  readonly status: EffectiveStatus;
  readonly reason: AvailabilityReason;
  readonly until: readonly (Instant | null)[];
}

function atTheDesk({ manual, leaseUntil, lastActivityAt, idleMinutes, isPinned }: Person, at: Instant): AtTheDesk {
  if (manual !== 'online') return { status: manual, reason: { why: 'set_by_hand' }, until: [] };
  if (leaseUntil === null || leaseUntil <= at) return { status: 'away', reason: { why: 'no_connection', since: leaseUntil }, until: [] };
  const idleAt = idleMinutes === null || isPinned || lastActivityAt === null ? null : lastActivityAt + idleMinutes * MINUTE_MS;
  if (idleAt !== null && idleAt <= at) return { status: 'away', reason: { why: 'idle', since: idleAt }, until: [leaseUntil] };
  return { status: 'online', reason: { why: 'set_by_hand' }, until: [leaseUntil, idleAt] };
}

interface Plan {
  readonly schedules: readonly Schedule[];
  readonly absences: readonly Absence[];
}

/** The first instant from `at` on that is neither time off nor outside a shift; each turn leaves one absence behind. */
function back(at: Instant, { schedules, absences }: Plan): { readonly at: Instant; readonly zone: string | null } | null {
  let here: { at: Instant; zone: string | null } = { at, zone: null };
  for (;;) {
    const absence = absenceAt(here.at, absences);
    if (absence !== null) here = { at: absence.endsAt, zone: null };
    const next = schedules.length === 0 ? here : nextShift(here.at, schedules);
    if (next === null || absenceAt(next.at, absences) === null) return next;
    here = next;
  }
}

function firstAfter(at: Instant, instants: readonly (Instant | null)[]): Instant | null {
  return instants.reduce<Instant | null>((first, one) => (one !== null && one > at && (first === null || one < first) ? one : first), null);
}
