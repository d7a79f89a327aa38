import type { Db } from '../../client.ts';

/** The channel that workers listen on: a team's router should look again. */
export const ROUTER_CHANNEL = 'baton_router';

/** What a pass begins with; the team's row stays locked, so that nothing about its tickets is committed meanwhile. */
export interface RouterFlag {
  readonly routes: boolean;
  readonly pass: string | null;
  readonly wakeAt: number | null;
}

/** Locks the team for a pass; null: the team is gone. */
export async function lockRouter(db: Db, teamId: string): Promise<RouterFlag | null> {
  const rows = await db.$queryRaw<{ routes: boolean; router_pass: string | null; router_wake_at: Date | null }[]>`
    SELECT routes, router_pass, router_wake_at FROM teams WHERE id = ${teamId} FOR UPDATE`;
  const row = rows[0];
  return row === undefined ? null : { routes: row.routes, pass: row.router_pass, wakeAt: row.router_wake_at?.getTime() ?? null };
}

/** The pass has seen everything that was committed before it. */
export async function endPass(db: Db, teamId: string, { pass, wakeAt }: { pass: string; wakeAt: number | null }): Promise<void> {
  await db.team.update({ where: { id: teamId }, data: { routerDirty: null, routerPass: pass, routerWakeAt: wakeAt === null ? null : new Date(wakeAt) } });
}

/** Whether the team's flag has been up for so long that nobody can have heard of it, or a choice waits for an answer. */
export async function isRouterLate(db: Db, teamId: string, before: Date): Promise<boolean> {
  const flags = await db.team.count({ where: { id: teamId, routes: true, OR: [{ routerDirty: { lt: before } }, { routerWakeAt: { lt: before } }] } });
  const offers = await db.reservation.count({ where: { teamId, turnAt: { lt: before }, OR: [{ offeredAt: null }, { offeredAt: { lt: before } }] } });
  return flags + offers > 0;
}

/** Teams whose flag is up. */
export async function teamsToRoute(db: Db): Promise<string[]> {
  const teams = await db.team.findMany({ where: { routerDirty: { not: null } }, select: { id: true } });
  return teams.map(({ id }) => id);
}

/** Whether any policy of the team assigns automatically, from now on; whoever calls it announces the change after. */
export async function setRoutes(db: Db, teamId: string, routes: boolean): Promise<void> {
  await db.team.update({ where: { id: teamId }, data: { routes } });
}
