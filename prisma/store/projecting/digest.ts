import { createHash } from 'node:crypto';
import type { Change } from '#workflows/domain/change.ts';

/** Tells two changes under the same number apart. */
export function digestOf(change: Change): string {
  return createHash('sha256').update(JSON.stringify(change)).digest('base64url').slice(0, 16);
}
