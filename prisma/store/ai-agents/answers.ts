import { z } from 'zod';
import type { Db } from '../../client.ts';
import { Prisma } from '../../generated/client.ts';

const citation = z.object({ textId: z.string(), title: z.string(), passage: z.string() });
export type Citation = z.infer<typeof citation>;
/** What a message's row says that it cites. */
export function citationsIn(stored: unknown): readonly Citation[] {
  return z.array(citation).safeParse(stored ?? []).data ?? [];
}

const escalation = z.object({ case: z.string().nullable(), reason: z.string() });
export type Escalation = z.infer<typeof escalation>;

/** What an agent answered, before the fence has judged it. */
export interface KeptAnswer {
  readonly text: string;
  readonly citations: readonly Citation[];
  readonly escalation: Escalation | null;
}

/** Keeps an answer under the id that its message takes; the first one stays. */
export async function keepAnswer(db: Db, of: { messageId: string; teamId: string; conversationId: string; at: Date }, { text, citations, escalation: asked }: KeptAnswer): Promise<void> {
  const { messageId, teamId, conversationId, at } = of;
  await db.aiAnswer.createMany({
    data: [{ messageId, teamId, conversationId, text, citations: [...citations], escalation: asked ?? Prisma.JsonNull, createdAt: at }],
    skipDuplicates: true,
  });
}

/** The answer that waits for the fence; null: none does. */
export async function readAnswer(db: Db, { teamId, messageId }: { teamId: string; messageId: string }): Promise<KeptAnswer | null> {
  const row = await db.aiAnswer.findFirst({ where: { messageId, teamId } });
  if (row === null) return null;
  return { text: row.text, citations: z.array(citation).parse(row.citations), escalation: row.escalation === null ? null : escalation.parse(row.escalation) };
}

export async function dropAnswer(db: Db, { teamId, messageId }: { teamId: string; messageId: string }): Promise<void> {
  await db.aiAnswer.deleteMany({ where: { messageId, teamId } });
}

/** Answers of turns that were stopped in between. */
export async function forgetOldAnswers(db: Db, { teamId, before }: { teamId: string; before: Date }): Promise<void> {
  await db.aiAnswer.deleteMany({ where: { teamId, createdAt: { lt: before } } });
}
