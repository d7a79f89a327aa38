import { randomBase62 } from '#prisma/store/new-id.ts';
import { principalKey } from './principal.ts';
import type { Principal } from './principal.ts';

/**
 * Names one command: the same principal, deed, target and key are the same command in every process, and two people's
 * equal keys are two. Every id that the command makes derives from it. Without a key each call is a command of its own.
 */
export function commandKey(principal: Principal, { deed, target, key }: { deed: string; target: string; key: string }): string {
  return JSON.stringify([principal.teamId, principalKey(principal), deed, target, key.trim() === '' ? randomBase62(22) : key]);
}
