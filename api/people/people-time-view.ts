import { contentVersion } from '#prisma/store/people-time.ts';
import type { PersonTimeRow } from '#prisma/store/people-time.ts';
import type { OperatorRoutingView, ShiftsView, TimeOffView } from '#workflows/contract/people-time-views.ts';
import type { Refusal } from '#workflows/domain/errors.ts';
import { swallowedShifts } from '#workflows/domain/swallowed-shifts.ts';
import { versionConflict } from '../version-conflict.ts';

export function shiftsOf(row: PersonTimeRow): ShiftsView {
  const { id: operatorId, shifts } = row;
  return { operatorId, version: contentVersion(shifts), shifts, swallowed: swallowedOf(row) };
}

/** Why somebody is off is theirs to tell: notes only for themselves and admins. */
export function timeOffOf(row: PersonTimeRow, { withNotes }: { withNotes: boolean }): TimeOffView {
  const { id: operatorId, zone, timeOff } = row;
  const shown = timeOff.map(({ from, to, note }) => ({ from, to, ...(withNotes && note !== undefined && { note }) }));
  return { operatorId, version: contentVersion(timeOff), zone, timeOff: shown, swallowed: swallowedOf(row) };
}

/** P27: time off wins over shifts, and says which. */
function swallowedOf({ shifts, timeOff, zone }: PersonTimeRow): TimeOffView['swallowed'] {
  return swallowedShifts(shifts, timeOff, zone).map((one) => ({ ...one, shifts: [...one.shifts] }));
}

export function routingOf({ id: operatorId, cap, skills, languages }: PersonTimeRow): OperatorRoutingView {
  return { operatorId, version: contentVersion({ cap, skills, languages }), cap, skills, languages };
}

/** Null where what was read is what is stored. */
export function refuseOther(stored: { readonly version: number }, ifVersion: number): Refusal | null {
  return stored.version === ifVersion ? null : versionConflict(stored.version, 'this meanwhile');
}
