import { actorNames } from '#prisma/store/actor-names.ts';
import { slaPoliciesOf } from '#prisma/store/sla-policies.ts';
import type { SlaPolicies } from '#prisma/store/sla-policies.ts';
import type { Db } from '#prisma/client.ts';
import { slaView } from '#workflows/contract/sla-views.ts';
import type { SlaView } from '#workflows/contract/sla-views.ts';
import { ok } from '#workflows/domain/errors.ts';
import type { Result } from '#workflows/domain/errors.ts';
import type { Principal } from '../principal.ts';
import { refuseUnlessReader } from '../require-role.ts';
import type { SettingsDeps } from '../settings-deps.ts';

/** The team's SLA policies from top to bottom: the first that fits a ticket is its own (P31). */
export async function sla({ prisma }: Pick<SettingsDeps, 'prisma'>, principal: Principal): Promise<Result<SlaView>> {
  const refused = refuseUnlessReader(principal);
  return refused ?? ok(await slaViewOf(prisma, principal.teamId, await slaPoliciesOf(prisma, principal.teamId)));
}

export async function slaViewOf(db: Db, teamId: string, { version, policies, changedBy, changedAt }: SlaPolicies): Promise<SlaView> {
  const nameOf = await actorNames(db, teamId, changedBy === null ? [] : [changedBy]);
  return slaView.parse({ version, policies, changedBy: changedBy === null ? null : nameOf(changedBy), changedAt: changedAt === null ? null : new Date(changedAt).toISOString() });
}
