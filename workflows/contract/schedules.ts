import { z } from 'zod';
import { WEEKDAYS } from '../domain/schedule.ts';
import { idOf } from './ids.ts';
import { businessHours } from './schedule.ts';
import { line } from './text.ts';
import { actorView } from './views.ts';

/** A team's schedule as admins write it: PUT replaces all of it but the default, which is left as it is unless said. */
export const scheduleInput = z.strictObject({
  name: line(100),
  schedule: businessHours,
  isDefault: z.boolean().optional().meta({ description: 'The team’s default; the first schedule becomes it by itself. Another one loses it to this.' }),
});
export type ScheduleInput = z.infer<typeof scheduleInput>;

export const deleteScheduleQuery = z.strictObject({
  replaceBy: idOf('schedule').optional().meta({ description: 'The schedule that takes the place of this one wherever it is in use.' }),
});

// The body of a request is held to 1 MiB too; what is inside is the importer's to judge.
export const importHolidays = z.strictObject({
  ical: z.string().min(1, 'must be an iCalendar file').meta({ description: 'The text of an iCalendar file (RFC 5545), at most 1 MiB.' }),
});

const openInterval = z.tuple([z.string(), z.string()]);
const holidayView = z.object({
  date: z.string(),
  yearly: z.literal(true).optional(),
  open: z.array(openInterval).optional(),
  closed: z.array(openInterval).optional(),
  name: z.string().optional(),
});

export const scheduleView = z.object({
  id: z.string(),
  name: z.string(),
  version: z.int(),
  isDefault: z.boolean(),
  schedule: z.object({
    zone: z.string(),
    weekly: z.partialRecord(z.enum(WEEKDAYS), z.array(openInterval)),
    holidays: z.array(holidayView),
  }),
  changedBy: actorView,
  changedAt: z.iso.datetime(),
});
export type ScheduleView = z.infer<typeof scheduleView>;

export const importedHolidaysView = z.object({
  schedule: scheduleView,
  added: z.int().meta({ description: 'Holidays of the file that the schedule did not have.' }),
  kept: z.int().meta({ description: 'Holidays of the file on dates that the schedule knew: those stay as they were.' }),
});
export type ImportedHolidaysView = z.infer<typeof importedHolidaysView>;
