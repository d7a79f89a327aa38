import { isHuman } from '../actor.ts';
import type { AiMode } from '../ai-mode.ts';
import { refuse, type Refusal } from '../errors.ts';
import { type Instant, MINUTE_MS } from '../instant.ts';
import type { Policy } from '../policy.ts';
import type { Scribe } from '../scribe.ts';

// When the AI comes back by itself (P16). That it waits until the ticket has left on_you is the deadline's affair.

type Paused = Extract<AiMode, { kind: 'paused' }>;

/** When the AI resumes after a human step made now; empty where auto-resume is off. */
export function resumeTime(scribe: Scribe, policy: Policy): { resumeAt?: number } {
  return policy.autoResumeMinutes === null ? {} : { resumeAt: scribe.at + policy.autoResumeMinutes * MINUTE_MS };
}

/** Each human message restarts the time; what somebody had put off further stays so. */
export function restartAutoResume(scribe: Scribe, policy: Policy): void {
  const { mode } = scribe.state;
  if (mode.kind !== 'paused') return;
  const { resumeAt } = resumeTime(scribe, policy);
  if (scribe.edition === 1) {
    if (resumeAt !== undefined) writeResumeAt(scribe, mode, resumeAt);
    return;
  }
  setResumeAt(scribe, mode, resumeAt === undefined ? null : Math.max(resumeAt, mode.resumeAt ?? resumeAt));
}

/** The policy was edited: what the pause under way is measured by is the newest, from the last human message on, or the pause. */
export function followAutoResume(scribe: Scribe, { before, now }: { before: Policy; now: Policy }): void {
  const { mode, lastHumanMessageAt } = scribe.state;
  if (scribe.edition === 1 || mode.kind !== 'paused' || now.autoResumeMinutes === before.autoResumeMinutes || !endsByItself(mode, lastHumanMessageAt)) return;
  if (now.autoResumeMinutes === null) {
    setResumeAt(scribe, mode, null);
    return;
  }
  const from = Math.max(mode.since, lastHumanMessageAt ?? mode.since);
  // Later than the old policy says: somebody had put it off, and to then at least it stays.
  const putOffTo = before.autoResumeMinutes !== null && mode.resumeAt !== undefined && mode.resumeAt > from + before.autoResumeMinutes * MINUTE_MS ? mode.resumeAt : from;
  setResumeAt(scribe, mode, Math.max(from + now.autoResumeMinutes * MINUTE_MS, putOffTo));
}

/** A person's pause does, where the policy says so; an agent's and an escalation's only once a person has written in it. */
function endsByItself(mode: Paused, lastHumanMessageAt: Instant | null): boolean {
  if (mode.resumeAt !== undefined) return true;
  if (mode.reason === 'escalated') return false;
  return isHuman(mode.by) || (lastHumanMessageAt !== null && lastHumanMessageAt >= mode.since);
}

/** Puts it off, where there is something to put off. */
export function extendPause(scribe: Scribe, minutes: number): Refusal | null {
  const { mode } = scribe.state;
  if (mode.kind !== 'paused') return refuse('not_paused', 'The AI is not paused here, so there is no pause to extend.');
  if (mode.resumeAt === undefined && scribe.edition !== 1) {
    return refuse('no_auto_resume', 'The AI does not come back by itself here, so there is nothing to put off: it is silent until somebody allows it to answer or the ticket is finished.');
  }
  writeResumeAt(scribe, mode, Math.max(mode.resumeAt ?? scribe.at, scribe.at) + minutes * MINUTE_MS);
  return null;
}

function setResumeAt(scribe: Scribe, mode: Paused, resumeAt: Instant | null): void {
  if ((mode.resumeAt ?? null) !== resumeAt) writeResumeAt(scribe, mode, resumeAt);
}

function writeResumeAt(scribe: Scribe, { resumeAt: _before, ...mode }: Paused, resumeAt: Instant | null): void {
  const next: AiMode = resumeAt === null ? mode : { ...mode, resumeAt };
  const seq = scribe.record({ kind: 'pause_extended', mode: next });
  scribe.set({ mode: next, modeSeq: seq });
}
