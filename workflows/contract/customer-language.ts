import { primaryLanguage } from '../domain/language.ts';

/** What Baton itself says to customers, in the web chat and when it asks how it was, it can say in these. */
export const CUSTOMER_LANGUAGES = ['en', 'de', 'fr', 'es', 'it', 'pt', 'nl', 'pl'] as const;
export type CustomerLanguage = (typeof CUSTOMER_LANGUAGES)[number];

/** The first of these tags (BCP 47) that we have words for, or English. */
export function customerLanguage(...tags: readonly (string | null | undefined)[]): CustomerLanguage {
  const known = tags.flatMap((tag) => (tag ? [primaryLanguage(tag)] : [])).flatMap((tag) => CUSTOMER_LANGUAGES.find((one) => one === tag) ?? []);
  return known[0] ?? 'en';
}
