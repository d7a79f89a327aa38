import type { Db } from '#prisma/client.ts';
import { measuredClocks, type Measured } from '#prisma/store/measured-clocks.ts';
import { effectivePolicyFor } from '#prisma/store/policies.ts';
import type { TicketClocks } from '#workflows/contract/sla-views.ts';
import { isOpen, nextBoundary } from '#workflows/domain/clock.ts';
import { deadlinesOf } from '#workflows/domain/deadlines.ts';
import { ok } from '#workflows/domain/errors.ts';
import type { Result } from '#workflows/domain/errors.ts';
import type { Instant } from '#workflows/domain/instant.ts';
import type { Policy } from '#workflows/domain/policy.ts';
import { alarmsOf, takeMeasure } from '#workflows/domain/sla-alarms.ts';
import { latestClocks, type MeasuredClock } from '#workflows/domain/sla-clocks.ts';
import { isPausedBy } from '#workflows/domain/sla-facts.ts';
import { type SlaLedger, waitingOf } from '#workflows/domain/sla-ledger.ts';
import { completed } from '#workflows/domain/stored-state.ts';
import type { StoredState } from '#workflows/domain/stored-state.ts';
import type { TicketState } from '#workflows/domain/ticket-state.ts';
import type { Principal } from '../principal.ts';
import { findTicketFacts, NO_SUCH_TICKET } from '../queries/find-ticket.ts';
import { iso, isoOrNull } from '../queries/instants.ts';
import { refuseUnlessReader } from '../require-role.ts';
import type { TicketDeps } from '../ticket-deps.ts';

/** P36: each clock of a ticket as of now, measured from its facts by the code that its workflow uses, and its next timer. */
export async function ticketClocks({ prisma, now }: Pick<TicketDeps, 'prisma' | 'now'>, principal: Principal, ticketId: string): Promise<Result<TicketClocks>> {
  const refused = refuseUnlessReader(principal);
  if (refused) return refused;
  const { teamId } = principal;
  const found = await findTicketFacts(prisma, teamId, ticketId);
  if (found === null) return NO_SUCH_TICKET;
  const [row] = await prisma.$queryRaw<{ state: StoredState }[]>`SELECT state FROM tickets WHERE id = ${found.id} AND team_id = ${teamId}`;
  if (row === undefined) return NO_SUCH_TICKET;
  const state = completed(row.state);
  return ok(await clocksOfState(prisma, state, { at: now(), followed: effectivePolicyFor(prisma, teamId, state.agentId) }));
}

/** The same of a state, stored or imagined, and of the policy that it follows. */
export async function clocksOfState(db: Db, state: TicketState, { at, followed }: { at: Instant; followed: Promise<{ policy: Policy }> }): Promise<TicketClocks> {
  const ledger = state.sla;
  const agentHours = async () => (await followed).policy.scheduleId;
  const [{ policy }, sla] = await Promise.all([followed, ledger && measuredClocks(db, { teamId: state.teamId, ticket: state, ledger, at, agentHours })]);
  const alarms = ledger && sla ? alarmsToCome(ledger, sla.clocks, at) : [];
  const timer = deadlinesOf({ ...state, sla: null }, policy)[0];
  const first = [
    ...(timer === undefined ? [] : [{ kind: timer.kind === 'ladder' ? timer.action : timer.kind, clock: null, at: timer.at }]),
    ...alarms.slice(0, 1),
  ].sort((a, b) => a.at - b.at)[0];
  return {
    at: iso(at),
    policy: sla?.policy?.name ?? null,
    schedule: sla?.hours ?? null,
    clocks: ledger && sla ? latestClocks(ledger, sla.clocks).map((clock) => toClockView(clock, { ledger, sla, at })) : [],
    alarms: alarms.map((alarm) => ({ ...alarm, at: iso(alarm.at) })),
    next: first === undefined ? null : { ...first, at: iso(first.at) },
  };
}

function alarmsToCome(ledger: SlaLedger, clocks: readonly MeasuredClock[], at: Instant) {
  const taken = takeMeasure(ledger, { revision: ledger.revision, clocks }, at);
  if (taken === null) return [];
  return alarmsOf(taken.ledger)
    .filter((alarm) => alarm.at > at)
    .map(({ what, kind, at: comes }) => ({ kind: `sla_${what}` as const, clock: kind, at: comes }));
}

function toClockView(clock: MeasuredClock, { ledger, sla: { schedule }, at }: { readonly ledger: SlaLedger; readonly sla: Measured; readonly at: Instant }): TicketClocks['clocks'][number] {
  const { round, target, startedAt, dueAt, warnAt, ...rest } = clock;
  const isEnded = ledger.runs.find((run) => run.kind === clock.kind && run.round === round)?.ended != null;
  const waiting = waitingOf(ledger);
  const pausing = waiting === 'hold' ? 'on_hold' : 'on_customer';
  const pausedBy = !isEnded && target !== undefined && isPausedBy(waiting, target.pausesOn) ? pausing : null;
  const goesOn = !isEnded && pausedBy === null;
  const isBusiness = target?.hours !== 'calendar';
  return {
    ...rest,
    startedAt: iso(startedAt),
    dueAt: isoOrNull(dueAt),
    warnAt: isoOrNull(warnAt),
    pausedBy,
    isCounting: goesOn && (!isBusiness || isOpen(at, schedule)),
    countingChangesAt: goesOn && isBusiness ? isoOrNull(nextBoundary(at, schedule)) : null,
  };
}
