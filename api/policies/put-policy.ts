import type { z } from 'zod';
import { isUniqueViolation } from '#prisma/client.ts';
import { TEAM_SCOPE, insertPolicyVersion, newestFor } from '#prisma/store/policies.ts';
import { putPolicy as putPolicyInput } from '#workflows/contract/settings.ts';
import type { PolicyView } from '#workflows/contract/views.ts';
import { ok, refuse } from '#workflows/domain/errors.ts';
import type { Refusal, Result } from '#workflows/domain/errors.ts';
import { effectivePolicy } from '#workflows/domain/policy.ts';
import { parseInput } from '../parse-input.ts';
import { actorOf } from '../principal.ts';
import type { Principal } from '../principal.ts';
import { refuseUnlessAdmin } from '../require-role.ts';
import type { SettingsDeps } from '../settings-deps.ts';
import { contradictionsIn } from './contradictions.ts';
import { namesIn, refuseUnknownScope, viewOf } from './policy.ts';

/**
 * Replaces a scope's overrides (what is left out is inherited again) by a new version; admins only. `ifVersion` is
 * the version that was read (0: never set): any other in force refuses with `version_conflict`. The same overrides
 * again make no new version. Settings that contradict each other are refused at their fields.
 */
export async function putPolicy(
  { prisma }: Pick<SettingsDeps, 'prisma'>,
  principal: Principal,
  scope: string,
  input: z.input<typeof putPolicyInput>,
  ifVersion: number,
): Promise<Result<PolicyView>> {
  const refused = refuseUnlessAdmin(principal);
  if (refused) return refused;
  const parsed = parseInput(putPolicyInput, input);
  if (!parsed.ok) return parsed;
  const { overrides } = parsed.value;
  const { teamId } = principal;
  const unknown = await refuseUnknownScope(prisma, teamId, scope);
  if (unknown) return unknown;

  const { team, agent } = await newestFor(prisma, teamId, scope === TEAM_SCOPE ? null : scope);
  const current = scope === TEAM_SCOPE ? team : agent;
  if (current.version !== ifVersion) return conflict(current.version);
  const errors = contradictionsIn(overrides, effectivePolicy(scope === TEAM_SCOPE ? {} : team.overrides, overrides));
  if (errors.length > 0) return refuse('invalid', errors.map(({ message }) => message).join('; '), { errors });
  if (current.version > 0 && canonical(current.overrides) === canonical(overrides)) {
    return ok(viewOf(current, { scope, team, nameOf: await namesIn(prisma, teamId, [current]) }));
  }

  try {
    const row = await insertPolicyVersion(prisma, { teamId, scope, version: ifVersion + 1, overrides, changedBy: actorOf(principal) });
    return ok(viewOf(row, { scope, team, nameOf: await namesIn(prisma, teamId, [row]) }));
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    return conflict(ifVersion + 1);
  }
}

function conflict(version: number): Refusal {
  return refuse('version_conflict', `Somebody changed these settings: version ${version} is in force now. Read it and decide again.`);
}

// PostgreSQL's jsonb orders keys its own way.
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner) ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1))) : inner,
  );
}
