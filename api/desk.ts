import type { Desk } from '#workflows/contract/desk.ts';
import type { AppDeps } from './app-deps.ts';
import type { Principal } from './principal.ts';

/** The desk of a signed-in person; null for who is none, or no member any more. */
export async function deskOf(_deps: AppDeps, _principal: Principal): Promise<Desk | null> {
  return null;
}
