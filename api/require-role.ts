import { refuse } from '#workflows/domain/errors.ts';
import type { Refusal } from '#workflows/domain/errors.ts';
import { isAdmin, mayRead, mayWrite } from './principal.ts';
import type { Principal } from './principal.ts';

/** Null for who may read the team; an agent key sees its own conversations only. */
export function refuseUnlessReader(principal: Principal): Refusal | null {
  return mayRead(principal) ? null : refuse('forbidden', 'An agent key reads its own conversations only. Use a key with role viewer, operator or admin.');
}

/** Null for who may work tickets. */
export function refuseUnlessWriter(principal: Principal): Refusal | null {
  return mayWrite(principal) ? null : refuse('forbidden', `This needs the role operator or admin; ${whoIs(principal)}.`);
}

/** Null for who may change settings, people and keys. */
export function refuseUnlessAdmin(principal: Principal): Refusal | null {
  return isAdmin(principal) ? null : refuse('forbidden', `This needs the role admin; ${whoIs(principal)}.`);
}

/** For everybody but an agent by its own key. */
export const ONLY_THE_AGENT = refuse('forbidden', 'Only the agent itself, with its own key, can speak as the agent.');

function whoIs(principal: Principal): string {
  if (principal.kind === 'agent') return 'this is an agent key';
  return principal.kind === 'key' ? `this key has the role ${principal.role}` : `you have the role ${principal.role}`;
}
