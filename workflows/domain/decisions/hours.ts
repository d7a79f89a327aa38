import type { Policy } from '../policy.ts';
import type { Scribe } from '../scribe.ts';
import type { TicketEvent } from '../ticket-event.ts';
import { isActive } from '../status.ts';
import { isAiServing } from '../ticket-state.ts';
import { writeAutomatically } from './moves.ts';

/** P38: a customer wrote to people; whether anybody is there is asked of the hours, which a workflow cannot read. */
export function askHours(scribe: Scribe, messageId: string, policy: Policy): void {
  if (policy.outOfHoursMessage && !isAiServing(scribe.state)) scribe.set({ hoursHeard: { messageId, at: scribe.at } });
}

/** P38: nobody is there, and the customer has not been told in this closed period. Not while the AI answers them after all. */
export function tellOpening(scribe: Scribe, { messageId, opening }: Extract<TicketEvent, { kind: 'hours_found' }>): void {
  const { state } = scribe;
  if (state.hoursHeard?.messageId === messageId) scribe.set({ hoursHeard: null });
  if (opening === null || isAiServing(state) || !isActive(state.status)) return;
  // Two messages at once both ask before either answer is written down.
  if (state.closedReplyUntil !== null && state.closedReplyUntil >= opening.opensAt) return;
  if (writeAutomatically(scribe, 'out_of_hours', opening.text)) scribe.set({ closedReplyUntil: opening.opensAt });
}
