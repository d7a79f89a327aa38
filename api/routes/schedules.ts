import { z } from 'zod';
import { idOf } from '#workflows/contract/ids.ts';
import { deleteScheduleQuery, importedHolidaysView, importHolidays as importHolidaysInput, scheduleInput, scheduleView } from '#workflows/contract/schedules.ts';
import { pageOf } from '#workflows/contract/views.ts';
import { route } from '../http/route.ts';
import { deleteSchedule } from '../schedules/delete-schedule.ts';
import { importHolidays } from '../schedules/import-holidays.ts';
import { createSchedule, putSchedule, schedule, schedules } from '../schedules/schedules.ts';
import { wholeList } from './whole-list.ts';

const ofSchedule = z.strictObject({ scheduleId: idOf('schedule') });

export const scheduleRoutes = [
  route({
    method: 'get', path: '/schedules', name: 'listSchedules', tag: 'Schedules', who: 'reader',
    summary: 'The team’s business hours, its default first',
    answer: pageOf(scheduleView),
    run: async (deps, { principal }) => wholeList(await schedules(deps, principal)),
  }),
  route({
    method: 'post', path: '/schedules', name: 'createSchedule', tag: 'Schedules', who: 'admin', status: 201,
    summary: 'Make a schedule; the team’s first becomes its default',
    body: scheduleInput, answer: scheduleView, hasVersion: true,
    refusals: ['exists'],
    run: (deps, { principal, body }) => createSchedule(deps, principal, body),
  }),
  route({
    method: 'get', path: '/schedules/{scheduleId}', name: 'getSchedule', tag: 'Schedules', who: 'reader', hasVersion: true,
    summary: 'A schedule with its holidays',
    params: ofSchedule, answer: scheduleView,
    refusals: ['not_found'],
    run: (deps, { principal, params }) => schedule(deps, principal, params.scheduleId),
  }),
  route({
    method: 'put', path: '/schedules/{scheduleId}', name: 'putSchedule', tag: 'Schedules', who: 'admin', hasVersion: true,
    summary: 'Replace a schedule by a new version',
    description: 'If-Match names the version that was read. `isDefault: true` makes it the team’s default in the place of another; left out, it stays what it is.',
    params: ofSchedule, body: scheduleInput, answer: scheduleView,
    refusals: ['not_found', 'version_conflict', 'exists'],
    run: (deps, { principal, params, body, ifVersion }) => putSchedule(deps, principal, params.scheduleId, body, ifVersion),
  }),
  route({
    method: 'delete', path: '/schedules/{scheduleId}', name: 'deleteSchedule', tag: 'Schedules', who: 'admin',
    summary: 'Remove a schedule',
    description: 'One that is in use is refused with `in_use`, which says by what, until `replaceBy` names the schedule that takes its place.',
    params: ofSchedule, query: deleteScheduleQuery,
    refusals: ['not_found', 'in_use'],
    run: (deps, { principal, params, query }) => deleteSchedule(deps, principal, params.scheduleId, query),
  }),
  route({
    method: 'post', path: '/schedules/{scheduleId}/holidays/import', name: 'importHolidays', tag: 'Schedules', who: 'admin',
    summary: 'Add the holidays of a calendar file',
    description: 'iCalendar (RFC 5545): all-day events close their days, timed ones cut their hours, yearly rules become yearly holidays or are written out ten years ahead. A date that the schedule knows stays as it is.',
    params: ofSchedule, body: importHolidaysInput, bulkField: 'ical', answer: importedHolidaysView,
    refusals: ['not_found'],
    run: (deps, { principal, params, body }) => importHolidays(deps, principal, params.scheduleId, body),
  }),
];
