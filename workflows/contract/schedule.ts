import { z } from 'zod';
import { CLOCK_FIRST_YEAR, MAX_HOLIDAYS, MAX_INTERVALS, WEEKDAYS } from '../domain/schedule.ts';
import { scheduleProblems } from '../domain/schedule-problems.ts';
import { instant, line } from './text.ts';

const interval = z
  .tuple([z.string(), z.string()], 'must be a pair of times like ["09:00", "17:00"]')
  .meta({ description: 'From and until, local, HH:MM. An end at or before its start runs into the next day; 24:00 may end it.' });
const intervals = z.array(interval).max(MAX_INTERVALS, `must have at most ${MAX_INTERVALS} intervals`);

const holiday = z.strictObject({
  date: z.string().max(10, 'must be a date like 2026-12-25').meta({ description: '2026-12-25, or 12-25 with yearly.' }),
  yearly: z.literal(true).optional(),
  open: intervals.optional().meta({ description: 'Replaces the intervals that start that day.' }),
  closed: intervals.optional().meta({ description: 'Cuts the intervals that start that day; without open and closed all of them are removed.' }),
  name: line(200).optional(),
});

const shape = z.strictObject({
  zone: z.string().meta({ description: 'An IANA time zone like Europe/Berlin.' }),
  weekly: z.partialRecord(z.enum(WEEKDAYS), intervals),
  holidays: z.array(holiday).max(MAX_HOLIDAYS, `must be at most ${MAX_HOLIDAYS}`).default([]),
});

function checked(options: { mayStayClosed: boolean }) {
  return shape.superRefine((schedule, context) => {
    for (const { path, message } of scheduleProblems(schedule, options)) context.addIssue({ code: 'custom', path: path.split('.'), message });
  });
}

/** A schedule that deadlines can follow: it opens now and then. */
export const businessHours = checked({ mayStayClosed: false });
/** A schedule that may never open, as somebody's shifts may. */
export const shiftSchedule = checked({ mayStayClosed: true });

/** Ten years of open time. */
export const MAX_ADD_MS = 3_653 * 86_400_000;
/** An instant of the years that the clock knows. */
export const clockInstant = instant.refine((at) => at >= Date.UTC(CLOCK_FIRST_YEAR, 0), `must be in the year ${CLOCK_FIRST_YEAR} or later`);

export const askClock = z
  .strictObject({
    schedule: shiftSchedule,
    from: clockInstant,
    addMs: z
      .int('must be whole milliseconds')
      .min(0, 'must be 0 or more')
      .max(MAX_ADD_MS, `must be at most ${MAX_ADD_MS}, ten years`)
      .optional()
      .meta({ description: 'Open milliseconds to add: asks for dueAt.' }),
    to: clockInstant.optional().meta({ description: 'Asks for openMs in [from, to).' }),
  })
  .superRefine(({ addMs, to, from }, context) => {
    const refuse = (path: string, message: string) => context.addIssue({ code: 'custom', path: [path], message });
    if ((addMs === undefined) === (to === undefined)) refuse('addMs', 'give either addMs or to');
    if (to !== undefined && to < from) refuse('to', 'must not be before from');
  });

export const clockAnswer = z.union([
  z.strictObject({ dueAt: z.iso.datetime() }),
  z.strictObject({ openMs: z.int() }),
]);
export type ClockAnswer = z.infer<typeof clockAnswer>;
