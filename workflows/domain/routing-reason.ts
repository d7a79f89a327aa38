import type { Instant } from './instant.ts';
import type { AvailabilityReason } from './presence.ts';
import type { AutomaticMode } from './routing-policy.ts';

/** Why somebody was no candidate (P25). Stored values; labels live in web. */
export const EXCLUSIONS = [
  'lacks_skill',
  'lacks_language',
  'off',
  'away',
  'busy',
  'offline',
  'cap_reached',
  'ramp',
  'not_picked_up',
  'shift_not_next',
  'not_in_group',
] as const;

export type Exclusion =
  | { readonly operatorId: string; readonly why: 'not_in_group' | 'busy' | 'offline' | 'not_picked_up' }
  | { readonly operatorId: string; readonly why: 'lacks_skill'; readonly skill: string }
  | { readonly operatorId: string; readonly why: 'lacks_language'; readonly language: string }
  | { readonly operatorId: string; readonly why: 'off'; readonly reason: AvailabilityReason; readonly backAt: Instant | null }
  | { readonly operatorId: string; readonly why: 'away'; readonly reason: AvailabilityReason }
  | { readonly operatorId: string; readonly why: 'cap_reached'; readonly load: number; readonly cap: number }
  /** Came online a moment ago; receives again at `until`. */
  | { readonly operatorId: string; readonly why: 'ramp'; readonly until: Instant }
  /** The ticket is assigned ahead, and no shift of theirs ever starts. */
  | { readonly operatorId: string; readonly why: 'shift_not_next' };

export interface Candidate {
  readonly operatorId: string;
  /** Active tickets assigned or reserved before this decision. */
  readonly load: number;
  /** What breaks the tie: the last assignment (balanced) or the last automatic one (round robin). */
  readonly lastAt: Instant | null;
  /** Assigned ahead: when the shift starts. */
  readonly startsAt: Instant | null;
}

/** Lists in an explanation end here (a pass may make thousands); the counts beside them say how many there were. */
export const CANDIDATES_LISTED = 20;
export const EXCLUDED_LISTED = 50;

/** Everything that "Why assigned to ...?" shows; who was chosen is the first candidate. */
export interface Explanation {
  readonly mode: AutomaticMode;
  /** `next_shift`: nobody who fits is at work, and the policy assigns ahead (P21). */
  readonly how: 'available' | 'next_shift';
  readonly group: string | null;
  readonly skills: readonly string[];
  readonly languages: readonly string[];
  /** It waited long enough for somebody without those skills and languages (P20). */
  readonly isRelaxed: boolean;
  /** Best first. */
  readonly candidates: readonly Candidate[];
  readonly candidateCount: number;
  readonly excluded: readonly Exclusion[];
  readonly excludedCount: number;
}

/** Why a ticket stays in the queue. `manual`: its mode leaves it to people. */
export type WaitReason =
  | { readonly why: 'manual' }
  | {
      readonly why: 'nobody_eligible';
      readonly mode: AutomaticMode;
      readonly group: string | null;
      readonly skills: readonly string[];
      readonly languages: readonly string[];
      readonly isRelaxed: boolean;
      readonly excluded: readonly Exclusion[];
      readonly excludedCount: number;
    };
