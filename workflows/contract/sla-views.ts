import { z } from 'zod';
import { CLOCK_KINDS, PAUSING_STATUSES } from '../domain/sla-policy.ts';
import { CLOCK_STATES } from '../domain/sla-clocks.ts';
import { slaPolicyInput, slaPolicyList } from './sla.ts';

// SLA as programs and pages read it.

const at = z.iso.datetime();

/** PUT /sla: the whole list, from top to bottom. */
export const putSla = z.strictObject({ policies: slaPolicyList });

export const slaView = z.strictObject({
  version: z.int().meta({ description: 'Grows with every edit of the policies and of the hours that their clocks count by; 0: never set.' }),
  policies: z.array(slaPolicyInput),
  changedBy: z.strictObject({ kind: z.string(), id: z.string().optional(), name: z.string().optional() }).loose().nullable(),
  changedAt: at.nullable(),
});
export type SlaView = z.infer<typeof slaView>;

const clock = z.strictObject({
  kind: z.enum(CLOCK_KINDS),
  startedAt: at,
  dueAt: at.nullable().meta({ description: 'Null while paused, and where the schedule never opens for long enough.' }),
  warnAt: at.nullable(),
  usedMs: z.number().meta({ description: 'In the clock’s own hours, like every …Ms here.' }),
  pausedMs: z.number(),
  leftMs: z.number().meta({ description: 'Of its target; 0 once that is used up: lateByMs then says how late it is.' }),
  state: z.enum(CLOCK_STATES),
  lateByMs: z.number(),
  pausedBy: z.enum(PAUSING_STATUSES).nullable().meta({ description: 'The status of the ticket in which the clock stands still.' }),
  isCounting: z.boolean().meta({ description: 'Time counts for it at this moment: it goes on, and its hours are open. Then leftMs falls, or lateByMs grows, as time passes.' }),
  countingChangesAt: at.nullable().meta({ description: 'When its hours close, or open, next; null: it has ended or is paused, or every hour counts.' }),
});

const alarm = z.strictObject({ kind: z.enum(['sla_warning', 'sla_breach']), clock: z.enum(CLOCK_KINDS), at });

/** P36: each clock, by which policy and hours, and what fires next. */
export const ticketClocks = z.strictObject({
  at: at.meta({ description: 'As of when: every …Ms is what it was then.' }),
  policy: z.string().nullable().meta({ description: 'The SLA policy that fits the ticket now; null: none does.' }),
  schedule: z.string().nullable().meta({ description: 'The schedule of business hours; null: the team has none, and every hour counts.' }),
  clocks: z.array(clock),
  alarms: z.array(alarm).meta({ description: 'The warnings and breaches to come, earliest first; as long as a clock is paused it has none.' }),
  next: z.strictObject({ kind: z.string(), clock: z.enum(CLOCK_KINDS).nullable(), at }).nullable().meta({ description: 'The ticket’s next timer of any kind: the first of `timers` of the ticket and of `alarms`.' }),
});
export type TicketClocks = z.infer<typeof ticketClocks>;
