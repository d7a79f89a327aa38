import { z } from 'zod';
import { PRESENCE_STATUSES } from '../domain/presence.ts';
import { isZoneName } from '../domain/schedule-problems.ts';
import { WEEKDAYS } from '../domain/schedule.ts';
import { overlappingShifts } from '../domain/shift-overlaps.ts';
import { idOf } from './ids.ts';
import { line } from './text.ts';

// People's time as it is written (P26 to P28): names, limits and defaults; what comes of it is the domain's.

export const zoneName = z
  .string()
  .refine(isZoneName, 'must be an IANA time zone like Europe/Berlin')
  .meta({ description: 'An IANA time zone.', example: 'Europe/Berlin' });

const MAX_SHIFTS = 100;
const MAX_TIMES_OFF = 200;
const startOfShift = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time from 00:00 to 23:59, like 09:00');
const endOfShift = z.string().regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/, 'must be a time from 00:00 to 24:00, like 17:00');

const shift = z
  .strictObject({ weekday: z.enum(WEEKDAYS), start: startOfShift, end: endOfShift, zone: zoneName })
  .meta({ description: 'An end at or before its start runs into the next day; the shift belongs to the day it starts.' });

/** A person's week; without any, their manual status alone decides. */
export const shifts = z
  .array(shift)
  .max(MAX_SHIFTS, `must be at most ${MAX_SHIFTS} shifts`)
  .superRefine((all, context) => {
    for (const { index, earlier } of overlappingShifts(all)) {
      context.addIssue({ code: 'custom', path: [index, 'start'], message: `overlaps shift ${earlier}: leave one out, or join them` });
    }
  });
export const putShifts = z.strictObject({ shifts });

const day = z.iso.date('must be a date that exists, like 2026-12-24');
const noOlderThan = '1970-01-01';
const noNewerThan = '2199-12-31';
const someDay = day.refine((date) => date >= noOlderThan && date <= noNewerThan, `must be from ${noOlderThan} to ${noNewerThan}`);

/** Inclusive dates in the operator's zone. */
export const timeOff = z
  .strictObject({ from: someDay, to: someDay, note: line(200).optional() })
  .refine(({ from, to }) => from <= to, { path: ['to'], message: 'must not be before from' });
/** Time off that overlaps other time off is one absence told twice. */
export const timesOff = z
  .array(timeOff)
  .max(MAX_TIMES_OFF, `must be at most ${MAX_TIMES_OFF}`)
  .superRefine((all, context) => {
    for (const [index, one] of all.entries()) {
      const earlier = all.slice(0, index).findIndex((other) => one.from <= other.to && other.from <= one.to);
      if (earlier >= 0) context.addIssue({ code: 'custom', path: [index, 'from'], message: `overlaps time off ${earlier}: join them` });
    }
  });
export const putTimeOff = z.strictObject({ timeOff: timesOff });

export const presenceStatus = z.enum(PRESENCE_STATUSES);
/** What people say of themselves. */
export const setPresence = z.strictObject({
  status: presenceStatus.optional(),
  stayOnline: z.boolean().optional().meta({ description: 'Pins the status against idleness, and against nothing else.' }),
});

/** P28: 5 minutes to a day; null switches idleness off. */
export const idleMinutes = z
  .int('must be whole minutes')
  .min(5, 'must be 5 to 1440 minutes, or null for off')
  .max(1_440, 'must be 5 to 1440 minutes, or null for off')
  .nullable();

/** What a page says of its person: they are there, on this connection of theirs. */
export const sayHere = z.strictObject({ connection: idOf('lease') });

/** Keeps somebody online for whom no browser does. */
export const heartbeat = z.strictObject({
  active: z.boolean().default(false).meta({ description: 'True: the person did something just now, which idleness counts from.' }),
});
