import { measuredClocks } from '#prisma/store/measured-clocks.ts';
import { effectivePolicyFor } from '#prisma/store/policies.ts';
import type { TicketClocks } from '#workflows/contract/sla-views.ts';
import { deadlinesOf } from '#workflows/domain/deadlines.ts';
import { ok } from '#workflows/domain/errors.ts';
import type { Result } from '#workflows/domain/errors.ts';
import type { Instant } from '#workflows/domain/instant.ts';
import { alarmsOf, takeMeasure } from '#workflows/domain/sla-alarms.ts';
import { latestClocks } from '#workflows/domain/sla-clocks.ts';
import { completed } from '#workflows/domain/stored-state.ts';
import type { StoredState } from '#workflows/domain/stored-state.ts';
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
  const ledger = state.sla;
  const at = now();
  const followed = effectivePolicyFor(prisma, teamId, state.agentId);
  const agentHours = async () => (await followed).policy.scheduleId;
  const [{ policy }, sla] = await Promise.all([followed, ledger && measuredClocks(prisma, { teamId, ticket: state, ledger, at, agentHours })]);
  const clocks = sla?.clocks ?? [];
  const measured = ledger && takeMeasure(ledger, { revision: ledger.revision, clocks }, at);
  const alarm = measured ? alarmsOf(measured.ledger).find((one) => one.at > at) : undefined;
  const timer = deadlinesOf({ ...state, sla: null }, policy)[0];
  return ok({
    policy: sla?.policy?.name ?? null,
    schedule: sla?.hours ?? null,
    clocks: (ledger ? latestClocks(ledger, clocks) : []).map(({ round: _round, target: _target, startedAt, dueAt, warnAt, ...clock }) => ({
      ...clock,
      startedAt: iso(startedAt),
      dueAt: isoOrNull(dueAt),
      warnAt: isoOrNull(warnAt),
    })),
    next: earliest(
      timer === undefined ? null : { kind: timer.kind === 'ladder' ? timer.action : timer.kind, clock: null, at: timer.at },
      alarm === undefined ? null : { kind: `sla_${alarm.what}`, clock: alarm.kind, at: alarm.at },
    ),
  });
}

type Next = Omit<NonNullable<TicketClocks['next']>, 'at'> & { readonly at: Instant };

function earliest(...timers: readonly (Next | null)[]): TicketClocks['next'] {
  const [first] = timers.filter((one) => one !== null).sort((a, b) => a.at - b.at);
  return first === undefined ? null : { ...first, at: iso(first.at) };
}
