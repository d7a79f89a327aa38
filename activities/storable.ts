import { wholeCharacters } from './email/whole-characters.ts';

/** Text as PostgreSQL holds it, of words that nobody checked: what jsonb refuses becomes the sign for what cannot be read. */
export function storable(text: string): string {
  return wholeCharacters(text.replaceAll('\u0000', '\ufffd'));
}
