import type { ActionFunctionArgs } from '@remix-run/node';
import { bulkCommand } from '../inbox/bulk-commands.server.ts';
import { newTicketCommand } from '../inbox/new-ticket-command.server.ts';
import { answerCommand } from '../outcome.server.ts';

/** A new ticket, or one change of many. */
export function action(args: ActionFunctionArgs) {
  return answerCommand(args, (command) => (command.intent === 'new' ? newTicketCommand(command) : bulkCommand(command)));
}
