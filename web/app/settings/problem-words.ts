import { ASSIGNMENT_FIELDS } from './assignment-fields.ts';

const TITLES = new Map(ASSIGNMENT_FIELDS.map(({ key, title }) => [key.replace('assignment.', ''), title]));

/** A refusal names settings as the API spells them; the page has other words for them. */
export function problemWords(message: string): string {
  const words = message
    // Null is an empty field there.
    .replace('relaxAfterMinutes is never', 'relaxAfterMinutes is empty')
    .replaceAll(/\b[a-z]+[A-Z]\w*\b/g, (name) => (TITLES.has(name) ? `“${TITLES.get(name)}”` : name))
    .replaceAll('round_robin', 'round robin');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
