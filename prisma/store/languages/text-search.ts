import { primaryLanguage } from '#workflows/domain/language.ts';

/** What PostgreSQL knows of languages, by their tags: how words are inflected. */
const CONFIGURATIONS: Readonly<Record<string, string>> = {
  ar: 'arabic', ca: 'catalan', da: 'danish', de: 'german', el: 'greek', en: 'english', es: 'spanish', eu: 'basque', fi: 'finnish', fr: 'french', hi: 'hindi', hu: 'hungarian', hy: 'armenian',
  id: 'indonesian', it: 'italian', lt: 'lithuanian', ne: 'nepali', nl: 'dutch', no: 'norwegian', pt: 'portuguese', ro: 'romanian', ru: 'russian', sr: 'serbian', sv: 'swedish', ta: 'tamil', tr: 'turkish',
};

/** Those of which it also knows the words that say nothing. */
export const WITH_STOP_WORDS: readonly string[] = [
  'danish', 'dutch', 'english', 'finnish', 'french', 'german', 'hungarian', 'italian', 'nepali', 'norwegian', 'portuguese', 'russian', 'spanish', 'swedish', 'turkish',
];

/** The configuration for a text in this language; `simple`, which takes words as they are, where nobody can say, or there is none. */
export function searchConfiguration(tag: string | null): string {
  return (tag === null ? undefined : CONFIGURATIONS[primaryLanguage(tag)]) ?? 'simple';
}
