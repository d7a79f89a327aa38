import { z } from 'zod';

/** A language that has a name, by its tag as BCP 47 writes it: `DE-at` is `de-AT`. */
export const knownLanguage = z
  .string()
  .max(35, 'must be at most 35 characters')
  .refine(isKnown, 'must be the tag of a language, like de or pt-BR (BCP 47)')
  .transform(canonical)
  .meta({ description: 'A BCP 47 tag of a language.', example: 'de' });

function isKnown(tag: string): boolean {
  try {
    // Some tags of old, like i-klingon, have a name, and are none that anything else here can read.
    return Intl.getCanonicalLocales(tag).length > 0 && new Intl.DisplayNames(['en'], { type: 'language', fallback: 'none' }).of(tag) !== undefined;
  } catch {
    // Its parts are in no order that BCP 47 knows.
    return false;
  }
}

function canonical(tag: string): string {
  return isKnown(tag) ? (Intl.getCanonicalLocales(tag)[0] ?? tag) : tag;
}
