import { z } from 'zod';
import { CHANNELS } from '../domain/channel.ts';
import { DAY_MS, HOUR_MS } from '../domain/instant.ts';
import { PRIORITIES } from '../domain/priority.ts';
import {
  CLOCK_HOURS,
  DEFAULT_HOURS,
  DEFAULT_PAUSES_ON,
  DEFAULT_WARN_PERCENT,
  MOST_ACTIONS,
  NOTIFIED_GROUPS,
  PAUSING_STATUSES,
  type PausingStatus,
} from '../domain/sla-policy.ts';
import { idOf } from './ids.ts';
import { line, tagName } from './text.ts';

// SLA policies as admins write them (P31, P33): names, limits and defaults; what they mean is the domain's.

const TEN_YEARS_MS = 3_653 * DAY_MS;
const NO_WARNING = 'must be 1 to 99: a warning at 100 or later would come with the breach, or after it';

function targetWith(pausesOn: readonly PausingStatus[]) {
  return z.strictObject({
    ms: z
      .int('must be a whole number of milliseconds')
      .min(1, 'must be more than 0: nobody can answer in no time')
      .max(TEN_YEARS_MS, 'must be at most ten years of milliseconds')
      .meta({ description: 'Milliseconds of the target’s own hours.', example: 4 * HOUR_MS }),
    hours: z.enum(CLOCK_HOURS).default(DEFAULT_HOURS),
    warnPercent: z.int('must be a whole number').min(1, NO_WARNING).max(99, NO_WARNING).default(DEFAULT_WARN_PERCENT),
    pausesOn: z
      .array(z.enum(PAUSING_STATUSES))
      .max(PAUSING_STATUSES.length)
      .default([...pausesOn])
      .meta({ description: 'The statuses in which the clock stands still; a status that is not named here lets it go on.' }),
  });
}

/** A kind that is left out has no clock. */
export const slaTargets = z.strictObject({
  firstReply: targetWith(DEFAULT_PAUSES_ON.firstReply).optional(),
  nextReply: targetWith(DEFAULT_PAUSES_ON.nextReply).optional(),
  resolution: targetWith(DEFAULT_PAUSES_ON.resolution).optional(),
});

export const slaAction = z.discriminatedUnion(
  'action',
  [
    z.strictObject({ action: z.literal('notify'), to: z.array(z.union([z.enum(NOTIFIED_GROUPS), idOf('operator')])).min(1, 'must name somebody').max(50).default(['assignee']) }),
    z.strictObject({ action: z.literal('raise_priority') }),
    z.strictObject({
      action: z.literal('reassign'),
      always: z.boolean().default(false).meta({ description: 'Also what a person has assigned by hand; else only what was assigned automatically.' }),
    }),
    z.strictObject({ action: z.literal('tag'), tag: tagName }),
    z.strictObject({
      action: z.literal('webhook'),
      webhookId: idOf('webhook').meta({ description: 'Gets the event whatever it listens to; a webhook that hears of it anyway gets it once.' }),
    }),
  ],
  { error: 'must be notify, raise_priority, reassign, tag or webhook' },
);

const actions = z.array(slaAction).max(MOST_ACTIONS).default([]);

const NOTHING = 'must name at least one: a condition of nothing would fit no ticket';

/** Every condition that is given must hold; of a list any one is enough. None: every ticket. */
const conditions = z.strictObject({
  agents: z.array(idOf('agent')).min(1, NOTHING).max(100).optional(),
  channels: z.array(z.enum(CHANNELS)).min(1, NOTHING).max(CHANNELS.length).optional(),
  priorities: z.array(z.enum(PRIORITIES)).min(1, NOTHING).max(PRIORITIES.length).optional(),
  tags: z.array(tagName).min(1, NOTHING).max(100).optional(),
  requesters: z.array(idOf('requester')).min(1, NOTHING).max(100).optional(),
});

export const slaPolicyInput = z.strictObject({
  name: line(100),
  conditions: conditions.default({}),
  targets: slaTargets.default({}).meta({ description: 'None: the tickets that fit have no clocks.' }),
  scheduleId: line(64).nullable().default(null).meta({ description: 'Whose hours are business hours; null: the agent’s, else the team’s.' }),
  onWarning: actions,
  onBreach: actions,
});
export type SlaPolicyInput = z.output<typeof slaPolicyInput>;

/** A team's policies from top to bottom: the first that fits a ticket is its own. */
export const slaPolicyList = z
  .array(slaPolicyInput)
  .max(100)
  .superRefine((policies, context) => {
    policies.forEach(({ name }, i) => {
      if (policies.findIndex((one) => one.name === name) < i) context.addIssue({ code: 'custom', path: [i, 'name'], message: 'is the name of a policy above' });
    });
  });
