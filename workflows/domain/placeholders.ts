// What a translation must not touch (P46): each piece is replaced by a token that a model carries along, and put back
// where the token ends up.

/** A text to translate, without what must stay as it is. */
export interface Protected {
  /** What is sent: the writer's own words, with a token for each piece that stays. */
  readonly text: string;
  /** The piece behind each token, the first behind ⟦1⟧. */
  readonly kept: readonly string[];
  /** White space before the words, and the signature after them: never sent. */
  readonly before: string;
  readonly after: string;
}

// Every repetition that may fail is bounded: a customer’s text must not take minutes. In this order: an address in a link is part of the link, a number in a code is part of the code.
const PIECES: readonly string[] = [
  // A token that the writer wrote, or half of one: theirs, and no token of ours.
  '⟦[^⟦⟧\\n]*⟧|[⟦⟧]',
  // Quoted lines, with whatever breaks between them.
  '^[ \\t]*>.*(?:\\r?\\n[ \\t]*>.*)*$',
  '```[\\s\\S]*?```',
  '`[^`\\n]+`',
  '\\{\\{[^{}\\n]{1,100}\\}\\}|\\{[\\w.:-]{1,100}\\}',
  // A link ends before the punctuation of its sentence.
  '(?:https?://|www\\.)[^\\s<>"⟦⟧]*[^\\s<>"⟦⟧.,;:!?)\\]}’”\']',
  '[\\w.!#$%&\'*+/=?^`{|}~-]{1,64}@[A-Za-z0-9-]{1,63}(?:\\.[A-Za-z0-9-]{1,63}){1,8}(?<!-)',
  // Codes in capitals: RMA-XYZ.
  '(?<![A-Za-z0-9])[A-Z]{2,}(?:[-_][A-Z0-9]{2,})+(?![A-Za-z0-9])',
  // Whatever holds a digit: amounts, dates, order numbers, versions.
  '[#№§+]?(?:(?<![A-Za-z])[A-Za-z]{1,10}[-_/]){0,4}(?:(?<![A-Za-z])[A-Za-z]{1,20})?\\p{Nd}[A-Za-z\\p{Nd}]*(?:[-_./:,·’][A-Za-z]{0,20}\\p{Nd}[A-Za-z\\p{Nd}]*|[-_][A-Za-z]{1,20}(?![A-Za-z]))*[%°]?',
];
const PIECE = new RegExp(PIECES.join('|'), 'gmu');
const TOKEN = /⟦(\d{1,6})⟧/g;
// RFC 3676: two hyphens and a space on a line of their own; many write them without the space.
const SIGNATURE = /(?:^|\r?\n)-- ?\r?\n[\s\S]*$/;

/** Takes out of a text what must stay as it is. */
export function protect(text: string): Protected {
  const signature = SIGNATURE.exec(text)?.[0] ?? '';
  const body = text.slice(0, text.length - signature.length);
  const said = body.trim();
  const begin = said === '' ? body.length : body.indexOf(said);
  const kept: string[] = [];
  const sent = said.replace(PIECE, (piece) => `⟦${kept.push(piece)}⟧`);
  return { text: sent, kept, before: body.slice(0, begin), after: body.slice(begin + said.length) + signature };
}

/** What is wrong with an answer's tokens; null: nothing. */
export interface TokenFault {
  readonly lost: readonly string[];
  readonly doubled: readonly string[];
  readonly invented: readonly string[];
}

/** Every token exactly once, and none that was not sent. */
export function tokenFault(answer: string, { kept }: Pick<Protected, 'kept'>): TokenFault | null {
  const counts = new Map<string, number>();
  for (const [token] of answer.matchAll(TOKEN)) counts.set(token, (counts.get(token) ?? 0) + 1);
  const sent = kept.map((_, index) => `⟦${index + 1}⟧`);
  const lost = sent.filter((token) => !counts.has(token));
  const doubled = sent.filter((token) => (counts.get(token) ?? 0) > 1);
  const invented = [...counts.keys()].filter((token) => !sent.includes(token));
  // Half a token is one that was broken, and would be shown to somebody.
  if (/[⟦⟧]/.test(answer.replace(TOKEN, ''))) invented.push('⟦');
  return lost.length + doubled.length + invented.length === 0 ? null : { lost, doubled, invented };
}

/** Puts back what was taken out; the answer's tokens are without fault. */
export function restore(answer: string, { kept, before, after }: Protected): string {
  return before + answer.trim().replace(TOKEN, (token, number: string) => kept[Number(number) - 1] ?? token) + after;
}

/** The writer's own words alone: what tells their language. */
export function ownWords(text: string): string {
  return protect(text).text.replace(/⟦\d+⟧/g, ' ');
}
