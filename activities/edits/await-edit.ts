import { setTimeout as pause } from 'node:timers/promises';
import type { Edit } from '#workflows/contract/activity-types.ts';
import type { ActivityDeps } from '../activity-deps.ts';

/** An api commits right after it started this; one that has not by then is dead, or was refused. */
const LONGEST_MS = 30_000;
const EVERY_MS = 200;

/** True as soon as this version, or a later one, is there. */
export async function awaitEdit({ prisma }: ActivityDeps, { teamId, scope, version }: Edit): Promise<boolean> {
  for (let waited = 0; waited < LONGEST_MS; waited += EVERY_MS) {
    const row = await prisma.policyVersion.findFirst({ where: { teamId, scope, version: { gte: version } }, select: { version: true } });
    if (row !== null) return true;
    await pause(EVERY_MS);
  }
  return false;
}
