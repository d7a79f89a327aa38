import { isDeepStrictEqual } from 'node:util';
import { ALWAYS_OPEN, type Schedule } from '#workflows/domain/schedule.ts';
import type { Instant } from '#workflows/domain/instant.ts';
import type { MeasuredClock } from '#workflows/domain/sla-clocks.ts';
import type { SlaLedger, SlaRun } from '#workflows/domain/sla-ledger.ts';
import { type SlaPolicy, slaPolicyFor, type SlaSubject } from '#workflows/domain/sla-policy.ts';
import { measureLedger } from '#workflows/domain/sla.ts';
import type { Db } from '../client.ts';
import { hoursFor, slaPoliciesOf } from './sla-policies.ts';

export interface Measuring {
  readonly teamId: string;
  readonly ticket: SlaSubject;
  readonly ledger: SlaLedger;
  readonly at: Instant;
  /** The schedule that the settings of the ticket's agent name; asked for only where its SLA policy names none. */
  readonly agentHours: () => Promise<string | null>;
}

export interface Measured {
  /** The policy in force; null: none fits the ticket, and only what ended before has clocks. */
  readonly policy: SlaPolicy | null;
  /** The name of the hours that it counts by. */
  readonly hours: string | null;
  readonly schedule: Schedule;
  /** As `measure` gives them. */
  readonly clocks: readonly MeasuredClock[];
}

/**
 * A ticket's clocks as of `at`, by the newest policies and hours. A clock that ended before it was measured goes by the
 * policy that the ticket followed at its end, whatever was edited since (P34); by today's hours, because schedules keep no
 * versions.
 */
export async function measuredClocks(db: Db, { teamId, ticket, ledger, at, agentHours }: Measuring): Promise<Measured> {
  const byPolicies = async (policies: readonly SlaPolicy[], subject: SlaSubject, of: SlaLedger): Promise<Measured> => {
    const policy = slaPolicyFor(policies, subject);
    // What was missed goes on being late in business hours, though no policy fits any more.
    const counts = policy !== null || of.runs.some(({ breach, settled }) => breach !== null && settled === null);
    const hours = counts ? await hoursFor(db, teamId, policy?.scheduleId ?? (await agentHours())) : null;
    const schedule = hours?.schedule ?? ALWAYS_OPEN;
    const clocks = measureLedger({ ledger: of, targets: policy?.targets ?? {}, schedule, at });
    return { policy, hours: hours?.name ?? null, schedule, clocks };
  };
  const { policies, version } = await slaPoliciesOf(db, teamId);
  const settle = async (run: SlaRun): Promise<SlaRun> => {
    const under = run.settled === null ? run.ended?.under : undefined;
    if (under === undefined || isDeepStrictEqual(under, { version, priority: ticket.priority, tags: ticket.tags })) return run;
    const then = await slaPoliciesOf(db, teamId, under.version);
    const { clocks } = await byPolicies(then.policies, { ...ticket, priority: under.priority, tags: under.tags }, { ...ledger, runs: [run] });
    return { ...run, settled: { clock: clocks[0] ?? null } };
  };
  return byPolicies(policies, ticket, { ...ledger, runs: await Promise.all(ledger.runs.map(settle)) });
}
