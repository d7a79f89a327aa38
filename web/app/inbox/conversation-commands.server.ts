import type { Result } from '#workflows/domain/errors.ts';
import { textOf } from '../desk.server.ts';
import { unknownIntent } from '../outcome.server.ts';
import type { Command } from '../outcome.server.ts';

/** What can be asked about the AI of a conversation, by intent. */
export async function conversationCommand(conversationId: string, command: Command): Promise<Result<unknown>> {
  const { desk, form, key, intent } = command;
  switch (intent) {
    case 'take-over':
      return desk.takeOver(conversationId, { force: textOf(form, 'force') === 'yes' }, key);
    case 'pause':
      return desk.pauseAi(conversationId, key);
    case 'resume':
      return desk.resumeAi(conversationId, key);
    case 'extend':
      return desk.extendPause(conversationId, { minutes: Number(textOf(form, 'minutes')) }, key);
    default:
      return unknownIntent(command);
  }
}
