import type { TicketState } from './ticket-state.ts';

/**
 * Names the versions of everything that a ticket follows, like `t3.a2`, and `t3.a2.s5` for a team with SLA policies:
 * s counts their edits and those of the hours that their clocks count by.
 */
export function followedVersion({ team, agent, sla }: { team: number; agent: number; sla: number }): string {
  return `t${team}.a${agent}${sla === 0 ? '' : `.s${sla}`}`;
}

/** Whether a version has anything newer than another: each part only grows. Another form of version is another version. */
export function isNewer(version: string, than: string): boolean {
  const parts = /^t(\d+)\.a(\d+)(?:\.s(\d+))?$/;
  const [mine, theirs] = [parts.exec(version), parts.exec(than)];
  if (mine === null || theirs === null) return version !== than;
  return [1, 2, 3].some((part) => Number(mine[part] ?? 0) > Number(theirs[part] ?? 0));
}

/** 0: the team has no SLA policies, and nothing is measured. */
export function slaVersionOf(policyVersion: string): number {
  return Number(/\.s(\d+)$/.exec(policyVersion)?.[1] ?? 0);
}

/** What decides which SLA policy a ticket has and how its clocks are measured, apart from its facts: another key asks for a new measure. The whole version counts: an agent's policy names hours, too. */
export function slaKeyOf({ policyVersion, priority, tags }: Pick<TicketState, 'policyVersion' | 'priority' | 'tags'>): string {
  return JSON.stringify([policyVersion, priority, ...tags]);
}

/** The clocks must be measured: for the first time, or because facts, policies or hours are others than when they were. */
export function owesMeasure({ sla, slaInForce, ...state }: TicketState): boolean {
  if (sla === null || slaVersionOf(state.policyVersion) === 0) return false;
  return sla.measured?.revision !== sla.revision || slaInForce?.key !== slaKeyOf(state);
}
