import type { Actor } from '#workflows/domain/actor.ts';
import type { AiMode } from '#workflows/domain/ai-mode.ts';
import type { NameActor } from '#prisma/store/actor-names.ts';
import type { AiView } from '#workflows/contract/views.ts';
import { iso, isoOrNull } from './instants.ts';

export interface StoredMode {
  readonly mode: AiMode;
  readonly epoch: number;
  readonly agent_id: string | null;
}

/** Who paused the AI, to look up their name. */
export function pausersOf({ mode }: StoredMode): Actor[] {
  return mode.kind === 'paused' ? [mode.by] : [];
}

/** The line about the AI (P12): `off` is a conversation without an agent. */
export function toAiView({ mode, epoch, agent_id: agentId }: StoredMode, nameOf: NameActor): AiView {
  const state = agentId === null ? 'off' : mode.kind;
  if (mode.kind === 'replying') return { state, epoch, pausedBy: null, reason: null, since: null, resumeAt: null };
  return { state, epoch, pausedBy: nameOf(mode.by), reason: mode.reason, since: iso(mode.since), resumeAt: isoOrNull(mode.resumeAt) };
}

/** P14: the AI handles the channel while there is an agent and nobody has paused it. */
export function isAiHandling({ mode, agent_id: agentId }: StoredMode): boolean {
  return agentId !== null && mode.kind === 'replying';
}

