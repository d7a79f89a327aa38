import { refuseField } from '#workflows/domain/errors.ts';
import type { Refusal } from '#workflows/domain/errors.ts';

/** A calendar file is one field of whatever carries it. */
export function refuseIcal(message: string): Refusal {
  return refuseField('body.ical', message);
}
