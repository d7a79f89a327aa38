import type { z } from 'zod';
import { hasAgent } from '#prisma/store/agents.ts';
import { insertKey, listKeys, revokeKeyRow } from '#prisma/store/keys.ts';
import type { KeyView } from '#prisma/store/keys.ts';
import { createKey as createKeyInput } from '#workflows/contract/settings.ts';
import { ok, refuse, refuseField } from '#workflows/domain/errors.ts';
import type { Result } from '#workflows/domain/errors.ts';
import { parseInput } from '../parse-input.ts';
import type { Principal } from '../principal.ts';
import { refuseUnlessAdmin } from '../require-role.ts';
import type { SettingsDeps } from '../settings-deps.ts';

/** The team's keys without their secret, newest first; admins only. */
export async function keys({ prisma }: Pick<SettingsDeps, 'prisma'>, principal: Principal): Promise<Result<KeyView[]>> {
  const refused = refuseUnlessAdmin(principal);
  return refused ?? ok(await listKeys(prisma, principal.teamId));
}

/** Makes a key, shown this once; admins only. A key of role agent speaks for one agent of the team. */
export async function createKey(
  { prisma }: Pick<SettingsDeps, 'prisma'>,
  principal: Principal,
  input: z.input<typeof createKeyInput>,
): Promise<Result<KeyView & { key: string }>> {
  const refused = refuseUnlessAdmin(principal);
  if (refused) return refused;
  const parsed = parseInput(createKeyInput, input);
  if (!parsed.ok) return parsed;
  return issueKey({ prisma }, principal.teamId, parsed.value);
}

/** The same for the command line, where being on the server is the authority. */
export async function issueKey(
  { prisma }: Pick<SettingsDeps, 'prisma'>,
  teamId: string,
  { name, role, agentId }: z.infer<typeof createKeyInput>,
): Promise<Result<KeyView & { key: string }>> {
  if (agentId !== undefined && !(await hasAgent(prisma, teamId, agentId))) return refuseField('body.agentId', 'the team has no such agent');
  return ok(await insertKey(prisma, { teamId, name, role, agentId: agentId ?? null }));
}

/** Ends a key: at once in this process, within 3 s in every other. Admins only. */
export async function revokeKey({ prisma, keyring, now }: Pick<SettingsDeps, 'prisma' | 'keyring' | 'now'>, principal: Principal, keyId: string): Promise<Result<null>> {
  const refused = refuseUnlessAdmin(principal);
  if (refused) return refused;
  const hash = await revokeKeyRow(prisma, { teamId: principal.teamId, keyId, at: now() });
  if (hash === null) return refuse('not_found', 'The team has no such key.');
  keyring.forget(hash);
  return ok(null);
}
