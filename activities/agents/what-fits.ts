import { wholeCharacters } from '../email/whole-characters.ts';

const MOST_CHARACTERS = 80_000;
/** What a line takes beside its text. */
const PER_LINE = 100;

/**
 * The lines, the newest first, that an agent can be told at once. Of the newest that says anything a part is kept where
 * the whole is too long: an agent that sees nothing of what it is asked would answer nobody.
 */
export function whatFits<T extends { readonly text: string }>(newestFirst: readonly T[]): T[] {
  const kept: T[] = [];
  let room = MOST_CHARACTERS;
  for (const line of newestFirst) {
    room -= PER_LINE;
    if (line.text.length > room) return kept.some(({ text }) => text !== '') ? kept : [...kept, { ...line, text: cut(line.text, room) }];
    room -= line.text.length;
    kept.push(line);
  }
  return kept;
}

function cut(text: string, most: number): string {
  const note = `\n[Cut here. The whole text has ${text.length} characters.]`;
  return wholeCharacters(text.slice(0, most - note.length)) + note;
}
