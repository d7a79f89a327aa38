import type { Channel } from './channel.ts';
import type { Priority } from './priority.ts';

/** The clocks of a ticket (P32), in the order in which they are shown. */
export const CLOCK_KINDS = ['first_reply', 'next_reply', 'resolution'] as const;
export type ClockKind = (typeof CLOCK_KINDS)[number];

/** Calendar hours never close; business hours are those of the schedule. */
export const CLOCK_HOURS = ['business', 'calendar'] as const;
export type ClockHours = (typeof CLOCK_HOURS)[number];

/** The statuses in which a target may pause. In the others it is us that the ticket waits for. */
export const PAUSING_STATUSES = ['on_hold', 'on_customer'] as const;
export type PausingStatus = (typeof PAUSING_STATUSES)[number];

export interface SlaTarget {
  readonly ms: number;
  readonly hours: ClockHours;
  /** The share of `ms` at which a warning is given, 1 to 99: at 100 it would be the breach. */
  readonly warnPercent: number;
  readonly pausesOn: readonly PausingStatus[];
}

/** A kind without a target has no clock. */
export interface SlaTargets {
  readonly firstReply?: SlaTarget;
  readonly nextReply?: SlaTarget;
  readonly resolution?: SlaTarget;
}

export const DEFAULT_HOURS: ClockHours = 'business';
export const DEFAULT_WARN_PERCENT = 75;
/** P31: a customer waits for an answer whatever we wait for; a solution may wait for them or for others. */
export const DEFAULT_PAUSES_ON: Readonly<Record<keyof SlaTargets, readonly PausingStatus[]>> = {
  firstReply: [],
  nextReply: [],
  resolution: ['on_customer', 'on_hold'],
};

export function targetOf(targets: SlaTargets, kind: ClockKind): SlaTarget | undefined {
  switch (kind) {
    case 'first_reply':
      return targets.firstReply;
    case 'next_reply':
      return targets.nextReply;
    case 'resolution':
      return targets.resolution;
  }
}

/** Whom a notice of a warning or breach reaches, beside operators named by id. */
export const NOTIFIED_GROUPS = ['assignee', 'admins', 'everyone'] as const;

/** So many things at one warning or breach. */
export const MOST_ACTIONS = 10;

/** What is done at a warning or a breach (P33). */
export type SlaAction =
  | { readonly action: 'notify'; readonly to: readonly string[] }
  /** One step (P6). */
  | { readonly action: 'raise_priority' }
  /** Routed again; `always`: also what a person has assigned by hand. */
  | { readonly action: 'reassign'; readonly always: boolean }
  | { readonly action: 'tag'; readonly tag: string }
  /** Sent to this endpoint, also where it does not listen to such events by itself; still once. */
  | { readonly action: 'webhook'; readonly webhookId: string };

/** What a ticket must be; every condition that is given must hold, and of a list any one is enough. */
export interface SlaConditions {
  readonly agents?: readonly string[];
  readonly channels?: readonly Channel[];
  readonly priorities?: readonly Priority[];
  readonly tags?: readonly string[];
  readonly requesters?: readonly string[];
}

export interface SlaPolicy {
  readonly name: string;
  readonly conditions: SlaConditions;
  readonly targets: SlaTargets;
  /** The schedule that its business hours are taken from; null: the agent's, else the team's. */
  readonly scheduleId: string | null;
  readonly onWarning: readonly SlaAction[];
  readonly onBreach: readonly SlaAction[];
}

/** What the conditions of a policy look at. */
export interface SlaSubject {
  readonly agentId: string | null;
  readonly channel: Channel;
  readonly priority: Priority;
  readonly tags: readonly string[];
  readonly requesterId: string;
}

/** The first policy, from the top, whose conditions the ticket fits (P31); null: it has no clocks. */
export function slaPolicyFor<P extends Pick<SlaPolicy, 'conditions'>>(policies: readonly P[], ticket: SlaSubject): P | null {
  return policies.find(({ conditions }) => fits(conditions, ticket)) ?? null;
}

function fits({ agents, channels, priorities, tags, requesters }: SlaConditions, ticket: SlaSubject): boolean {
  return (
    (agents === undefined || (ticket.agentId !== null && agents.includes(ticket.agentId))) &&
    (channels === undefined || channels.includes(ticket.channel)) &&
    (priorities === undefined || priorities.includes(ticket.priority)) &&
    (tags === undefined || tags.some((tag) => ticket.tags.includes(tag))) &&
    (requesters === undefined || requesters.includes(ticket.requesterId))
  );
}
