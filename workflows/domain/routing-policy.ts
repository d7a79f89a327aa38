/** P18. Stored values; labels live in web. */
export const ROUTING_MODES = ['manual', 'balanced', 'round_robin'] as const;
export type RoutingMode = (typeof ROUTING_MODES)[number];
export type AutomaticMode = Exclude<RoutingMode, 'manual'>;

/** P19: which of somebody's assigned tickets count towards the cap. */
export const CAP_COUNTS = ['active', 'new_and_on_you'] as const;
export type CapCounts = (typeof CAP_COUNTS)[number];

/** P29: how an assignee can be gone. */
export const ASSIGNEE_ABSENCES = ['offline', 'time_off', 'outside_shift'] as const;
export type AssigneeAbsence = (typeof ASSIGNEE_ABSENCES)[number];

/** P24: whom an escalation tells. */
export type EscalateTo =
  | { readonly kind: 'admins' }
  | { readonly kind: 'operator'; readonly id: string }
  | { readonly kind: 'group'; readonly key: string };

/** Everything about assignment that an admin can set. */
export interface RoutingPolicy {
  readonly mode: RoutingMode;
  /** Only members receive; null: everybody who works tickets. A ticket that names a group of its own follows that. */
  readonly eligibleGroup: string | null;
  /** Required besides those that the ticket names. */
  readonly skills: readonly string[];
  /** Required (all of them) where the ticket itself has no language. */
  readonly languages: readonly string[];
  /** Minutes in the queue after which skills and languages narrow no longer; null: they always do. */
  readonly relaxAfterMinutes: number | null;
  /** Business minutes to pick a ticket up; null: as long as it takes. */
  readonly pickUpMinutes: number | null;
  /** So many times is it routed again before it is escalated. */
  readonly pickUpRounds: number;
  /** Minutes without an assignee until it is escalated; null: never. */
  readonly unassignedMinutes: number | null;
  readonly escalateTo: EscalateTo;
  readonly nextShiftFallback: boolean;
  /** P29, the team's alone: at a customer's message their ticket leaves an assignee who is absent like this. */
  readonly reassignReplies: readonly AssigneeAbsence[];
  /** The team's alone: a cap is the operator's, whoever's tickets fill it. */
  readonly capCounts: CapCounts;
  /** The team's alone: automatic tickets a minute that somebody may receive from coming online on; null: as many as the cap admits. */
  readonly rampPerMinute: number | null;
  /** P28, the team's alone: minutes without activity after which somebody online is away; null: never. */
  readonly idleMinutes: number | null;
}

/** Every default of assignment, in this one place. */
export const DEFAULT_ROUTING_POLICY: RoutingPolicy = {
  mode: 'manual', // P18
  eligibleGroup: null, // P18
  skills: [], // P18, P20
  languages: [], // P20
  relaxAfterMinutes: 10, // P20
  pickUpMinutes: null, // P24
  pickUpRounds: 3, // P24
  unassignedMinutes: null, // P24
  escalateTo: { kind: 'admins' }, // P24
  nextShiftFallback: false, // P21
  reassignReplies: ['offline', 'time_off'], // P29
  capCounts: 'active', // P19
  rampPerMinute: null, // P19
  idleMinutes: null, // P28
};

/** What an agent may override (P18); the rest is about people, and the team's alone. */
export const AGENT_ROUTING_KEYS = [
  'mode',
  'eligibleGroup',
  'skills',
  'languages',
  'relaxAfterMinutes',
  'pickUpMinutes',
  'pickUpRounds',
  'unassignedMinutes',
  'escalateTo',
  'nextShiftFallback',
] as const satisfies readonly (keyof RoutingPolicy)[];
export type AgentRouting = Partial<Pick<RoutingPolicy, (typeof AGENT_ROUTING_KEYS)[number]>>;

/** The policy in force: the defaults, under the team's settings, under the agent's. */
export function effectiveRoutingPolicy(team: Partial<RoutingPolicy>, agent: AgentRouting = {}): RoutingPolicy {
  return { ...DEFAULT_ROUTING_POLICY, ...team, ...agent };
}
