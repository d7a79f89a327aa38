import type { KnowledgeInput, KnowledgeRow, KnowledgeView } from '#workflows/contract/agent-setup.ts';
import type { Actor } from '#workflows/domain/actor.ts';
import { passagesOf } from '#workflows/domain/passages.ts';
import type { Db, PrismaClient } from '../../client.ts';
import { Prisma } from '../../generated/client.ts';
import type { KnowledgeText } from '../../generated/client.ts';
import { actorNames, parseActor } from '../actor-names.ts';
import type { NameActor } from '../actor-names.ts';
import { detectLanguage } from '../languages/detect-language.ts';
import { searchConfiguration } from '../languages/text-search.ts';
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

/** How the words of a text are read when it is looked up; asked for before the transaction that writes it. */
export async function readsAs({ title, text }: KnowledgeInput): Promise<string> {
  return searchConfiguration(await detectLanguage(`${title}\n${text}`));
}

interface Writing extends OfAgent, KnowledgeInput {
  /** As `readsAs` says. */
  readonly language: string;
  readonly by: Actor;
  readonly at: Date;
}

/** Adds a text, in one transaction with what is found of it. */
export async function insertKnowledge(db: Db, { by, at, language, ...written }: Writing): Promise<string> {
  const id = newId('knowledge');
  await db.knowledgeText.create({ data: { id, ...written, changedBy: { ...by }, createdAt: at, changedAt: at } });
  await writePassages(db, { id, language, ...written });
  return id;
}

/** Replaces a text; false: the agent has no such text. */
export async function updateKnowledge(db: Db, { id, teamId, agentId, title, text, language, by, at }: Writing & { id: string }): Promise<boolean> {
  const { count } = await db.knowledgeText.updateMany({ where: { id, teamId, agentId }, data: { title, text, changedBy: { ...by }, changedAt: at } });
  if (count === 0) return false;
  await writePassages(db, { id, teamId, agentId, title, text, language });
  return true;
}

/** Removes a text with what is found of it; answers that cite it keep their passages. False: the agent has no such text. */
export async function removeKnowledge(db: Db, { teamId, agentId, id }: OfAgent & { id: string }): Promise<boolean> {
  const { count } = await db.knowledgeText.deleteMany({ where: { id, teamId, agentId } });
  if (count > 0) await db.knowledgePassage.deleteMany({ where: { textId: id, teamId } });
  return count > 0;
}

/** Reads passages anew that were written before languages were told apart, some texts at a time; how many texts there were. */
export async function readOldKnowledge(prisma: PrismaClient): Promise<number> {
  const old = await prisma.$queryRaw<{ textId: string; teamId: string }[]>`
    SELECT DISTINCT text_id AS "textId", team_id AS "teamId" FROM knowledge_passages WHERE language IS NULL LIMIT 20`;
  for (const { textId: id, teamId } of old) {
    const text = await prisma.knowledgeText.findFirst({ where: { id, teamId } });
    const language = text === null ? null : await readsAs(text);
    await prisma.$transaction(async (db) => {
      // Whoever writes it meanwhile comes before or after.
      const [newest] = await db.$queryRaw<{ agentId: string; title: string; text: string }[]>`SELECT agent_id AS "agentId", title, text FROM knowledge_texts WHERE id = ${id} AND team_id = ${teamId} FOR UPDATE`;
      const isOld = (await db.knowledgePassage.count({ where: { textId: id, teamId, language: null } })) > 0;
      if (newest === undefined || language === null) await db.knowledgePassage.deleteMany({ where: { textId: id, teamId, language: null } });
      else if (isOld) await writePassages(db, { id, teamId, ...newest, language });
    });
  }
  return old.length;
}

async function writePassages(db: Db, { id, teamId, agentId, title, text, language }: Omit<Writing, 'by' | 'at'> & { id: string }): Promise<void> {
  await db.knowledgePassage.deleteMany({ where: { textId: id, teamId } });
  const rows = passagesOf(text).map(
    (passage, place) => Prisma.sql`(${id}, ${place}::int, ${teamId}, ${agentId}, ${title}, ${passage}, ${language},
      setweight(to_tsvector(${language}::text::regconfig, ${title}::text), 'A') || to_tsvector(${language}::text::regconfig, ${passage}::text))`,
  );
  if (rows.length === 0) return;
  await db.$executeRaw`INSERT INTO knowledge_passages (text_id, place, team_id, agent_id, title, passage, language, search) VALUES ${Prisma.join(rows)}`;
}

function toRow({ id, title, length, changedBy, changedAt }: Listed, nameOf: NameActor): KnowledgeRow {
  return { id, title, length, changedBy: nameOf(parseActor(changedBy)), changedAt: changedAt.toISOString() };
}
