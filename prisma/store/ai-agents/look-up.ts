import type { Db } from '../../client.ts';

export interface Passage {
  readonly textId: string;
  readonly place: number;
  readonly title: string;
  readonly passage: string;
}

const MOST_PASSAGES = 5;

/** The passages of an agent's knowledge that say most about a question: any of its words may fit, the best first. */
export async function lookUpPassages(db: Db, { teamId, agentId, query }: { teamId: string; agentId: string; query: string }): Promise<Passage[]> {
  return db.$queryRaw<Passage[]>`
    WITH asked AS (SELECT replace(plainto_tsquery('english', ${query})::text, '&', '|')::tsquery AS words)
    SELECT text_id AS "textId", place, title, passage FROM knowledge_passages, asked
    WHERE agent_id = ${agentId} AND team_id = ${teamId} AND search @@ asked.words
    ORDER BY ts_rank_cd(search, asked.words, 1) DESC, text_id, place LIMIT ${MOST_PASSAGES}::int`;
}
