import type { Db, PrismaClient } from '../../client.ts';
import type { SqlDb } from '../../transaction.ts';
import { countChanges } from '../projecting/counts.ts';
import { addAddresses, lockRequesterBy } from '../requesters.ts';
import { announce } from '../team-events.ts';

export interface VisitorRow {
  readonly id: string;
  readonly requesterId: string;
  readonly conversationId: string;
}

/** Who has written in this widget before; null for who has not. */
export async function findVisitor(db: SqlDb, { teamId, widgetId, visitorId }: { teamId: string; widgetId: string; visitorId: string }): Promise<VisitorRow | null> {
  const rows = await db.$queryRaw<VisitorRow[]>`
    SELECT id, requester_id AS "requesterId", conversation_id AS "conversationId" FROM widget_visitors
    WHERE id = ${visitorId} AND team_id = ${teamId} AND widget_id = ${widgetId}`;
  return rows[0] ?? null;
}

export async function insertVisitor(db: Db, visitor: VisitorRow & { teamId: string; widgetId: string; at: Date }): Promise<void> {
  const { at, ...row } = visitor;
  await db.widgetVisitor.createMany({ data: [{ ...row, createdAt: at }], skipDuplicates: true });
}

/**
 * Gives what a browser wrote unsigned to the user who signed in there, unless that user is known already: then it stays
 * a person of its own, whom operators may join. Again changes nothing.
 */
export async function adoptVisitor(prisma: PrismaClient, { teamId, from, to, user }: { teamId: string; from: string; to: string; user: string }): Promise<void> {
  if ((await prisma.widgetVisitor.count({ where: { id: from, teamId } })) === 0) return;
  await prisma.$transaction(async (db) => {
    const known = await lockRequesterBy(db, teamId, { kind: 'external', value: user });
    const row = await db.widgetVisitor.findFirst({ where: { id: from, teamId } });
    if (row === null || known !== null || (await db.widgetVisitor.count({ where: { id: to } })) > 0) return;
    await addAddresses(db, { teamId, requesterId: row.requesterId, addresses: [{ kind: 'external', value: user, verified: true }] });
    await db.widgetVisitor.create({ data: { ...row, id: to } });
    await db.widgetVisitor.delete({ where: { id: from } });
  });
}

/**
 * Keeps visitors connected until then, and their conversations in view as long (P40); one statement each, for all of a process. Rows are
 * locked by their ids: several such statements run at once, of processes that share visitors and of one that has more of them by the second.
 */
export async function keepConnected(db: Db, visitorIds: readonly string[], until: Date): Promise<void> {
  if (visitorIds.length === 0) return;
  const ids = [...visitorIds];
  await db.$executeRaw`
    UPDATE widget_visitors SET connected_until = ${until} WHERE id IN (
      SELECT id FROM widget_visitors WHERE id = ANY(${ids}::text[]) ORDER BY id FOR UPDATE)`;
  await db.$executeRaw`
    UPDATE conversations SET view_until = ${until} WHERE id IN (
      SELECT c.id FROM conversations c JOIN widget_visitors v ON v.conversation_id = c.id
      WHERE v.id = ANY(${ids}::text[]) AND c.in_view AND c.view_until < ${until} ORDER BY c.id FOR UPDATE OF c)`;
}

/** A widget went: it counts as connected no longer than to this instant. */
export async function endConnection(db: Db, { visitorId, at }: { visitorId: string; at: Date }): Promise<void> {
  await db.widgetVisitor.updateMany({ where: { id: visitorId, connectedUntil: { gt: at } }, data: { connectedUntil: at } });
}

/** Those of these conversations that are not in their view and have no ticket, with their teams. */
export async function outOfView(prisma: PrismaClient, conversationIds: readonly string[]): Promise<{ conversationId: string; teamId: string }[]> {
  return prisma.$queryRaw`
    SELECT id AS "conversationId", team_id AS "teamId" FROM conversations WHERE id = ANY(${[...conversationIds]}::text[]) AND NOT in_view AND NOT has_active_ticket ORDER BY id`;
}

/** P40: a conversation whose widget is connected is in its view, though nobody has written for long. */
export async function enterView(prisma: PrismaClient, { teamId, conversationId, until }: { teamId: string; conversationId: string; until: Date }): Promise<void> {
  await prisma.$transaction(async (db) => {
    const entered = await db.$executeRaw`
      UPDATE conversations SET in_view = true, view_until = greatest(view_until, ${until})
      WHERE id = ${conversationId} AND team_id = ${teamId} AND NOT in_view AND NOT has_active_ticket`;
    if (entered === 0) return;
    await countChanges(db, teamId, [{ key: 'conversations', by: 1 }]);
    await announce(db, teamId, { events: [{ kind: 'conversation', conversationId }] });
  });
}
