import { widgetLook } from '#workflows/contract/widgets.ts';
import type { WidgetLook } from '#workflows/contract/widgets.ts';
import type { Db } from '../../client.ts';
import type { Widget } from '../../generated/client.ts';
import type { SqlDb } from '../../transaction.ts';
import { newId } from '../new-id.ts';

/** A widget with its agent's name. */
export interface WidgetRow {
  readonly id: string;
  readonly teamId: string;
  readonly agent: { readonly id: string; readonly name: string } | null;
  readonly name: string;
  readonly origins: readonly string[];
  readonly look: WidgetLook;
  readonly version: number;
  readonly createdAt: Date;
  readonly changedAt: Date;
}

export interface WidgetFields {
  readonly name: string;
  readonly agentId: string | null;
  readonly origins: readonly string[];
  readonly look: WidgetLook;
}

export async function listWidgets(db: Db, teamId: string): Promise<WidgetRow[]> {
  const rows = await db.widget.findMany({ where: { teamId }, orderBy: [{ createdAt: 'asc' }, { id: 'asc' }] });
  return withAgents(db, teamId, rows);
}

/** A widget of this team, or null: another team's id is nothing. */
export async function findWidget(db: Db, teamId: string, id: string): Promise<WidgetRow | null> {
  const row = await db.widget.findFirst({ where: { id, teamId } });
  return row === null ? null : ((await withAgents(db, teamId, [row]))[0] ?? null);
}

interface WidgetOfPage extends Omit<WidgetRow, 'agent' | 'look'> {
  readonly look: unknown;
  readonly agentId: string | null;
  readonly agentName: string | null;
}

/** The widget that a page names, whichever team's it is: its id is what the page shows for. */
export async function widgetOfPage(db: SqlDb, id: string): Promise<WidgetRow | null> {
  const [found] = await db.$queryRaw<WidgetOfPage[]>`
    SELECT w.id, w.team_id AS "teamId", w.name, w.origins, w.look, w.version, w.created_at AS "createdAt", w.changed_at AS "changedAt",
      a.id AS "agentId", a.name AS "agentName"
    FROM widgets w LEFT JOIN agents a ON a.id = w.agent_id AND a.team_id = w.team_id WHERE w.id = ${id}`;
  if (found === undefined) return null;
  const { agentId, agentName, look, ...row } = found;
  return { ...row, agent: agentId === null || agentName === null ? null : { id: agentId, name: agentName }, look: widgetLook.parse(look) };
}

export async function insertWidget(db: Db, { teamId, at, ...fields }: WidgetFields & { teamId: string; at: Date }): Promise<string> {
  const id = newId('widget');
  await db.widget.create({ data: { id, teamId, ...stored(fields), createdAt: at, changedAt: at } });
  return id;
}

/** Replaces what a widget is, in the version that was read; false where another one is in force. */
export async function updateWidget(db: Db, { teamId, id, version, at, ...fields }: WidgetFields & { teamId: string; id: string; version: number; at: Date }): Promise<boolean> {
  const { count } = await db.widget.updateMany({ where: { id, teamId, version }, data: { ...stored(fields), version: version + 1, changedAt: at } });
  return count === 1;
}

/** Removes a widget; its conversations stay, and nobody reads them by it any more. Returns whether it was there. */
export async function removeWidget(db: Db, teamId: string, id: string): Promise<boolean> {
  const { count } = await db.widget.deleteMany({ where: { id, teamId } });
  if (count === 0) return false;
  await db.widgetVisitor.deleteMany({ where: { widgetId: id, teamId } });
  return true;
}

function stored({ name, agentId, origins, look }: WidgetFields) {
  return { name, agentId, origins: [...origins], look };
}

async function withAgents(db: Db, teamId: string, rows: readonly Widget[]): Promise<WidgetRow[]> {
  const ids = rows.flatMap(({ agentId }) => (agentId === null ? [] : [agentId]));
  const agents = ids.length === 0 ? [] : await db.agent.findMany({ where: { teamId, id: { in: ids } }, select: { id: true, name: true } });
  return rows.map(({ agentId, look, ...row }) => ({ ...row, agent: agents.find(({ id }) => id === agentId) ?? null, look: widgetLook.parse(look) }));
}
