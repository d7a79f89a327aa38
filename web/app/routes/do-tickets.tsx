import type { ActionFunctionArgs } from '@remix-run/node';
import { bulkCommand } from '../inbox/bulk-commands.server.ts';
import { newTicketCommand, readerAt, translateFirst } from '../inbox/new-ticket-command.server.ts';
import { answerCommand } from '../outcome.server.ts';

/** A new ticket and what its form asks meanwhile, or one change of many. */
export function action(args: ActionFunctionArgs) {
  return answerCommand(args, (command) => {
    switch (command.intent) {
      case 'new':
        return newTicketCommand(command);
      case 'reader':
        return readerAt(command);
      case 'translate':
        return translateFirst(command);
      default:
        return bulkCommand(command);
    }
  });
}
