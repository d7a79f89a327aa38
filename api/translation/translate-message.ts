import type { z } from 'zod';
import { askTranslation } from '#prisma/store/translations.ts';
import { refusalOf } from '#switchboard/refusal-of.ts';
import { startTranslation } from '#switchboard/translations.ts';
import { translateMessage as translateMessageInput } from '#workflows/contract/translation.ts';
import type { TranslationView } from '#workflows/contract/translation.ts';
import { ok, refuse, refuseField } from '#workflows/domain/errors.ts';
import type { Result } from '#workflows/domain/errors.ts';
import { primaryLanguage, readingLanguage } from '#workflows/domain/language.ts';
import { isId } from '../is-id.ts';
import { parseInput } from '../parse-input.ts';
import type { Principal } from '../principal.ts';
import { NO_SUCH_CONVERSATION, readableConversation } from '../queries/find-conversation.ts';
import { toTranslationView } from '../queries/translations.ts';
import { refuseUnlessReader } from '../require-role.ts';
import type { TicketDeps } from '../ticket-deps.ts';
import { refuseTooMany } from './translation-limit.ts';
import { translatorFor } from './translator.ts';

/**
 * Has a customer's message, or the AI's, translated, once for the whole team (P46): `pending` until it is there, which the live
 * stream tells. The message itself never changes; notes and what people wrote are not translated.
 */
export async function translateMessage(
  deps: TicketDeps,
  principal: Principal,
  { conversationId, messageId }: { conversationId: string; messageId: string },
  input: z.input<typeof translateMessageInput>,
): Promise<Result<TranslationView>> {
  const refused = refuseUnlessReader(principal);
  if (refused) return refused;
  const parsed = parseInput(translateMessageInput, input);
  if (!parsed.ok) return parsed;
  const { again } = parsed.value;
  // Whoever reads `de-AT` reads `de`: another row and another paid call for every spelling would never end.
  const to = readingLanguage(parsed.value.to);
  const { prisma } = deps;
  const { teamId } = principal;
  const conversation = await readableConversation(prisma, principal, conversationId);
  if (conversation === null) return NO_SUCH_CONVERSATION;
  const message = isId('message', messageId)
    ? await prisma.message.findFirst({ where: { id: messageId, teamId, conversationId, author: { in: ['customer', 'agent'] }, acceptedAt: { not: null } }, select: { language: true } })
    : null;
  if (message === null) return refuse('not_found', 'Neither the customer nor the AI wrote such a message.');
  if (message.language !== null && primaryLanguage(message.language) === primaryLanguage(to)) return refuseField('body.to', `must be another language than the message’s (${message.language})`);
  const translator = await translatorFor(deps, { teamId, agentId: conversation.agentId });
  if (!translator.ok) return translator;
  const wish = { teamId, messageId, conversationId, language: to, model: translator.model, sourceLanguage: message.language, at: new Date(deps.now()) };
  const tooMany = await refuseTooMany(deps, principal, wish, { again });
  if (tooMany) return tooMany;
  const row = await askTranslation(prisma, wish, { again });
  deps.failpoint?.('row_stored_not_signalled');
  if (row.state === 'pending') await begin(deps, { teamId, translationId: row.id, askedAt: row.askedAt.getTime() });
  return ok(toTranslationView(row));
}

/** An outage is the sweeper's affair: the row says what is owed. */
async function begin(deps: TicketDeps, ids: { teamId: string; translationId: string; askedAt: number }): Promise<void> {
  try {
    await startTranslation(deps, { ...ids, isAwaited: false });
  } catch (error) {
    refusalOf(error);
  }
}
