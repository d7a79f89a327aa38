import { Prisma } from '#prisma/generated/client.ts';

/** What a search text asks for: a number, words, or nothing that can be looked for. */
export type Search = { readonly kind: 'number'; readonly number: number } | { readonly kind: 'words'; readonly query: Prisma.Sql } | { readonly kind: 'nothing' };

const LARGEST_NUMBER = 2_147_483_647;

/** `#12` is a number; otherwise every word must occur, the last one as the beginning of a word: people are still typing. */
export function readSearch(text: string): Search {
  const number = /^\s*#(\d{1,10})\s*$/.exec(text)?.[1];
  if (number !== undefined) return { kind: 'number', number: Math.min(Number(number), LARGEST_NUMBER) };
  const words = text
    .normalize('NFC')
    .replace(/[\0\\':&|!()<>*"]/g, ' ')
    .split(/\s+/)
    .filter((word) => /[\p{L}\p{N}]/u.test(word))
    .slice(0, 20);
  if (words.length === 0) return { kind: 'nothing' };
  const terms = words.map((word, index) => `'${word}'${index === words.length - 1 ? ':*' : ''}`);
  return { kind: 'words', query: Prisma.sql`to_tsquery('simple', ${terms.join(' & ')})` };
}
