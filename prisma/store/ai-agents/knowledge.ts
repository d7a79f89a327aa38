import type { KnowledgeInput, KnowledgeRow, KnowledgeView } from '#workflows/contract/agent-setup.ts';
import type { Actor } from '#workflows/domain/actor.ts';
import { passagesOf } from '#workflows/domain/passages.ts';
import type { Db } from '../../client.ts';
import { Prisma } from '../../generated/client.ts';
import type { KnowledgeText } from '../../generated/client.ts';
import { actorNames, parseActor } from '../actor-names.ts';
import type { NameActor } from '../actor-names.ts';
import { newId } from '../new-id.ts';

interface OfAgent {
  readonly teamId: string;
  readonly agentId: string;
}

type Listed = Omit<KnowledgeText, 'text'> & { readonly length: number };

/** What an agent may look up, by title; without the texts. */
export async function listKnowledge(db: Db, { teamId, agentId }: OfAgent): Promise<KnowledgeRow[]> {
  const rows = await db.$queryRaw<Listed[]>`
    SELECT id, team_id AS "teamId", agent_id AS "agentId", title, length(text) AS length, changed_by AS "changedBy", created_at AS "createdAt", changed_at AS "changedAt"
    FROM knowledge_texts WHERE team_id = ${teamId} AND agent_id = ${agentId} ORDER BY title, id`;
  const nameOf = await actorNames(db, teamId, rows.map((row) => parseActor(row.changedBy)));
  return rows.map((row) => toRow(row, nameOf));
}

export async function findKnowledge(db: Db, { teamId, agentId, id }: OfAgent & { id: string }): Promise<KnowledgeView | null> {
  const row = await db.knowledgeText.findFirst({ where: { id, teamId, agentId } });
  if (row === null) return null;
  const nameOf = await actorNames(db, teamId, [parseActor(row.changedBy)]);
  return { ...toRow({ ...row, length: row.text.length }, nameOf), text: row.text };
}

export async function countKnowledge(db: Db, { teamId, agentId }: OfAgent): Promise<number> {
  return db.knowledgeText.count({ where: { teamId, agentId } });
}

interface Writing extends OfAgent, KnowledgeInput {
  readonly by: Actor;
  readonly at: Date;
}

/** Adds a text, in one transaction with what is found of it. */
export async function insertKnowledge(db: Db, { by, at, ...written }: Writing): Promise<string> {
  const id = newId('knowledge');
  await db.knowledgeText.create({ data: { id, ...written, changedBy: { ...by }, createdAt: at, changedAt: at } });
  await writePassages(db, { id, ...written });
  return id;
}

/** Replaces a text; false: the agent has no such text. */
export async function updateKnowledge(db: Db, { id, teamId, agentId, title, text, by, at }: Writing & { id: string }): Promise<boolean> {
  const { count } = await db.knowledgeText.updateMany({ where: { id, teamId, agentId }, data: { title, text, changedBy: { ...by }, changedAt: at } });
  if (count === 0) return false;
  await writePassages(db, { id, teamId, agentId, title, text });
  return true;
}

/** Removes a text with what is found of it; answers that cite it keep their passages. False: the agent has no such text. */
export async function removeKnowledge(db: Db, { teamId, agentId, id }: OfAgent & { id: string }): Promise<boolean> {
  const { count } = await db.knowledgeText.deleteMany({ where: { id, teamId, agentId } });
  if (count > 0) await db.knowledgePassage.deleteMany({ where: { textId: id, teamId } });
  return count > 0;
}

// English stemming does no harm to other languages: what is stored and what is asked are changed alike.
async function writePassages(db: Db, { id, teamId, agentId, title, text }: Omit<Writing, 'by' | 'at'> & { id: string }): Promise<void> {
  await db.knowledgePassage.deleteMany({ where: { textId: id, teamId } });
  const rows = passagesOf(text).map(
    (passage, place) => Prisma.sql`(${id}, ${place}::int, ${teamId}, ${agentId}, ${title}, ${passage},
      setweight(to_tsvector('english', ${title}::text), 'A') || to_tsvector('english', ${passage}::text))`,
  );
  if (rows.length === 0) return;
  await db.$executeRaw`INSERT INTO knowledge_passages (text_id, place, team_id, agent_id, title, passage, search) VALUES ${Prisma.join(rows)}`;
}

function toRow({ id, title, length, changedBy, changedAt }: Listed, nameOf: NameActor): KnowledgeRow {
  return { id, title, length, changedBy: nameOf(parseActor(changedBy)), changedAt: changedAt.toISOString() };
}
