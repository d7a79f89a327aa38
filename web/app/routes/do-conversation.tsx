import type { ActionFunctionArgs } from '@remix-run/node';
import { conversationCommand } from '../inbox/conversation-commands.server.ts';
import { answerCommand } from '../outcome.server.ts';

export function action(args: ActionFunctionArgs) {
  return answerCommand(args, (command) => conversationCommand(args.params.conversationId ?? '', command));
}
