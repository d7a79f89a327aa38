/** Who did it. Names are looked up when shown, so that a renamed person is renamed everywhere. */
export type Actor =
  | { readonly kind: 'operator'; readonly id: string }
  | { readonly kind: 'agent'; readonly id: string }
  | { readonly kind: 'requester'; readonly id: string }
  /** An API key that belongs to no person. */
  | { readonly kind: 'key'; readonly id: string }
  /** Baton itself: a deadline, a policy. */
  | { readonly kind: 'baton' };

export const BATON: Actor = { kind: 'baton' };

/** A human of the team, or a program that acts in the team's name. */
export function isHuman(actor: Actor): boolean {
  return actor.kind === 'operator' || actor.kind === 'key';
}

export function isSameActor(a: Actor, b: Actor): boolean {
  return a.kind === b.kind && idOf(a) === idOf(b);
}

function idOf(actor: Actor): string {
  return actor.kind === 'baton' ? '' : actor.id;
}
