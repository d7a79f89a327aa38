import type { ActionFunctionArgs } from '@remix-run/node';
import { textsOf } from '../desk.server.ts';
import { answerCommand } from '../outcome.server.ts';

/** Marks notifications as read: those named, or all. */
export function action(args: ActionFunctionArgs) {
  return answerCommand(args, ({ desk, form }) => {
    const ids = textsOf(form, 'id');
    return desk.markNotificationsRead(ids.length > 0 ? ids : 'all');
  });
}
