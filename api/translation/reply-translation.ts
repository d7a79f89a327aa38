import { findTranslation, translationIdOf } from '#prisma/store/translations.ts';
import type { NewMessage } from '#prisma/store/message-rows.ts';
import type { Reply } from '#workflows/contract/commands.ts';
import { ok, refuseField } from '#workflows/domain/errors.ts';
import type { Result } from '#workflows/domain/errors.ts';
import { primaryLanguage, readingLanguage } from '#workflows/domain/language.ts';
import { MOST_TRANSLATED } from '#workflows/contract/translation.ts';
import { modelNameFor } from '../model/model-name.ts';
import type { Principal } from '../principal.ts';
import type { TicketFacts } from '../queries/find-ticket.ts';
import type { TicketDeps } from '../ticket-deps.ts';
import { translatedFor } from './translate-text.ts';

/** A reply as it is sent, with what its author wrote where that is something else. */
export type TranslatedReply = Reply & { readonly source: NonNullable<NewMessage['source']> | null };

/** P47: translates a reply that asks for it, and says of one that brings its translation who made it. */
export async function inTheirLanguage(deps: TicketDeps, principal: Principal, ticket: TicketFacts, reply: Reply): Promise<Result<TranslatedReply>> {
  const { text, translation, translateTo } = reply;
  if (translateTo !== undefined) return translateFirst(deps, principal, ticket, { ...reply, translateTo });
  if (translation === undefined) return ok({ ...reply, source: null });
  if (primaryLanguage(translation.sourceLanguage) === primaryLanguage(translation.language)) return refuseField('body.translation.language', 'must be another language than `sourceLanguage`');
  const { sourceText, sourceLanguage } = translation;
  return ok({ ...reply, source: { text: sourceText, language: sourceLanguage, translatedBy: await translatorOf(deps, ticket, { text, translation }) } });
}

async function translateFirst(deps: TicketDeps, principal: Principal, ticket: TicketFacts, reply: Reply & { readonly translateTo: string }): Promise<Result<TranslatedReply>> {
  const { text: sourceText, translateTo } = reply;
  if (sourceText.length > MOST_TRANSLATED) return refuseField('body.text', `must be at most ${MOST_TRANSLATED} characters to be translated`);
  const made = await translatedFor(deps, principal, ticket, { text: sourceText, to: translateTo });
  if (!made.ok) return made;
  const { text, model, language } = made.value;
  // Too few words to tell: it is at least not what they read.
  const sourceLanguage = made.value.sourceLanguage ?? 'und';
  const translation = { sourceText, sourceLanguage, language };
  return ok({ ...reply, text, translation, source: { text: sourceText, language: sourceLanguage, translatedBy: { model, isEdited: false } } });
}

/** Whether what is sent is what a model made here of the source, and whether somebody changed it since. */
async function translatorOf(deps: TicketDeps, { teamId }: TicketFacts, { text, translation }: { text: string; translation: NonNullable<Reply['translation']> }) {
  const model = await modelNameFor(deps, { teamId, task: 'translate' });
  if (model === null) return { model: null, isEdited: false };
  const { sourceText } = translation;
  const [sourceLanguage, language] = [readingLanguage(translation.sourceLanguage), readingLanguage(translation.language)];
  const of = (from: string | null) => findTranslation(deps.prisma, { teamId, translationId: translationIdOf({ teamId, sourceText, sourceLanguage: from, language, model }) });
  const made = (await of(sourceLanguage)) ?? (await of(null));
  return made?.state === 'done' ? { model, isEdited: made.text !== text } : { model: null, isEdited: false };
}
