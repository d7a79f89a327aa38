import type { z } from 'zod';
import { shiftSchedule } from '#workflows/contract/schedule.ts';
import { scheduleInput } from '#workflows/contract/schedules.ts';
import { refuse, refuseField } from '#workflows/domain/errors.ts';
import type { Result } from '#workflows/domain/errors.ts';
import { HOUR_MS, MINUTE_MS } from '#workflows/domain/instant.ts';
import { zoneOf } from '#workflows/domain/zone.ts';
import { textOf } from '../desk.server.ts';
import type { Command } from '../outcome.server.ts';

/** Stores the schedule of the page: a new one, or the next version of the one that was read. */
export async function saveSchedule({ desk, form }: Command): Promise<Result<unknown>> {
  const given = fromPage(scheduleInput, textOf(form, 'body'), 'body');
  if (!given.ok) return given;
  const id = textOf(form, 'id');
  return id === '' ? desk.createSchedule(given.value) : desk.putSchedule(id, given.value, Number(textOf(form, 'version')));
}

/** The what-if of the schedule that is on the page; its start is local in the schedule's zone. */
export async function whatIfClock({ desk, form }: Command): Promise<Result<unknown>> {
  const schedule = fromPage(shiftSchedule, textOf(form, 'schedule'), 'body.schedule');
  if (!schedule.ok) return schedule;
  const local = Date.parse(`${textOf(form, 'from')}Z`);
  if (Number.isNaN(local)) return refuseField('body.from', 'must be a date and a time');
  const from = new Date(zoneOf(schedule.value.zone).instantOf(local)).toISOString();
  const addMs = Number(textOf(form, 'hours')) * HOUR_MS + Number(textOf(form, 'minutes')) * MINUTE_MS;
  return desk.whatIfClock({ schedule: schedule.value, from, addMs });
}

/** What a page keeps as state travels as JSON; a wrong field is named as the API names it. */
function fromPage<T extends z.ZodType>(schema: T, json: string, root: string): Result<z.output<T>> {
  const parsed = schema.safeParse(jsonIn(json));
  if (parsed.success) return { ok: true, value: parsed.data };
  return refuse('invalid', 'Some fields cannot be saved like this.', {
    errors: parsed.error.issues.map(({ path, message }) => ({ path: [root, ...path.map(String)].join('.'), message })),
  });
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
