import type { ActionFunctionArgs } from '@remix-run/node';
import { ticketCommand } from '../inbox/ticket-commands.server.ts';
import { answerCommand } from '../outcome.server.ts';

export function action(args: ActionFunctionArgs) {
  return answerCommand(args, (command) => ticketCommand(args.params.ticketId ?? '', command));
}
