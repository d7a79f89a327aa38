import { WorkflowFailedError } from '@temporalio/client';
import type { z } from 'zod';
import { detectLanguage } from '#prisma/store/languages/detect-language.ts';
import { askTranslation, findTranslation } from '#prisma/store/translations.ts';
import { refusalOf } from '#switchboard/refusal-of.ts';
import { awaitTranslation } from '#switchboard/translations.ts';
import { translateText as translateTextInput } from '#workflows/contract/translation.ts';
import type { TranslatedText } from '#workflows/contract/translation.ts';
import { ok, refuse, refuseField } from '#workflows/domain/errors.ts';
import type { Result } from '#workflows/domain/errors.ts';
import { primaryLanguage, readingLanguage } from '#workflows/domain/language.ts';
import { parseInput } from '../parse-input.ts';
import type { Principal } from '../principal.ts';
import type { TicketFacts } from '../queries/find-ticket.ts';
import type { TicketDeps } from '../ticket-deps.ts';
import { workableTicket } from '../tickets/give-command.ts';
import { refuseTooMany } from './translation-limit.ts';
import { translatorFor } from './translator.ts';

/** Longer than one call of a model with what it may need to mend; a person at a page does not wait for longer. */
const WITHIN_MS = 60_000;

/** What somebody is about to write, in the language of whoever reads it (P47). Nothing is sent; the same text again is the same translation. */
export async function translateText(deps: TicketDeps, principal: Principal, ticketId: string, input: z.input<typeof translateTextInput>): Promise<Result<TranslatedText>> {
  const parsed = parseInput(translateTextInput, input);
  if (!parsed.ok) return parsed;
  const found = await workableTicket(deps, principal, ticketId);
  return found.ok ? translatedFor(deps, principal, found.value, parsed.value) : found;
}

/** The same for what is translated on its way, which names the language in another `field`: refused with `translation_failed`, or where too many were asked for, and then nothing may be sent. */
export async function translatedFor(
  deps: TicketDeps,
  principal: Principal,
  { teamId, agentId }: Pick<TicketFacts, 'teamId' | 'agentId'>,
  { text, to, from, field = 'to' }: z.output<typeof translateTextInput> & { readonly field?: 'to' | 'translateTo' },
): Promise<Result<TranslatedText>> {
  // As with messages: whoever reads `de-AT` reads `de`, and every spelling would be another call that is paid for.
  const language = readingLanguage(to);
  const sourceLanguage = from === undefined ? await detectLanguage(text) : readingLanguage(from);
  if (sourceLanguage !== null && primaryLanguage(sourceLanguage) === primaryLanguage(to)) return refuseField(`body.${field}`, `must be another language than the text’s, which is ${sourceLanguage} already`);
  const translator = await translatorFor(deps, { teamId, agentId });
  if (!translator.ok) return translator;
  const { model } = translator;
  // Whoever asks looks on: what failed before is tried again.
  const wish = { teamId, sourceText: text, sourceLanguage, language, model, at: new Date(deps.now()) };
  const tooMany = await refuseTooMany(deps, principal, wish, { again: true });
  if (tooMany) return tooMany;
  const row = await askTranslation(deps.prisma, wish, { again: true });
  const ids = { teamId, translationId: row.id };
  if (row.state === 'pending') {
    try {
      await awaitTranslation(deps, { ...ids, askedAt: row.askedAt.getTime(), isAwaited: true }, { withinMs: WITHIN_MS });
    } catch (error) {
      // Throws what is neither lateness nor an outage.
      if (!(error instanceof WorkflowFailedError)) refusalOf(error);
      return refuse('translation_failed', 'The translation did not come in time. Nothing was sent.', { retryAfter: 5 });
    }
  }
  const made = row.state === 'pending' ? await findTranslation(deps.prisma, ids) : row;
  if (made === null || made.state !== 'done' || made.text === null) return refuse('translation_failed', `${made?.reason ?? 'The translation did not come.'} Nothing was sent.`, { retryAfter: 5 });
  return ok({ text: made.text, language, sourceLanguage: made.sourceLanguage, model });
}
