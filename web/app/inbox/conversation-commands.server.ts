import type { Result } from '#workflows/domain/errors.ts';
import { ok } from '#workflows/domain/errors.ts';
import { textOf, textsOf } from '../desk.server.ts';
import { unknownIntent } from '../outcome.server.ts';
import type { Command } from '../outcome.server.ts';

/** What can be asked about the AI of a conversation, by intent. */
export async function conversationCommand(conversationId: string, command: Command): Promise<Result<unknown>> {
  const { desk, form, key, intent } = command;
  switch (intent) {
    case 'take-over':
      return desk.takeOver(conversationId, { force: textOf(form, 'force') === 'yes' }, key);
    case 'resume':
      return desk.resumeAi(conversationId, key);
    case 'translate':
      return translateAll(conversationId, command);
    case 'extend':
      return desk.extendPause(conversationId, { minutes: Number(textOf(form, 'minutes')) }, key);
    default:
      return unknownIntent(command);
  }
}

/** Each on its own: one that nobody can translate keeps no other from it. The first refusal is told. */
async function translateAll(conversationId: string, { desk, form }: Command): Promise<Result<unknown>> {
  const [to, again] = [textOf(form, 'to'), textOf(form, 'again') === 'yes'];
  const results = await Promise.all(textsOf(form, 'message').slice(0, 20).map((messageId) => desk.translateMessage({ conversationId, messageId }, { to, again })));
  return results.find((result) => !result.ok) ?? ok(null);
}
