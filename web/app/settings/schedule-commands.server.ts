import { shiftSchedule } from '#workflows/contract/schedule.ts';
import { scheduleInput } from '#workflows/contract/schedules.ts';
import { refuseField } from '#workflows/domain/errors.ts';
import type { Result } from '#workflows/domain/errors.ts';
import { HOUR_MS, MINUTE_MS } from '#workflows/domain/instant.ts';
import { textOf } from '../desk.server.ts';
import type { Command } from '../outcome.server.ts';
import { fromPage, instantIn } from './from-page.server.ts';

/** Stores the schedule of the page: a new one, or the next version of the one that was read. */
export async function saveSchedule({ desk, form }: Command): Promise<Result<unknown>> {
  const given = fromPage(scheduleInput, textOf(form, 'body'), 'body');
  if (!given.ok) return given;
  const id = textOf(form, 'id');
  return id === '' ? desk.createSchedule(given.value) : desk.putSchedule(id, given.value, Number(textOf(form, 'version')));
}

/** The what-if of the schedule that is on the page, either question; its times are local in the schedule's zone. */
export async function whatIfClock({ desk, form }: Command): Promise<Result<unknown>> {
  const schedule = fromPage(shiftSchedule, textOf(form, 'schedule'), 'body.schedule');
  if (!schedule.ok) return schedule;
  const from = instantIn(schedule.value.zone, textOf(form, 'from'));
  if (from === null) return refuseField('body.from', 'must be a date and a time');
  if (textOf(form, 'question') === 'open') {
    const to = instantIn(schedule.value.zone, textOf(form, 'to'));
    return to === null ? refuseField('body.to', 'must be a date and a time') : desk.whatIfClock({ schedule: schedule.value, from, to });
  }
  const addMs = Number(textOf(form, 'hours')) * HOUR_MS + Number(textOf(form, 'minutes')) * MINUTE_MS;
  return desk.whatIfClock({ schedule: schedule.value, from, addMs });
}
