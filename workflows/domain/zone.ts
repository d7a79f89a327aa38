import { Temporal } from 'temporal-polyfill';
import { countUpTo } from './count-up-to.ts';
import { DAY_MS, type Instant } from './instant.ts';

/** One change of a zone's offset, daylight saving or a government's mind. Offsets are milliseconds east of UTC. */
export interface OffsetChange {
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
  /** The changes of its offset in [from, to], in order. */
  readonly changesIn: (from: Instant, to: Instant) => readonly OffsetChange[];
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
  let known = { from: Infinity, until: -Infinity, firstOffset: 0, changes: listed() };

  const learn = (from: Instant, to: Instant) => {
    const start = known.from > known.until ? from : known.from;
    const earlier = walk(name, { from: start, to: from, direction: 'previous' });
    const ahead = to > known.until ? to + LOOK_AHEAD_MS : known.until;
    const later = walk(name, { from: Math.max(start, known.until), to: ahead, direction: 'next' });
    const changes = [...earlier.found.toReversed(), ...known.changes.all, ...later.found];
    const firstOffset = changes[0]?.before ?? offsetIn(name, start);
    known = { from: earlier.reached, until: later.reached, firstOffset, changes: listed(changes) };
  };
  const need = (from: Instant, to: Instant) => {
    if (from < known.from || to > known.until) learn(from, to);
  };

  return {
    offsetAt(at) {
      need(at, at);
      return known.changes.all[countUpTo(known.changes.instants, at) - 1]?.after ?? known.firstOffset;
    },
    instantOf(local) {
      need(local - 2 * DAY_MS, local + 2 * DAY_MS);
      const last = known.changes.all[countUpTo(known.changes.locals, local) - 1];
      // The hour that is skipped or doubled is the library's to judge; every other local time is plain arithmetic.
      if (last && local < last.at + Math.max(last.before, last.after)) return judge(local, name);
      return local - (last?.after ?? known.firstOffset);
    },
    changesIn(from, to) {
      need(from, to);
      return known.changes.all.slice(countUpTo(known.changes.instants, from - 1), countUpTo(known.changes.instants, to));
    },
  };
}

interface Changes {
  readonly all: readonly OffsetChange[];
  readonly instants: readonly Instant[];
  /** The earliest local time that each change makes odd. */
  readonly locals: readonly number[];
}

function listed(all: readonly OffsetChange[] = []): Changes {
  return { all, instants: all.map(({ at }) => at), locals: all.map(({ at, before, after }) => at + Math.min(before, after)) };
}

/** The changes from one instant on until `to` is reached, or none is left: then everything further is known. */
function walk(name: string, { from, to, direction }: { from: Instant; to: Instant; direction: 'next' | 'previous' }) {
  const found: OffsetChange[] = [];
  let reached = from;
  while (direction === 'next' ? reached < to : reached > to) {
    const at = zoned(reached, name).getTimeZoneTransition(direction)?.epochMilliseconds;
    if (at === undefined) return { found, reached: direction === 'next' ? Infinity : -Infinity };
    found.push({ at, before: offsetIn(name, at - 1), after: offsetIn(name, at) });
    reached = at;
  }
  return { found, reached };
}

function zoned(at: Instant, name: string): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(name);
}

function offsetIn(name: string, at: Instant): number {
  return zoned(at, name).offsetNanoseconds / 1e6;
}

function judge(local: number, name: string): Instant {
  return zoned(local, 'UTC').toPlainDateTime().toZonedDateTime(name, { disambiguation: 'compatible' }).epochMilliseconds;
}
