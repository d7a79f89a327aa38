import { z } from 'zod';
import { knownLanguage } from './known-language.ts';
import { body, line, MOST_SUBJECT } from './text.ts';

/** As many characters as one call of a model can give back whole. */
export const MOST_TRANSLATED = 12_000;

export const translateMessage = z.strictObject({
  to: knownLanguage.meta({ description: 'A region is left off where it is read the same: `de-AT` is answered in `de`.', example: 'de' }),
  again: z.boolean().default(false).meta({ description: 'Ask once more where it failed; what is there already stays.' }),
});

const toTranslate = z.strictObject({
  text: body(MOST_TRANSLATED),
  to: knownLanguage.meta({ description: 'A region is left off where it is read the same: `de-AT` is answered in `de`.', example: 'fr' }),
  from: knownLanguage.optional().meta({ description: 'Left out: it is detected.' }),
});
const OTHER_LANGUAGE = { path: ['to'], message: 'must be another language than `from`' };
const isOther = ({ from, to }: { from?: string | undefined; to: string }) => from === undefined || from !== to;

export const translateText = toTranslate.refine(isOther, OTHER_LANGUAGE);

/** What we write first has a subject of ours, too: an answer has theirs. */
export const translateFirstMessage = toTranslate.extend({ subject: line(MOST_SUBJECT) }).refine(isOther, OTHER_LANGUAGE);

/** P47: what was written, where what is sent is a translation of it. */
export const replyTranslation = z.strictObject({
  sourceText: body(),
  sourceLanguage: knownLanguage,
  language: knownLanguage.meta({ description: 'What `text` is written in.' }),
});

/** The same of what we write first. */
export const firstTranslation = replyTranslation.extend({
  sourceSubject: line(MOST_SUBJECT).optional().meta({ description: 'What the team calls the ticket; `subject` is then what the mail says. Left out: the same.' }),
});

/** Translated on its way. */
export const translateTo = knownLanguage.optional().meta({ description: '`text` is translated first; where that fails, nothing is sent (`translation_failed`).' });
export const TRANSLATED_ONCE = { path: ['translateTo'], message: 'goes without `translation`' };
export const isTranslatedOnce = ({ translation, translateTo: to }: { translation?: unknown; translateTo?: unknown }) => translation === undefined || to === undefined;

export const TRANSLATION_STATES = ['none', 'pending', 'done', 'failed'] as const;

/** A customer's message in another language. */
export const translationView = z.object({
  language: z.string(),
  state: z.enum(TRANSLATION_STATES).meta({ description: '`none`: nobody asked for it yet, or nobody can be asked (`reason`).' }),
  text: z.string().nullable(),
  reason: z.string().nullable().meta({ description: 'Why there is none, in words for people.' }),
  model: z.string().nullable(),
});
export type TranslationView = z.infer<typeof translationView>;

/** What somebody is about to send, in the language of whoever reads it. */
export const translatedText = z.object({
  text: z.string(),
  language: z.string(),
  sourceLanguage: z.string().nullable().meta({ description: 'What it was written in, as far as that is known.' }),
  model: z.string(),
});
export type TranslatedText = z.infer<typeof translatedText>;

export const translatedFirstMessage = translatedText.extend({ subject: z.string() });
export type TranslatedFirstMessage = z.infer<typeof translatedFirstMessage>;
