import type { z } from 'zod';
import { ticketView } from '#workflows/contract/views.ts';
import type { TicketView } from '#workflows/contract/views.ts';

/** What a change of a ticket is answered with: where it stands, without all that get_ticket has. */
export const ticketStanding = ticketView.pick({ id: true, number: true, conversationId: true, status: true, priority: true, assignee: true, legalMoves: true }).extend({
  ai: ticketView.shape.ai.shape.state,
});
export type TicketStanding = z.infer<typeof ticketStanding>;

export function ticketStandingOf({ id, number, conversationId, status, priority, assignee, legalMoves, ai }: TicketView): TicketStanding {
  return { id, number, conversationId, status, priority, assignee, legalMoves, ai: ai.state };
}

/** The same in words. */
export function ticketWords({ number, status, priority, assignee, legalMoves, ai }: TicketStanding): string {
  const owner = assignee === null ? 'assigned to nobody' : `assigned to ${assignee.name}`;
  return `Ticket ${number} is ${status}, priority ${priority}, ${owner}; the AI is ${ai}. Its status can become ${legalMoves.join(', ')}.`;
}
