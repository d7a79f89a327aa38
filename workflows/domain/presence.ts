import type { Instant } from './instant.ts';

/** What people set themselves (P26), in the order people read them. Stored values; labels live in web. */
export const PRESENCE_STATUSES = ['online', 'away', 'busy', 'offline'] as const;
export type PresenceStatus = (typeof PRESENCE_STATUSES)[number];

/** What comes of it: `off` is time off, or outside a scheduled shift. */
export const EFFECTIVE_STATUSES = [...PRESENCE_STATUSES, 'off'] as const;
export type EffectiveStatus = (typeof EFFECTIVE_STATUSES)[number];

/** Why somebody's effective status is what it is. */
export type AvailabilityReason =
  | { readonly why: 'set_by_hand' }
  /** Inclusive dates (YYYY-MM-DD) in the operator's zone. */
  | { readonly why: 'time_off'; readonly from: string; readonly to: string; readonly zone: string }
  /** The zone of the shift that starts next; null when none ever does. */
  | { readonly why: 'outside_shift'; readonly zone: string | null }
  /** Online by hand, and no live connection's lease says so; since null: there was none. */
  | { readonly why: 'no_connection'; readonly since: Instant | null }
  | { readonly why: 'idle'; readonly since: Instant };

export interface Availability {
  readonly status: EffectiveStatus;
  readonly reason: AvailabilityReason;
  /** False: manual status alone decides (P27). */
  readonly hasShifts: boolean;
  /** While off: when the next shift begins (after the time off), or the time off ends for somebody without shifts. Else null. */
  readonly backAt: Instant | null;
  /** The earliest later instant at which this answer can differ if nobody does anything; null: never. */
  readonly changesAt: Instant | null;
}

/** P26: only online receives automatic assignments. */
export function isAvailable({ status }: Availability): boolean {
  return status === 'online';
}

/** At work though perhaps full, busy or at lunch: whoever is, will take a ticket sooner than the next shift. */
export function isOnDuty({ status, hasShifts }: Availability): boolean {
  return status === 'online' || (hasShifts && (status === 'away' || status === 'busy'));
}
