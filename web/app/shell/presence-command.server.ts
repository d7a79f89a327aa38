import { PRESENCE_STATUSES } from '#workflows/domain/presence.ts';
import type { Result } from '#workflows/domain/errors.ts';
import { textOf } from '../desk.server.ts';
import { unknownIntent } from '../outcome.server.ts';
import type { Command } from '../outcome.server.ts';

const ME = 'me';

/** What a page can say of its person's presence, by intent. */
export async function presenceCommand(command: Command): Promise<Result<unknown>> {
  const { desk, form, intent } = command;
  switch (intent) {
    case 'status':
      return desk.setPresence(ME, { status: PRESENCE_STATUSES.find((one) => one === textOf(form, 'status')) });
    case 'stay-online':
      return desk.setPresence(ME, { stayOnline: textOf(form, 'stayOnline') === 'yes' });
    case 'activity':
      return desk.noteActivity();
    case 'here':
      return desk.sayHere({ connection: textOf(form, 'connection') });
    default:
      return unknownIntent(command);
  }
}
