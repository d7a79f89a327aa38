import { z } from 'zod';
import { ticketView } from '#workflows/contract/views.ts';
import { ticket } from '../../queries/ticket.ts';
import { ticketStandingOf, ticketWords } from '../ticket-standing.ts';
import { tool } from '../tool.ts';
import { ticketId } from '../tool-fields.ts';

export const getTicket = tool({
  name: 'get_ticket',
  title: 'Read a ticket',
  description: 'Where a ticket stands: status and legal moves, who has it, requester, summary, what happens next by itself. What was said is in its conversation: get_conversation with its conversationId.',
  who: 'reader',
  annotations: { readOnlyHint: true, openWorldHint: false },
  input: z.strictObject({ ticketId }),
  answer: ticketView,
  run: (deps, { principal, input }) => ticket(deps, principal, input.ticketId),
  words: (answer) => ticketWords(ticketStandingOf(answer)),
});
