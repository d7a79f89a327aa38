import type { Policy } from '../policy.ts';
import type { Scribe } from '../scribe.ts';
import { reassignsReplies } from '../ticket-routing.ts';

/** P29: `at` (a customer's message, or a reopening) the assignee must be there: the ticket asks, and heeds the answer (`heedAssignee`). */
export function askForAssignee(scribe: Scribe, at: string, policy: Policy): void {
  const { assigneeId, routing } = scribe.state;
  if (assigneeId !== null && reassignsReplies(policy)) scribe.set({ routing: { ...routing, heardId: at } });
}

/**
 * P2: a ticket goes on with the same assignee if they are there. What was asked at the message while it was resolved counted for
 * nothing, so it is asked again. Whoever reopens their own ticket is there, and a question under way is answered soon enough.
 */
export function askAtReopening(scribe: Scribe, policy: Policy): void {
  const { actor, at, edition, state } = scribe;
  if (edition < 3 || state.routing.heardId !== null) return;
  if (actor.kind === 'operator' && actor.id === state.assigneeId) return;
  askForAssignee(scribe, `reopened:${state.seq}:${at}`, policy);
}
