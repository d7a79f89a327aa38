import { isUniqueViolation } from '#prisma/client.ts';
import { findTeam, insertTeam, updateTeam } from '#prisma/store/teams.ts';
import type { TeamView } from '#prisma/store/teams.ts';
import type { z } from 'zod';
import { changeTeam as changeTeamInput } from '#workflows/contract/settings.ts';
import { line, slug } from '#workflows/contract/text.ts';
import { ok, refuse, refuseField } from '#workflows/domain/errors.ts';
import type { Result } from '#workflows/domain/errors.ts';
import { parseInput } from '../parse-input.ts';
import type { Principal } from '../principal.ts';
import { refuseUnlessAdmin, refuseUnlessReader } from '../require-role.ts';
import type { SettingsDeps } from '../settings-deps.ts';

/** The team of whoever asks. */
export async function team({ prisma }: Pick<SettingsDeps, 'prisma'>, principal: Principal): Promise<Result<TeamView>> {
  const refused = refuseUnlessReader(principal);
  if (refused) return refused;
  return found(await findTeam(prisma, principal.teamId));
}

/** Renames the team or chooses its status labels (P6); admins only. */
export async function changeTeam(
  { prisma }: Pick<SettingsDeps, 'prisma'>,
  principal: Principal,
  input: z.input<typeof changeTeamInput>,
): Promise<Result<TeamView>> {
  const refused = refuseUnlessAdmin(principal);
  if (refused) return refused;
  const parsed = parseInput(changeTeamInput, input);
  if (!parsed.ok) return parsed;
  return found(await updateTeam(prisma, principal.teamId, parsed.value));
}

/** Makes a team; for the command line and the demo, not for a request. */
export async function createTeam(
  { prisma }: Pick<SettingsDeps, 'prisma'>,
  input: { slug: string; name: string; isDemo?: boolean },
): Promise<Result<TeamView>> {
  const parsedSlug = parseInput(slug, input.slug, 'slug');
  if (!parsedSlug.ok) return parsedSlug;
  const parsedName = parseInput(line(100), input.name, 'name');
  if (!parsedName.ok) return parsedName;
  try {
    return ok(await insertTeam(prisma, { slug: parsedSlug.value, name: parsedName.value, isDemo: input.isDemo ?? false }));
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    return { ...refuseField('slug', 'another team has it'), code: 'exists' };
  }
}

function found(view: TeamView | null): Result<TeamView> {
  return view === null ? refuse('not_found', 'There is no such team.') : ok(view);
}
