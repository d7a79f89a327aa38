import { setStatus as setStatusInput } from '#workflows/contract/commands.ts';
import { ok } from '#workflows/domain/errors.ts';
import { setStatus as setTicketStatus } from '../../tickets/set-status.ts';
import { ticketStanding, ticketStandingOf, ticketWords } from '../ticket-standing.ts';
import { tool } from '../tool.ts';
import { ticketId } from '../tool-fields.ts';

export const setStatus = tool({
  name: 'set_status',
  title: 'Set a ticket’s status',
  description:
    'Sets the status of a ticket along a legal move: on_you waits for us, on_customer for the customer, on_hold for something else; resolved, closed and cancelled finish it and hand the conversation back to the AI. legalMoves of get_ticket lists what is possible.',
  who: 'writer',
  // It takes the place of the status before, and finishing a ticket lets the AI speak again.
  annotations: { readOnlyHint: false, destructiveHint: true, idempotentHint: true, openWorldHint: false },
  input: setStatusInput.extend({ ticketId, status: setStatusInput.shape.status.meta({ description: 'The new status.' }) }),
  answer: ticketStanding,
  listsAnswer: true,
  async run(deps, { principal, input, key }) {
    const { ticketId: id, status } = input;
    const set = await setTicketStatus(deps, principal, id, { status }, key);
    return set.ok ? ok(ticketStandingOf(set.value)) : set;
  },
  words: ticketWords,
});
