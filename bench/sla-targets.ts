import type { z } from 'zod';
import type { slaPolicyInput } from '#workflows/contract/sla.ts';
import { DAY_MS, SECOND_MS } from '#workflows/domain/instant.ts';

/** Targets grow by this: whenever a ticket is born, one of them is due within so much of the window's beginning. */
const STEP_MS = 55 * SECOND_MS;
const STEPS = 40;
export const WINDOW_MS = 60 * SECOND_MS;
/** So far ahead a window may begin. */
export const LONGEST_MS = STEPS * STEP_MS;
const FAR = { ms: 300 * DAY_MS, hours: 'calendar' } as const;
const REPLY_WARN_PERCENT = 75;
/** The resolution's warning comes early, and its breach long after everything. */
const RESOLUTION_WARN_PERCENT = 10;

/** What falls into the window: the breach of the first reply, or the warning of the resolution. */
export interface Due {
  readonly what: 'breach' | 'warning';
  readonly step: number;
}

export const tagOf = ({ what, step }: Due) => `${what}-${step}`;
const replyMs = (step: number) => step * STEP_MS;
const resolutionMs = (step: number) => step * STEP_MS * (100 / RESOLUTION_WARN_PERCENT);

/** Two clocks for every ticket, in calendar hours; a tag says which of them is due when. */
export const POLICIES: readonly z.input<typeof slaPolicyInput>[] = [
  ...Array.from({ length: STEPS }, (_, index) => index + 1).flatMap((step) => [
    aPolicy(tagOf({ what: 'breach', step }), { firstReply: { ms: replyMs(step), hours: 'calendar', warnPercent: REPLY_WARN_PERCENT }, resolution: FAR }),
    aPolicy(tagOf({ what: 'warning', step }), { firstReply: FAR, resolution: { ms: resolutionMs(step), hours: 'calendar', warnPercent: RESOLUTION_WARN_PERCENT } }),
  ]),
  { name: 'rest', targets: { firstReply: FAR, resolution: FAR } },
];

function aPolicy(tag: string, targets: z.input<typeof slaPolicyInput>['targets']): z.input<typeof slaPolicyInput> {
  return { name: tag, conditions: { tags: [tag] }, targets };
}

/** For a ticket that is born at `now`: what is due soonest after the window's beginning. */
export function dueAfter(start: number, { now, what }: { now: number; what: Due['what'] }): Due {
  return { what, step: Math.ceil((start - now) / STEP_MS) };
}

export interface SlaAlarm {
  readonly ticketId: string;
  readonly kind: 'sla_warned' | 'sla_breached';
  readonly clock: 'first_reply' | 'resolution';
  readonly at: number;
}

/** All that such a ticket tells in the next days: calendar hours are plain arithmetic. */
export function alarmsOf({ ticketId, createdAt, due }: { ticketId: string; createdAt: number; due: Due }): readonly SlaAlarm[] {
  const { what, step } = due;
  if (what === 'warning') return [{ ticketId, kind: 'sla_warned', clock: 'resolution', at: createdAt + (resolutionMs(step) * RESOLUTION_WARN_PERCENT) / 100 }];
  return [
    { ticketId, kind: 'sla_warned', clock: 'first_reply', at: createdAt + (replyMs(step) * REPLY_WARN_PERCENT) / 100 },
    { ticketId, kind: 'sla_breached', clock: 'first_reply', at: createdAt + replyMs(step) },
  ];
}
