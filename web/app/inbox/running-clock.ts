import type { TicketClocks } from '#workflows/contract/sla-views.ts';
import { DAY_MS } from '#workflows/domain/instant.ts';

type Clock = TicketClocks['clocks'][number];

/** A clock that was read at `at` as it stands at `now`, as far as that is known: time counts for it until its hours close, or do not count until they open. */
export function countedOn(clock: Clock, { at, now }: { at: string; now: number }): Clock {
  if (!clock.isCounting) return clock;
  const until = clock.countingChangesAt === null ? now : Math.min(now, Date.parse(clock.countingChangesAt));
  const passed = Math.max(0, until - Date.parse(at));
  if (clock.state === 'breached') return { ...clock, lateByMs: clock.lateByMs + passed };
  return { ...clock, leftMs: Math.max(0, clock.leftMs - passed) };
}

/** When clocks have to be read anew: as one warns or is missed, as hours open or close. Only what is to come, and a day later at the latest. */
export function turnsOf(clocks: readonly Clock[], at: string): readonly string[] {
  const read = Date.parse(at);
  return clocks
    .flatMap(({ state, warnAt, dueAt, countingChangesAt }) => [...(state === 'running' ? [warnAt, dueAt] : []), countingChangesAt])
    .filter((turn) => turn !== null)
    .filter((turn) => Date.parse(turn) >= read && Date.parse(turn) <= read + DAY_MS);
}
