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

export interface WordSearch {
  readonly teamId: string;
  readonly words: Prisma.Sql;
  /** On `t`, the team's among them, and where the page begins. */
  readonly conditions: Prisma.Sql;
  readonly order: Prisma.Sql;
  readonly limit: number;
}

/** So many tickets, in the order of the list, are looked through one by one before the index of words is asked. */
const LOOKED_THROUGH = 500;
/** More matching tickets than these are too many to fetch and sort; reading them in order meets them soon enough. */
const FEW = 5_000;
/** A word that more messages than these have finds the conversations of some of them, beside the tickets' own words. */
const MOST_MATCHING_MESSAGES = 1_000;

/**
 * A word that is everywhere: the page is full after a few tickets, where the index would first list a million. Complete
 * if it fills the page, and only then.
 */
export function amongTheFirst({ words, conditions, order, limit }: WordSearch): Prisma.Sql {
  return Prisma.sql`
    SELECT t.* FROM (SELECT t.* FROM tickets t WHERE ${conditions} ORDER BY ${order} LIMIT ${LOOKED_THROUGH}::int) AS t
    WHERE t.search @@ ${words}
      OR EXISTS (SELECT 1 FROM messages m WHERE m.conversation_id = t.conversation_id AND m.accepted_at IS NOT NULL AND m.search @@ ${words})
    ORDER BY ${order} LIMIT ${limit}::int`;
}

/**
 * Tickets whose own words match, and tickets whose conversation has a message that does: each half asks one index, since
 * an OR over both would read every ticket. The planner cannot know how rare a word is; counting first tells.
 */
export function byWords({ teamId, words, conditions, order, limit }: WordSearch): Prisma.Sql {
  const end = Prisma.sql`ORDER BY ${order} LIMIT ${limit}::int`;
  return Prisma.sql`
    WITH hits AS MATERIALIZED (SELECT h.id FROM tickets h WHERE h.team_id = ${teamId} AND h.search @@ ${words} LIMIT ${FEW + 1}::int),
    said AS MATERIALIZED (SELECT m.conversation_id FROM messages m
      WHERE m.team_id = ${teamId} AND m.accepted_at IS NOT NULL AND m.search @@ ${words} LIMIT ${MOST_MATCHING_MESSAGES}::int)
    SELECT t.* FROM (
      (SELECT t.* FROM tickets t WHERE (SELECT count(*) FROM hits) <= ${FEW}::int AND t.id IN (SELECT id FROM hits) AND ${conditions} ${end})
      UNION ALL
      (SELECT t.* FROM tickets t WHERE (SELECT count(*) FROM hits) > ${FEW}::int AND t.search @@ ${words} AND ${conditions} ${end})
      UNION ALL
      (SELECT t.* FROM tickets t
        WHERE t.conversation_id IN (SELECT conversation_id FROM said) AND (t.search @@ ${words}) IS NOT TRUE AND ${conditions} ${end})
    ) AS t ${end}`;
}
