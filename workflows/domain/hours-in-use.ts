import { WEEKDAYS } from './schedule.ts';
import type { OpenInterval, Schedule } from './schedule.ts';
import { CLOCK_KINDS, targetOf } from './sla-policy.ts';
import type { SlaPolicy } from './sla-policy.ts';

type Rule = Pick<SlaPolicy, 'conditions' | 'targets' | 'scheduleId'>;

/** The schedules that settings name (null: the team's default), by agent; under null that of the team, which every other agent has. */
export type NamedSchedules = ReadonlyMap<string | null, string | null>;

/** The schedules by whose hours the clocks of these policies are counted; null: the team's default. Calendar hours ask for none. */
export function schedulesInUse(rules: readonly Rule[], named: NamedSchedules): ReadonlySet<string | null> {
  const nameOf = (agentId: string | null) => named.get(named.has(agentId) ? agentId : null) ?? null;
  return new Set(
    rules
      .filter(({ targets }) => CLOCK_KINDS.some((kind) => targetOf(targets, kind)?.hours === 'business'))
      .flatMap(({ scheduleId, conditions: { agents = [null, ...named.keys()] } }) => (scheduleId === null ? agents.map(nameOf) : [scheduleId])),
  );
}

/** What clocks see of a schedule, as a text: equal texts, equal deadlines. Names and the order of intervals are not in it. */
export function countedHours({ zone, weekly, holidays }: Schedule): string {
  const days = holidays.map(({ date, open, closed }) => [date, open ? sorted(open) : null, closed ? sorted(closed) : null] as const);
  return JSON.stringify([zone, WEEKDAYS.map((day) => sorted(weekly[day] ?? [])), days.toSorted(([a], [b]) => (a < b ? -1 : 1))]);
}

function sorted(intervals: readonly OpenInterval[]): readonly string[] {
  return intervals.map(([start, end]) => `${start}-${end}`).toSorted();
}
