import { availabilityOf } from '#workflows/domain/availability.ts';
import type { Instant } from '#workflows/domain/instant.ts';
import type { SqlDb } from '../transaction.ts';
import { idleMinutesOf } from './policies.ts';
import { readConnected } from './presence.ts';

/**
 * Whether somebody of the team could answer a customer now (P2): effectively online (P26), which is what automatic
 * assignment asks for, too. It stands on paths that are read often: ask only where the answer matters.
 */
export async function isAnybodyThere(db: SqlDb, teamId: string, at: Instant): Promise<boolean> {
  const connected = await readConnected(db, teamId, at);
  const idleMinutes = connected.length === 0 ? null : await idleMinutesOf(db, teamId);
  return connected.some((person) => availabilityOf({ ...person, idleMinutes }, at).status === 'online');
}
