import { z } from 'zod';
import { knownLanguage } from './known-language.ts';
import { body } from './text.ts';

/** As many characters as one call of a model can give back whole. */
export const MOST_TRANSLATED = 12_000;

export const translateMessage = z.strictObject({
  to: knownLanguage.meta({ description: 'A region is left off where it is read the same: `de-AT` is answered in `de`.', example: 'de' }),
  again: z.boolean().default(false).meta({ description: 'Ask once more where it failed; what is there already stays.' }),
});

export const translateText = z
  .strictObject({
    text: body(MOST_TRANSLATED),
    to: knownLanguage.meta({ description: 'A region is left off where it is read the same: `de-AT` is answered in `de`.', example: 'fr' }),
    from: knownLanguage.optional().meta({ description: 'Left out: it is detected.' }),
  })
  .refine(({ from, to }) => from === undefined || from !== to, { path: ['to'], message: 'must be another language than `from`' });

/** P47: what was written, where what is sent is a translation of it. */
export const replyTranslation = z.strictObject({
  sourceText: body(),
  sourceLanguage: knownLanguage,
  language: knownLanguage.meta({ description: 'What `text` is written in.' }),
});

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
