import { refuse } from '#workflows/domain/errors.ts';
import type { Refusal } from '#workflows/domain/errors.ts';

/** Somebody else's version is in force; `what` was changed, in words. */
export function versionConflict(version: number, what = 'these settings'): Refusal {
  return refuse('version_conflict', `Somebody changed ${what}: version ${version} is in force now. Read it and decide again.`);
}
