import type { ActionFunctionArgs } from '@remix-run/node';
import { answerCommand } from '../outcome.server.ts';
import { settingsCommand } from '../settings/settings-commands.server.ts';

export function action(args: ActionFunctionArgs) {
  return answerCommand(args, settingsCommand);
}
