import type { z } from 'zod';
import { VOCABULARIES } from '#workflows/domain/labels.ts';
import type { Vocabulary } from '#workflows/domain/labels.ts';
import type { teamView } from '#workflows/contract/views.ts';
import type { Db } from '../client.ts';
import type { Team } from '../generated/client.ts';
import { newId } from './new-id.ts';

export type TeamView = z.infer<typeof teamView>;

/** Makes a team; a unique violation says that the slug is taken. */
export async function insertTeam(db: Db, { slug, name, isDemo }: { slug: string; name: string; isDemo: boolean }): Promise<TeamView> {
  return toView(await db.team.create({ data: { id: newId('team'), slug, name, isDemo } }));
}

/** By id, or null. */
export async function findTeam(db: Db, teamId: string): Promise<TeamView | null> {
  const row = await db.team.findUnique({ where: { id: teamId } });
  return row === null ? null : toView(row);
}

/** By slug: how the people who run the server name a team. */
export async function findTeamBySlug(db: Db, slug: string): Promise<TeamView | null> {
  const row = await db.team.findUnique({ where: { slug } });
  return row === null ? null : toView(row);
}

/** Every team of the installation, oldest first: for the command line and the start of the api, never for a request. */
export async function allTeams(db: Db): Promise<TeamView[]> {
  return (await db.team.findMany({ orderBy: { createdAt: 'asc' } })).map(toView);
}

/** Changes what a team shows of itself. */
export async function updateTeam(db: Db, teamId: string, change: { name?: string | undefined; vocabulary?: Vocabulary | undefined; monthlyTokens?: number | null | undefined }): Promise<TeamView | null> {
  const { count } = await db.team.updateMany({ where: { id: teamId }, data: change });
  return count === 0 ? null : findTeam(db, teamId);
}

function toView({ id, slug, name, vocabulary, isDemo, monthlyTokens }: Team): TeamView {
  return { id, slug, name, vocabulary: VOCABULARIES.find((one) => one === vocabulary) ?? 'seven', isDemo, monthlyTokens };
}
