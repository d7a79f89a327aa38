import type { Policy } from '../policy.ts';
import type { Scribe } from '../scribe.ts';
import type { TicketEvent } from '../ticket-event.ts';
import { isActive } from '../status.ts';
import { isAiServing } from '../ticket-state.ts';
import { writeAutomatically } from './moves.ts';

/** P38: a customer wrote to people; whether anybody is there is asked of the hours, which a workflow cannot read. */
export function askHours(scribe: Scribe, messageId: string, policy: Policy): void {
  if (policy.outOfHoursMessage && !isAiServing(scribe.state)) scribe.set({ hoursHeardId: messageId });
}

/** P38: nobody is there, and the customer has not been told in this closed period. Not while the AI answers them after all. */
export function tellOpening(scribe: Scribe, { text }: Extract<TicketEvent, { kind: 'hours_found' }>): void {
  if (text === null || isAiServing(scribe.state) || !isActive(scribe.state.status)) return;
  writeAutomatically(scribe, 'out_of_hours', text);
}

/** Names the question, once per message; a ticket remembers the ids of what it learnt. */
export function hoursQuestion({ hoursHeardId }: { readonly hoursHeardId: string | null }): string | null {
  return hoursHeardId === null ? null : `hours:${hoursHeardId}`;
}
