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

/** BCP 47: the writer's language where too few words tell it. */
export const UNDETERMINED = 'und';

/** A text as it is sent, with what its author wrote where that is something else. */
export interface Outgoing {
  readonly text: string;
  /** What the text is in, where it is a translation: what people write themselves is theirs to know. */
  readonly language: string | null;
  readonly source: NonNullable<NewMessage['source']> | null;
}

type Said = Pick<Reply, 'text' | 'translation' | 'translateTo'>;
/** Whose settings and model it goes by. */
type Of = Pick<TicketFacts, 'teamId' | 'agentId'>;

/** P47: translates what we write where that is asked for, and says of what brings its translation who made it. */
export async function inTheirLanguage(deps: TicketDeps, principal: Principal, of: Of, { text, translation, translateTo }: Said): Promise<Result<Outgoing>> {
  if (translateTo !== undefined) return translateFirst(deps, principal, of, { text, translateTo });
  if (translation === undefined) return ok({ text, language: null, source: null });
  if (primaryLanguage(translation.sourceLanguage) === primaryLanguage(translation.language)) return refuseField('body.translation.language', 'must be another language than `sourceLanguage`');
  const { sourceText, sourceLanguage, language } = translation;
  return ok({ text, language, source: { text: sourceText, language: sourceLanguage, translatedBy: await translatorOf(deps, of, { text, translation }) } });
}

async function translateFirst(deps: TicketDeps, principal: Principal, of: Of, { text: sourceText, translateTo }: { text: string; translateTo: string }): Promise<Result<Outgoing>> {
  if (sourceText.length > MOST_TRANSLATED) return refuseField('body.text', `must be at most ${MOST_TRANSLATED} characters to be translated`);
  const made = await translatedFor(deps, principal, of, { text: sourceText, to: translateTo, field: 'translateTo' });
  if (!made.ok) return made;
  const { text, model, language } = made.value;
  // Too few words to tell: it is at least not what they read.
  const sourceLanguage = made.value.sourceLanguage ?? UNDETERMINED;
  return ok({ text, language, source: { text: sourceText, language: sourceLanguage, translatedBy: { model, isEdited: false } } });
}

/** Whether what is sent is what a model made here of the source, and whether somebody changed it since. */
async function translatorOf(deps: TicketDeps, { teamId }: Of, { text, translation }: { text: string; translation: NonNullable<Said['translation']> }) {
  const model = await modelNameFor(deps, { teamId, task: 'translate' });
  if (model === null) return { model: null, isEdited: false };
  const { sourceText } = translation;
  const [sourceLanguage, language] = [readingLanguage(translation.sourceLanguage), readingLanguage(translation.language)];
  const of = (from: string | null) => findTranslation(deps.prisma, { teamId, translationId: translationIdOf({ teamId, sourceText, sourceLanguage: from, language, model }) });
  const made = (await of(sourceLanguage)) ?? (await of(null));
  return made?.state === 'done' ? { model, isEdited: made.text !== text } : { model: null, isEdited: false };
}
