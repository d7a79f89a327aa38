import { z } from 'zod';
import { EFFECTIVE_STATUSES, PRESENCE_STATUSES } from '../domain/presence.ts';
import { WEEKDAYS } from '../domain/schedule.ts';

// People's time as it is read. Instants are ISO 8601 in UTC; dates and times of day are local to the zone beside them.

const at = z.iso.datetime();
const version = z.int().meta({ description: 'Made of the content; a PUT names it in If-Match.' });
const owner = { operatorId: z.string(), version };

const swallowed = z
  .array(
    z.object({
      from: z.string(),
      to: z.string(),
      count: z.int(),
      shifts: z
        .array(z.object({ date: z.string().meta({ description: 'On which it starts, in its own zone.' }), start: z.string(), end: z.string(), zone: z.string(), isWhole: z.boolean().meta({ description: 'False: some of the shift is left.' }) }))
        .meta({ description: 'The first of them, at most five.' }),
    }),
  )
  .meta({ description: 'The shifts that time off takes, which wins over them: for each time off that takes some, how many.' });

export const shiftsView = z.object({
  ...owner,
  swallowed,
  shifts: z.array(z.object({ weekday: z.enum(WEEKDAYS), start: z.string(), end: z.string(), zone: z.string() })),
});
export type ShiftsView = z.infer<typeof shiftsView>;

export const timeOffView = z.object({
  ...owner,
  swallowed,
  zone: z.string().meta({ description: 'The operator’s own: the dates are of this zone.' }),
  timeOff: z.array(
    z.object({ from: z.string(), to: z.string(), note: z.string().optional().meta({ description: 'For the person and admins alone.' }) }),
  ),
});
export type TimeOffView = z.infer<typeof timeOffView>;

export const operatorRoutingView = z.object({ ...owner, cap: z.int().nullable(), skills: z.array(z.string()), languages: z.array(z.string()) });
export type OperatorRoutingView = z.infer<typeof operatorRoutingView>;

/** All of it for one person, as the pages of settings show the team. */
export interface PersonTimeView {
  readonly operatorId: string;
  readonly name: string;
  readonly zone: string;
  readonly shifts: ShiftsView;
  readonly timeOff: TimeOffView;
  readonly routing: OperatorRoutingView;
}

export const groupView = z.object({ key: z.string(), name: z.string(), members: z.array(z.string()).meta({ description: 'Ids of operators.' }) });
export type GroupView = z.infer<typeof groupView>;

const reason = z.discriminatedUnion('why', [
  z.object({ why: z.literal('set_by_hand') }),
  z.object({ why: z.literal('time_off'), from: z.string(), to: z.string(), zone: z.string() }),
  z.object({ why: z.literal('outside_shift'), zone: z.string().nullable().meta({ description: 'Of the shift that starts next; null when none does.' }) }),
  z.object({ why: z.literal('no_connection'), since: at.nullable() }),
  z.object({ why: z.literal('idle'), since: at }),
]);

export const presenceView = z.object({
  operatorId: z.string(),
  name: z.string(),
  manual: z.enum(PRESENCE_STATUSES).meta({ description: 'What the person says of themselves.' }),
  stayOnline: z.boolean(),
  effective: z.enum(EFFECTIVE_STATUSES).meta({ description: '`off`: time off, or outside a shift.' }),
  reason,
  isConnected: z.boolean().meta({ description: 'A heartbeat of a page or a program says so, whatever the status.' }),
  backAt: at.nullable().meta({ description: 'While off: when the next shift begins, or the time off ends.' }),
  changesAt: at.nullable().meta({ description: 'The earliest instant at which this can differ as long as the connection stays as it is; null: never.' }),
});
export type PresenceView = z.infer<typeof presenceView>;
