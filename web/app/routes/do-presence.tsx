import type { ActionFunctionArgs } from '@remix-run/node';
import { answerCommand } from '../outcome.server.ts';
import { presenceCommand } from '../shell/presence-command.server.ts';

export function action(args: ActionFunctionArgs) {
  return answerCommand(args, presenceCommand);
}
