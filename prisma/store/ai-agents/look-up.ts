import type { Db } from '../../client.ts';
import { EVERYDAY_WORDS } from '../languages/everyday-words.ts';
import { detectLanguage } from '../languages/detect-language.ts';
import { searchConfiguration, WITH_STOP_WORDS } from '../languages/text-search.ts';

export interface Passage {
  readonly textId: string;
  readonly place: number;
  readonly title: string;
  readonly passage: string;
}

const MOST_PASSAGES = 5;
/** So many letters of a word's stem, and it hardly stands there by chance. */
const TELLING_LETTERS = 8;
/** What is no word of its own: blanks, tags, protocols, entities, and a compound whose parts follow. */
const NO_WORDS = [12, 13, 14, 15, 16, 17, 23];
/** Where nobody has said which words say nothing, those so short do not; a sign of Chinese is a word, and no such letter. */
const SHORT_WORD = '^[a-z\u00c0-\u0dff]{1,3}$';

/**
 * The passages of an agent's knowledge that say something about a question, the best first (decision 081). Each is read in the
 * language of its text, and what people say in any question is left out. One word of the rest is a hit; where nobody has listed
 * what people say, two are, or one in a title, a long one, a code, or one of a question that has but two.
 */
export async function lookUpPassages(db: Db, { teamId, agentId, query }: { teamId: string; agentId: string; query: string }): Promise<Passage[]> {
  const asked = searchConfiguration(await detectLanguage(query));
  const own = WITH_STOP_WORDS.includes(asked) ? asked : null;
  return db.$queryRaw<Passage[]>`
    WITH everyday AS (
      SELECT language, to_tsvector(language::regconfig, words) AS words FROM jsonb_each_text(${JSON.stringify(EVERYDAY_WORDS)}::jsonb) AS listed(language, words)
    ), said AS (
      SELECT DISTINCT lower(token) AS word FROM ts_parse('default', ${query}) WHERE tokid <> ALL (${NO_WORDS}::int[]) AND token !~ '^[A-Za-z]$'
    ), kept AS (
      SELECT word FROM said WHERE ${own}::text IS NULL OR to_tsvector(${own}::text::regconfig, word) <> ''::tsvector
        AND NOT EXISTS (SELECT 1 FROM everyday e WHERE e.language = ${own} AND e.words @@ plainto_tsquery(${own}::text::regconfig, word))
    ), languages AS (
      SELECT DISTINCT coalesce(language, 'english') AS language FROM knowledge_passages WHERE agent_id = ${agentId} AND team_id = ${teamId}
    ), words AS (
      SELECT s.* FROM (
        SELECT DISTINCT language, plainto_tsquery(language::regconfig, word) AS word FROM languages, kept WHERE language = ANY (${[...WITH_STOP_WORDS]}::text[]) OR word !~ ${SHORT_WORD}
      ) AS s LEFT JOIN everyday e USING (language) WHERE numnode(s.word) > 0 AND NOT coalesce(e.words @@ s.word, false)
    ), questions AS (
      SELECT language, string_agg(word::text, ' | ')::tsquery AS words, count(*) AS asked FROM words GROUP BY language
    )
    SELECT p.text_id AS "textId", p.place, p.title, p.passage
    FROM questions q JOIN knowledge_passages p ON coalesce(p.language, 'english') = q.language AND p.search @@ q.words
    CROSS JOIN LATERAL (
      SELECT count(*) AS met, bool_or(ts_filter(p.search, '{a}') @@ w.word) AS in_title,
        bool_or(length(w.word::text) >= ${TELLING_LETTERS + 2}::int OR w.word::text ~ '[0-9]' AND length(w.word::text) >= 6) AS is_telling
      FROM words w WHERE w.language = q.language AND p.search @@ w.word
    ) AS m
    WHERE p.agent_id = ${agentId} AND p.team_id = ${teamId} AND (q.language = ANY (${Object.keys(EVERYDAY_WORDS)}::text[]) OR q.asked <= 2 OR m.met >= 2 OR m.in_title OR m.is_telling)
    ORDER BY ts_rank_cd(p.search, q.words, 1) DESC, p.text_id, p.place LIMIT ${MOST_PASSAGES}::int`;
}
