import { contentVersion } from '#prisma/store/people-time.ts';
import type { PersonTimeRow } from '#prisma/store/people-time.ts';
import type { OperatorRoutingView, ShiftsView, TimeOffView } from '#workflows/contract/people-time-views.ts';
import type { Refusal } from '#workflows/domain/errors.ts';
import { versionConflict } from '../version-conflict.ts';

export function shiftsOf({ id: operatorId, shifts }: PersonTimeRow): ShiftsView {
  return { operatorId, version: contentVersion(shifts), shifts };
}

/** Why somebody is off is theirs to tell: notes only for themselves and admins. */
export function timeOffOf({ id: operatorId, zone, timeOff }: PersonTimeRow, { withNotes }: { withNotes: boolean }): TimeOffView {
  const shown = timeOff.map(({ from, to, note }) => ({ from, to, ...(withNotes && note !== undefined && { note }) }));
  return { operatorId, version: contentVersion(timeOff), zone, timeOff: shown };
}

export function routingOf({ id: operatorId, cap, skills, languages }: PersonTimeRow): OperatorRoutingView {
  return { operatorId, version: contentVersion({ cap, skills, languages }), cap, skills, languages };
}

/** Null where what was read is what is stored. */
export function refuseOther(stored: { readonly version: number }, ifVersion: number): Refusal | null {
  return stored.version === ifVersion ? null : versionConflict(stored.version, 'this meanwhile');
}
