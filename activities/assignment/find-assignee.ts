import { readPresence } from '#store/presence.ts';
import { availabilityOf } from '#workflows/domain/availability.ts';
import type { AssigneeAbsence } from '#workflows/domain/routing-policy.ts';
import type { ActivityDeps } from '../activity-deps.ts';

/** P29: how an assignee is gone. Busy and away are not gone; whoever has left the team, or may only read by now, is offline for good. */
export async function findAssignee({ prisma, now }: ActivityDeps, { teamId, operatorId }: { teamId: string; operatorId: string }): Promise<AssigneeAbsence | null> {
  const person = (await readPresence(prisma, teamId)).find((one) => one.operatorId === operatorId);
  if (person === undefined || !person.worksTickets) return 'offline';
  const { status, reason } = availabilityOf({ ...person, idleMinutes: null }, now());
  if (reason.why === 'time_off' || reason.why === 'outside_shift') return reason.why;
  return status === 'offline' ? 'offline' : null;
}
