import { z } from 'zod';
import { composeEnding, composeInput } from '#workflows/contract/compose.ts';
import type { ComposeEnding } from '#workflows/contract/compose.ts';
import type { Db, PrismaClient } from '../../client.ts';
import type { SqlDb } from '../../transaction.ts';

/** The channel on which api processes hear that there is more of a text, by its id: the rows are the truth. */
export const COMPOSE_CHANNEL = 'baton_composes';

/** More at once than a person can watch. */
export const MOST_COMPOSES = 2;
/** Its reader shows itself more often: what nobody reads, or a dead process left, counts no more. */
const UNREAD_MS = 15_000;
const KEPT_MS = 3_600_000;

/** `writer`: the name of who asked, which must survive. */
const storedWish = z.object({ ...composeInput.shape, writer: z.string() });
export type ComposeWish = z.infer<typeof storedWish>;

export interface ComposeRow {
  readonly id: string;
  readonly teamId: string;
  readonly ticketId: string;
  readonly conversationId: string;
  readonly owner: string;
  readonly wish: ComposeWish;
  readonly ending: ComposeEnding | null;
  readonly createdAt: Date;
}

/** Begins one; the same id again is the same one. `too_many`: its owner has enough under way. */
export async function beginCompose(prisma: PrismaClient, { id, teamId, ticketId, conversationId, owner, wish, at }: Omit<ComposeRow, 'ending' | 'createdAt'> & { at: Date }): Promise<'begun' | 'too_many'> {
  return prisma.$transaction(async (db) => {
    await db.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`compose:${owner}`}, 0))`;
    const running = await db.compose.count({ where: { teamId, owner, state: 'running', readAt: { gt: new Date(at.getTime() - UNREAD_MS) }, id: { not: id } } });
    if (running >= MOST_COMPOSES) return 'too_many';
    await db.compose.createMany({ data: { id, teamId, ticketId, conversationId, owner, wish, readAt: at, createdAt: at }, skipDuplicates: true });
    return 'begun';
  });
}

export async function findCompose(db: Db, { teamId, id }: { teamId: string; id: string }): Promise<ComposeRow | null> {
  const row = await db.compose.findFirst({ where: { id, teamId } });
  return row === null ? null : { ...row, wish: storedWish.parse(row.wish), ending: row.ending === null ? null : composeEnding.parse(row.ending) };
}

/** Nothing came of it: it was never begun. */
export async function dropCompose(db: Db, { teamId, id }: { teamId: string; id: string }): Promise<void> {
  await db.compose.deleteMany({ where: { id, teamId } });
}

/** Adds a piece and tells its readers; false: it has ended, and nobody wants more. */
export async function addChunk(db: SqlDb, { id, seq, text }: { id: string; seq: number; text: string }): Promise<boolean> {
  const rows = await db.$queryRaw<unknown[]>`
    WITH added AS (INSERT INTO compose_chunks (compose_id, seq, team_id, text)
      SELECT id, ${seq}::int, team_id, ${text} FROM composes WHERE id = ${id} AND state = 'running' RETURNING 1)
    SELECT pg_notify(${COMPOSE_CHANNEL}, ${id})::text FROM added`;
  return rows.length > 0;
}

export interface Chunk {
  readonly seq: number;
  readonly text: string;
}

export async function chunksAfter(db: Db, { id, after }: { id: string; after: number }): Promise<Chunk[]> {
  return db.composeChunk.findMany({ where: { composeId: id, seq: { gt: after } }, orderBy: { seq: 'asc' }, select: { seq: true, text: true } });
}

/** Ends it, once: what ended stays as it ended. */
export async function endCompose(db: SqlDb, { id, ending, at }: { id: string; ending: ComposeEnding; at: Date }): Promise<void> {
  await db.$queryRaw`
    WITH ended AS (UPDATE composes SET state = ${ending.state}, ending = ${JSON.stringify(ending)}::jsonb, ended_at = ${at} WHERE id = ${id} AND state = 'running' RETURNING 1)
    SELECT pg_notify(${COMPOSE_CHANNEL}, ${id})::text FROM ended`;
}

/** A reader shows that it is there. */
export async function noteReader(db: Db, { id, at }: { id: string; at: Date }): Promise<void> {
  await db.compose.updateMany({ where: { id, state: 'running' }, data: { readAt: at } });
}

/** When it was last read; null: it has ended. */
export async function lastRead(db: Db, id: string): Promise<Date | null> {
  const row = await db.compose.findFirst({ where: { id, state: 'running' }, select: { readAt: true } });
  return row?.readAt ?? null;
}

/** Forgets what was written an hour ago, a hundred at a time. */
export async function forgetOldComposes(prisma: PrismaClient, now: Date): Promise<number> {
  const rows = await prisma.compose.findMany({ where: { createdAt: { lt: new Date(now.getTime() - KEPT_MS) } }, select: { id: true }, take: 100 });
  const ids = rows.map(({ id }) => id);
  await prisma.$transaction([prisma.composeChunk.deleteMany({ where: { composeId: { in: ids } } }), prisma.compose.deleteMany({ where: { id: { in: ids } } })]);
  return ids.length;
}
