import type { CsatAsking } from './csat.ts';
import type { Priority } from './priority.ts';
import { DEFAULT_ROUTING_POLICY, effectiveRoutingPolicy } from './routing-policy.ts';
import type { RoutingPolicy } from './routing-policy.ts';

export const ON_ESCALATE = ['continue', 'pause', 'flag'] as const;
export type OnEscalate = (typeof ON_ESCALATE)[number];

/** `auto`: ai wherever an agent serves the channel, reopen where none does (P9). */
export const AFTER_RESOLVE = ['auto', 'ai', 'reopen'] as const;
export type AfterResolve = (typeof AFTER_RESOLVE)[number];

export interface HandoverCase {
  /** Stable slug, unique in the list. */
  readonly key: string;
  /** Plain words: when this case applies. */
  readonly when: string;
  readonly action: 'escalate' | 'never';
  readonly priority: Priority;
  readonly skills: readonly string[];
  readonly group: string | null;
}

export interface LadderStep {
  /** Days of 24 h since the ticket became on_customer; each step counts from the moment the one before was done. */
  readonly day: number;
  readonly action: 'remind' | 'resolve';
}

/** Everything an admin can set that a ticket follows. A team has one; an agent overrides parts of it. */
export interface Policy {
  /** P57: off means that no ticket is escalated; conversations stay listed and can be taken over. */
  readonly helpDesk: boolean;
  /** P58, in the order in which they are tried. */
  readonly handoverCases: readonly HandoverCase[];
  /** The priority of an escalation without a case. */
  readonly defaultPriority: Priority;
  readonly onEscalate: OnEscalate;
  readonly holdingMessage: string;
  /** The holding message is repeated at most this often, when the requester writes again. */
  readonly holdingEveryMinutes: number;
  /** P16, minutes after the last human message; null = off. */
  readonly autoResumeMinutes: number | null;
  readonly afterResolve: AfterResolve;
  /** P9, days of 24 h from resolved to closed. */
  readonly reopenWindowDays: number;
  /** P45: whether a customer is asked how it was, after somebody resolved it by hand. */
  readonly csat: CsatAsking;
  /** P37, in on_customer only; empty = off. */
  readonly autoCloseLadder: readonly LadderStep[];
  readonly reminderMessage: string;
  /** P7, minutes an external agent has to answer. */
  readonly turnMinutes: number;
  /** P30: the hours in which people work; null = the team's default schedule. */
  readonly scheduleId: string | null;
  /** P38: once per closed period, with the next opening at `{opening}`; empty = off. */
  readonly outOfHoursMessage: string;
  /** P46, P47: whether what customers and people write may be given to the language model to be translated. */
  readonly translation: boolean;
  /** P18 to P24, P29. */
  readonly assignment: RoutingPolicy;
}

/** Every default, in this one place. */
export const DEFAULT_POLICY: Policy = {
  helpDesk: false,
  handoverCases: [],
  defaultPriority: 'normal',
  onEscalate: 'continue',
  holdingMessage: 'Thank you. A colleague will take over this conversation and get back to you here.',
  holdingEveryMinutes: 5,
  autoResumeMinutes: null,
  afterResolve: 'auto',
  reopenWindowDays: 4,
  csat: 'off',
  autoCloseLadder: [
    { day: 4, action: 'remind' },
    { day: 6, action: 'remind' },
    { day: 7, action: 'resolve' },
  ],
  reminderMessage: 'We have not heard from you for a while. Do you still need help? Just answer this message.',
  turnMinutes: 2,
  scheduleId: null,
  outOfHoursMessage: '',
  translation: true,
  assignment: DEFAULT_ROUTING_POLICY,
};

export type PolicyKey = keyof Policy;
export const POLICY_KEYS: readonly PolicyKey[] = [
  'helpDesk',
  'handoverCases',
  'defaultPriority',
  'onEscalate',
  'holdingMessage',
  'holdingEveryMinutes',
  'autoResumeMinutes',
  'afterResolve',
  'reopenWindowDays',
  'csat',
  'autoCloseLadder',
  'reminderMessage',
  'turnMinutes',
  'scheduleId',
  'outOfHoursMessage',
  'translation',
  'assignment',
];

/** What one scope sets; of assignment, too, only what it names. */
export type PolicyLayer = Partial<Omit<Policy, 'assignment'>> & { readonly assignment?: Partial<RoutingPolicy> };

/** The policy in force: the defaults, under the team's settings, under the agent's. */
export function effectivePolicy(team: PolicyLayer, agent: PolicyLayer = {}): Policy {
  return { ...DEFAULT_POLICY, ...team, ...agent, assignment: effectiveRoutingPolicy(team.assignment ?? {}, agent.assignment) };
}
