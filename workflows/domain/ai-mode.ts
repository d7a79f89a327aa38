import { type Actor, isSameActor } from './actor.ts';
import type { Instant } from './instant.ts';

export const PAUSE_REASONS = ['takeover', 'reply', 'escalated', 'reopened', 'by_hand'] as const;
export type PauseReason = (typeof PAUSE_REASONS)[number];

/** P12: one value per conversation. "AI off" is no third mode: it is a conversation without an agent. */
export type AiMode =
  | { readonly kind: 'replying' }
  | {
      readonly kind: 'paused';
      readonly by: Actor;
      readonly reason: PauseReason;
      readonly since: Instant;
      readonly resumeAt?: Instant;
    };

export const REPLYING: AiMode = { kind: 'replying' };

/** The pause was made by an agent or by the policy's onEscalate; an agent key may end only such a pause (P16). */
export function isPausedByHuman(mode: AiMode): boolean {
  // Whoever escalated, the policy paused: the agent may go on, and nobody has taken the conversation.
  if (mode.kind !== 'paused' || mode.reason === 'escalated') return false;
  if (mode.by.kind === 'operator' || mode.by.kind === 'key') return true;
  return mode.reason === 'reopened';
}

/** Who holds the conversation, if the AI is paused by somebody else than `actor` (P2). */
export function holderOtherThan(mode: AiMode, actor: Actor): Actor | null {
  if (mode.kind !== 'paused' || mode.reason === 'escalated') return null;
  if (mode.by.kind !== 'operator') return null;
  return isSameActor(mode.by, actor) ? null : mode.by;
}
