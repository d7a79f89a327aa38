import { countFollowed } from '#prisma/store/followed-versions.ts';
import { effectivePoliciesFor } from '#prisma/store/policies.ts';
import type { SettingsProgress } from '#workflows/contract/settings-progress.ts';
import { ok } from '#workflows/domain/errors.ts';
import type { Result } from '#workflows/domain/errors.ts';
import { isNewer } from '#workflows/domain/sla-key.ts';
import type { Principal } from '../principal.ts';
import { refuseUnlessReader } from '../require-role.ts';
import type { SettingsDeps } from '../settings-deps.ts';

/**
 * How many open tickets follow the newest settings. Counted from what the tickets wrote down themselves, and not from what
 * the edit's follower did: so it is true whoever died meanwhile, and needs no worker to be asked.
 */
export async function settingsProgress({ prisma }: Pick<SettingsDeps, 'prisma'>, principal: Principal): Promise<Result<SettingsProgress>> {
  const refused = refuseUnlessReader(principal);
  if (refused) return refused;
  const { teamId } = principal;
  const counted = await countFollowed(prisma, teamId);
  const newest = await effectivePoliciesFor(prisma, teamId, counted.map(({ agentId }) => agentId));
  const sum = (some: typeof counted) => some.reduce((total, { tickets }) => total + tickets, 0);
  const behind = sum(counted.filter(({ agentId, version }) => isNewer(newest.get(agentId)?.version ?? version, version)));
  const openTickets = sum(counted);
  return ok({ openTickets, following: openTickets - behind, isDone: behind === 0 });
}
