import { insertTags, listTags, removeTag } from '#prisma/store/tags.ts';
import { tagName } from '#workflows/contract/text.ts';
import { ok } from '#workflows/domain/errors.ts';
import type { Result } from '#workflows/domain/errors.ts';
import { parseInput } from '../parse-input.ts';
import type { Principal } from '../principal.ts';
import { refuseUnlessAdmin, refuseUnlessReader, refuseUnlessWriter } from '../require-role.ts';
import type { SettingsDeps } from '../settings-deps.ts';

type Deps = Pick<SettingsDeps, 'prisma'>;

/** The team's tags in alphabetical order. */
export async function tags({ prisma }: Deps, principal: Principal): Promise<Result<string[]>> {
  const refused = refuseUnlessReader(principal);
  return refused ?? ok(await listTags(prisma, principal.teamId));
}

/** Adds a tag and answers with all of them; one that exists is fine. Operators may: they name what they see. */
export async function createTag({ prisma }: Deps, principal: Principal, name: string): Promise<Result<string[]>> {
  const refused = refuseUnlessWriter(principal);
  if (refused) return refused;
  const parsed = parseInput(tagName, name, 'body.name');
  if (!parsed.ok) return parsed;
  await insertTags(prisma, principal.teamId, [parsed.value]);
  return ok(await listTags(prisma, principal.teamId));
}

/** Takes a tag out of the list (tickets that carry it keep it) and answers with the rest; admins only. */
export async function deleteTag({ prisma }: Deps, principal: Principal, name: string): Promise<Result<string[]>> {
  const refused = refuseUnlessAdmin(principal);
  if (refused) return refused;
  const parsed = parseInput(tagName, name, 'path.name');
  if (!parsed.ok) return parsed;
  await removeTag(prisma, principal.teamId, parsed.value);
  return ok(await listTags(prisma, principal.teamId));
}
