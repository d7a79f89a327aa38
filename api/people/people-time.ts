import type { z } from 'zod';
import { findPersonTime, listPeopleTime, lockPersonTime, updatePersonTime } from '#prisma/store/people-time.ts';
import type { PersonTimeRow } from '#prisma/store/people-time.ts';
import { announce } from '#prisma/store/team-events.ts';
import { lockTeam } from '#prisma/store/team-lock.ts';
import { putShifts as putShiftsInput, putTimeOff as putTimeOffInput } from '#workflows/contract/people-time.ts';
import type { OperatorRoutingView, PersonTimeView, ShiftsView, TimeOffView } from '#workflows/contract/people-time-views.ts';
import { putOperatorRouting as putRoutingInput } from '#workflows/contract/routing.ts';
import { ok, refuseFields } from '#workflows/domain/errors.ts';
import type { Result } from '#workflows/domain/errors.ts';
import { parseInput } from '../parse-input.ts';
import { broughtByPeople } from '../policies/check-assignment.ts';
import type { Principal } from '../principal.ts';
import { refuseUnlessAdmin, refuseUnlessReader } from '../require-role.ts';
import type { SettingsDeps } from '../settings-deps.ts';
import { refuseOther, routingOf, shiftsOf, timeOffOf } from './people-time-view.ts';
import { NO_SUCH_OPERATOR, maySeeAllOf, operatorNamed, ownOrAdmins } from './which-operator.ts';

type Deps = Pick<SettingsDeps, 'prisma'>;

/** Shifts, time off and what the router knows of everybody who has access, by name. */
export async function peopleTime({ prisma }: Deps, principal: Principal): Promise<Result<PersonTimeView[]>> {
  const refused = refuseUnlessReader(principal);
  if (refused) return refused;
  const rows = await listPeopleTime(prisma, principal.teamId);
  return ok(rows.map((row) => ({ operatorId: row.id, name: row.name, zone: row.zone, shifts: shiftsOf(row), timeOff: timeOffFor(principal)(row), routing: routingOf(row) })));
}

/** Somebody's weekly shifts (P27); everybody in the team may read them. */
export function shifts(deps: Deps, principal: Principal, operatorId: string): Promise<Result<ShiftsView>> {
  return read(deps, principal, operatorId, shiftsOf);
}

/** Somebody's time off; notes only for the person and admins. */
export function timeOff(deps: Deps, principal: Principal, operatorId: string): Promise<Result<TimeOffView>> {
  return read(deps, principal, operatorId, timeOffFor(principal));
}

/** Somebody's cap, skills and languages (P19, P20). */
export function operatorRouting(deps: Deps, principal: Principal, operatorId: string): Promise<Result<OperatorRoutingView>> {
  return read(deps, principal, operatorId, routingOf);
}

/** Replaces somebody's shifts; admins only. What leaves a policy in force without anybody is refused at its field (P19, P21). `ifVersion` is the version that was read, any other refuses with `version_conflict`. */
export async function putShifts(deps: Deps, principal: Principal, operatorId: string, input: z.input<typeof putShiftsInput>, ifVersion: number): Promise<Result<ShiftsView>> {
  const refused = refuseUnlessAdmin(principal);
  if (refused) return refused;
  const parsed = parseInput(putShiftsInput, input);
  return parsed.ok ? change(deps, principal, { operatorId, ifVersion, to: parsed.value, view: shiftsOf, contradictedAt: () => 'body.shifts' }) : parsed;
}

/** Replaces somebody's time off; one's own, admins everybody's. */
export async function putTimeOff(deps: Deps, principal: Principal, operatorId: string, input: z.input<typeof putTimeOffInput>, ifVersion: number): Promise<Result<TimeOffView>> {
  const whose = ownOrAdmins(principal, operatorId);
  if (!whose.ok) return whose;
  const parsed = parseInput(putTimeOffInput, input);
  return parsed.ok ? change(deps, principal, { operatorId, ifVersion, to: parsed.value, view: timeOffFor(principal) }) : parsed;
}

/** Replaces somebody's cap, skills and languages; admins only. What leaves a policy in force without anybody is refused at its field (P19, P20). */
export async function putOperatorRouting(deps: Deps, principal: Principal, operatorId: string, input: z.input<typeof putRoutingInput>, ifVersion: number): Promise<Result<OperatorRoutingView>> {
  const refused = refuseUnlessAdmin(principal);
  if (refused) return refused;
  const parsed = parseInput(putRoutingInput, input);
  return parsed.ok ? change(deps, principal, { operatorId, ifVersion, to: parsed.value, view: routingOf, contradictedAt: (before) => lostField(before, parsed.value) }) : parsed;
}

function timeOffFor(principal: Principal) {
  return (row: PersonTimeRow) => timeOffOf(row, { withNotes: maySeeAllOf(principal, row.id) });
}

async function read<T>({ prisma }: Deps, principal: Principal, operatorId: string, view: (row: PersonTimeRow) => T): Promise<Result<T>> {
  const whose = operatorNamed(principal, operatorId);
  if (!whose.ok) return whose;
  const row = await findPersonTime(prisma, principal.teamId, whose.value);
  return row === null ? NO_SUCH_OPERATOR : ok(view(row));
}

/** Which of the three takes somebody from the policies that relied on them. */
function lostField(before: PersonTimeRow, { cap, skills }: Pick<PersonTimeRow, 'cap' | 'skills'>): string {
  if (cap === 0 && before.cap !== 0) return 'body.cap';
  return before.skills.every((one) => skills.includes(one)) ? 'body.languages' : 'body.skills';
}

interface Change<T> {
  readonly operatorId: string;
  readonly ifVersion: number;
  readonly to: Parameters<typeof updatePersonTime>[2];
  readonly view: (row: PersonTimeRow) => T;
  /** The field that is refused where a policy in force would have nobody left; without it none can. */
  readonly contradictedAt?: (before: PersonTimeRow) => string;
}

async function change<T extends { version: number }>({ prisma }: Deps, principal: Principal, { operatorId, ifVersion, to, view, contradictedAt }: Change<T>): Promise<Result<T>> {
  const whose = operatorNamed(principal, operatorId);
  if (!whose.ok) return whose;
  const { teamId } = principal;
  return prisma.$transaction(async (tx) => {
    // Two people's caps at once would each leave the policy the other; and no policy may begin to need them meanwhile.
    if (contradictedAt !== undefined) await lockTeam(tx, teamId, 'policies');
    const before = await lockPersonTime(tx, teamId, whose.value);
    if (before === null) return NO_SUCH_OPERATOR;
    const conflict = refuseOther(view(before), ifVersion);
    if (conflict) return conflict;
    const brought = contradictedAt === undefined ? [] : await broughtByPeople(tx, teamId, { person: { id: whose.value, ...to } });
    if (contradictedAt !== undefined && brought.length > 0) return refuseFields(brought.map((message) => ({ path: contradictedAt(before), message })));
    const after = await updatePersonTime(tx, { teamId, operatorId: whose.value }, to);
    await announce(tx, teamId, { events: [{ kind: 'presence' }] });
    return ok(view(after));
  });
}
