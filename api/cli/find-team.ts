import { allTeams, findTeamBySlug } from '#prisma/store/teams.ts';
import type { TeamView } from '#prisma/store/teams.ts';
import type { PrismaClient } from '#prisma/client.ts';
import { ok, refuse } from '#workflows/domain/errors.ts';
import type { Result } from '#workflows/domain/errors.ts';

/** The team with that slug, or, when none is named, the installation's first; the refusal says which there are. */
export async function findTeamFor(prisma: PrismaClient, slug: string | undefined): Promise<Result<TeamView>> {
  const teams = await allTeams(prisma);
  const [first] = teams;
  if (first === undefined) return refuse('not_found', 'There is no team yet. Make one: npm run baton -- team create --slug SLUG --name NAME');
  if (slug === undefined) return ok(first);
  const found = await findTeamBySlug(prisma, slug);
  return found === null ? refuse('not_found', `There is no team "${slug}". There are: ${teams.slice(0, 20).map((team) => team.slug).join(', ')}`) : ok(found);
}
