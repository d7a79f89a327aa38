import { Temporal } from 'temporal-polyfill';
import { DAY_MS, type Instant } from './instant.ts';

/** One change of a zone's offset, daylight saving or a government's mind. Offsets are milliseconds east of UTC. */
interface OffsetChange {
  readonly at: Instant;
  readonly before: number;
  readonly after: number;
}

/** A zone's local time. Local times travel as the instant that their digits would be in UTC. */
export interface Zone {
  /** Milliseconds east of UTC. */
  readonly offsetAt: (at: Instant) => number;
  /** RFC 5545, 3.3.5: a local time that does not exist moves forward by the gap, one that exists twice is the first. */
  readonly instantOf: (local: number) => Instant;
  /** Whether the offset changes in [from, to]. */
  readonly changesIn: (from: Instant, to: Instant) => boolean;
}

const YEAR_MS = 366 * DAY_MS;
// To find one change costs the library about as much as 20 conversions: it is asked for a stretch of years at once, so
// that a deadline far ahead in a zone that is in use asks for nothing.
const LOOK_AHEAD_MS = 12 * YEAR_MS;
// Real zones and their aliases are about 600; upper and lower case would make more of them.
const MAX_REMEMBERED = 1_000;

const remembered = new Map<string, Zone>();

/** The zone of an IANA name. Throws on a name that the runtime does not know: `isZoneName` is asked first. */
export function zoneOf(name: string): Zone {
  const known = remembered.get(name);
  if (known) return known;
  if (remembered.size >= MAX_REMEMBERED) remembered.clear();
  const zone = lookUp(name);
  remembered.set(name, zone);
  return zone;
}

function lookUp(name: string): Zone {
  let changes: OffsetChange[] = [];
  let knownFrom = Infinity;
  let knownUntil = -Infinity;
  let onlyOffset = 0;

  const learn = (from: Instant, to: Instant) => {
    if (knownFrom > knownUntil) {
      knownFrom = knownUntil = from;
      onlyOffset = zoned(from, name).offsetNanoseconds / 1e6;
    }
    while (knownFrom > from) {
      const change = nextChange(knownFrom, name, 'previous');
      if (change) changes = [change, ...changes];
      knownFrom = change?.at ?? -Infinity;
    }
    const until = to > knownUntil ? to + LOOK_AHEAD_MS : to;
    while (knownUntil < until) {
      const change = nextChange(knownUntil, name, 'next');
      if (change) changes.push(change);
      knownUntil = change?.at ?? Infinity;
    }
  };
  const need = (from: Instant, to: Instant) => {
    if (from < knownFrom || to > knownUntil) learn(from, to);
  };
  /** How many changes come at or before `time`, each counted from its instant plus `shift` of it. */
  const countUntil = (time: number, shift: (change: OffsetChange) => number) => {
    let low = 0;
    let high = changes.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const change = changes[middle];
      if (change && change.at + shift(change) <= time) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  const offsetAfter = (count: number) => changes[count - 1]?.after ?? changes[0]?.before ?? onlyOffset;

  return {
    offsetAt(at) {
      need(at, at);
      return offsetAfter(countUntil(at, atOnce));
    },
    instantOf(local) {
      need(local - 2 * DAY_MS, local + 2 * DAY_MS);
      const count = countUntil(local, lowerOffset);
      const last = changes[count - 1];
      // The hour that is skipped or doubled is the library's to judge; every other local time is plain arithmetic.
      if (last && local < last.at + Math.max(last.before, last.after)) return judge(local, name);
      return local - offsetAfter(count);
    },
    changesIn(from, to) {
      need(from, to);
      return countUntil(to, atOnce) > countUntil(from - 1, atOnce);
    },
  };
}

const atOnce = () => 0;
const lowerOffset = ({ before, after }: OffsetChange) => Math.min(before, after);

function zoned(at: Instant, name: string): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(name);
}

function nextChange(at: Instant, name: string, direction: 'next' | 'previous'): OffsetChange | null {
  const found = zoned(at, name).getTimeZoneTransition(direction)?.epochMilliseconds;
  if (found === undefined) return null;
  return { at: found, before: zoned(found - 1, name).offsetNanoseconds / 1e6, after: zoned(found, name).offsetNanoseconds / 1e6 };
}

function judge(local: number, name: string): Instant {
  return zoned(local, 'UTC').toPlainDateTime().toZonedDateTime(name, { disambiguation: 'compatible' }).epochMilliseconds;
}
