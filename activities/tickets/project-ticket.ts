import { setTimeout as pause } from 'node:timers/promises';
import { effectivePolicyFor } from '#store/policies.ts';
import { alreadyWritten, project } from '#store/project.ts';
import type { Projected, ProjectRequest } from '#workflows/contract/activity-types.ts';
import type { ActivityDeps } from '../activity-deps.ts';

// Whoever gave the command holds its answer now and writes the same: then there is nothing left to do here, and nobody waits for a lock.
const HEAD_START_MS = 40;

/** Writes what a ticket decided down, and brings the policy when the ticket follows an older one. */
export async function projectTicket({ prisma, failpoint }: ActivityDeps, request: ProjectRequest): Promise<Projected> {
  failpoint?.('task_complete_not_projected');
  await pause(HEAD_START_MS);
  const outcome = (await alreadyWritten(prisma, request)) ?? (await project(prisma, request, failpoint));
  if (outcome.kind === 'diverged') return outcome;
  const { teamId, agentId, policyVersion } = request.state;
  const newest = await effectivePolicyFor(prisma, teamId, agentId);
  return { ...outcome, policy: newest.version === policyVersion ? null : newest };
}
