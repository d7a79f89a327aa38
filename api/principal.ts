import type { Role } from '#workflows/contract/settings.ts';
import type { Actor } from '#workflows/domain/actor.ts';

/** Who asks: a signed-in person, a program with a team's key, or an agent with its own key. */
export type Principal =
  | { readonly kind: 'operator'; readonly teamId: string; readonly operatorId: string; readonly name: string; readonly role: Role }
  | { readonly kind: 'key'; readonly teamId: string; readonly keyId: string; readonly role: Role }
  | { readonly kind: 'agent'; readonly teamId: string; readonly keyId: string; readonly agentId: string };

/** May read the team's inbox, people and settings; an agent sees its own conversations only. */
export function mayRead(principal: Principal): principal is Exclude<Principal, { kind: 'agent' }> {
  return principal.kind !== 'agent';
}

/** May work tickets: operators and admins, whether people or keys. */
export function mayWrite(principal: Principal): principal is Exclude<Principal, { kind: 'agent' }> {
  return principal.kind !== 'agent' && principal.role !== 'viewer';
}

/** May change settings, people and keys. */
export function isAdmin(principal: Principal): principal is Exclude<Principal, { kind: 'agent' }> {
  return principal.kind !== 'agent' && principal.role === 'admin';
}

/** The actor that the principal's decisions are recorded under. */
export function actorOf(principal: Principal): Actor {
  switch (principal.kind) {
    case 'operator':
      return { kind: 'operator', id: principal.operatorId };
    case 'key':
      return { kind: 'key', id: principal.keyId };
    case 'agent':
      return { kind: 'agent', id: principal.agentId };
  }
}

/** Names the asker in keys and rate limits: unique over all teams, and the same in every process. */
export function principalKey(principal: Principal): string {
  return principal.kind === 'operator' ? principal.operatorId : principal.keyId;
}
