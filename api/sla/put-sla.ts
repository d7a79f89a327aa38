import type { z } from 'zod';
import { isUniqueViolation } from '#prisma/client.ts';
import { SLA_SCOPE } from '#prisma/store/policies.ts';
import { insertSlaPolicies, slaPoliciesOf } from '#prisma/store/sla-policies.ts';
import { announce } from '#prisma/store/team-events.ts';
import { startFollowing } from '#switchboard/follow-edit.ts';
import { refusalOf } from '#switchboard/refusal-of.ts';
import { putSla as putSlaInput } from '#workflows/contract/sla-views.ts';
import type { SlaView } from '#workflows/contract/sla-views.ts';
import { ok, refuse } from '#workflows/domain/errors.ts';
import type { FieldError, Result } from '#workflows/domain/errors.ts';
import { parseInput } from '../parse-input.ts';
import { versionConflict } from '../version-conflict.ts';
import { actorOf } from '../principal.ts';
import type { Principal } from '../principal.ts';
import { refuseUnlessAdmin } from '../require-role.ts';
import type { SwitchboardDeps } from '#switchboard/tickets.ts';
import { slaViewOf } from './sla.ts';

/**
 * Replaces the team's SLA policies by a new version; admins only. Open tickets follow in the background, each from the
 * original start of its clocks (P34). `ifVersion` is the version that was read, 0 where none was set.
 */
export async function putSla(deps: SwitchboardDeps, principal: Principal, input: z.input<typeof putSlaInput>, ifVersion: number): Promise<Result<SlaView>> {
  const refused = refuseUnlessAdmin(principal);
  if (refused) return refused;
  const parsed = parseInput(putSlaInput, input);
  if (!parsed.ok) return parsed;
  const { policies } = parsed.value;
  const { prisma } = deps;
  const { teamId } = principal;
  const errors = await unknownIn(deps, teamId, policies);
  if (errors.length > 0) return refuse('invalid', errors.map(({ path, message }) => `${path}: ${message}`).slice(0, 5).join('; '), { errors });
  const current = await slaPoliciesOf(prisma, teamId);
  if (current.version !== ifVersion) return versionConflict(current.version);
  const version = ifVersion + 1;
  try {
    // Before the commit: no crash may leave an edit that open tickets never hear of.
    await startFollowing(deps, { teamId, scope: SLA_SCOPE, version });
  } catch (error) {
    return refusalOf(error);
  }
  try {
    await prisma.$transaction(async (db) => {
      await insertSlaPolicies(db, { teamId, version, policies, changedBy: actorOf(principal) });
      await announce(db, teamId, { events: [{ kind: 'settings' }] });
    });
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    return versionConflict(version);
  }
  return ok(await slaViewOf(prisma, teamId, await slaPoliciesOf(prisma, teamId)));
}

/** What the policies name and the team does not have. */
async function unknownIn({ prisma }: SwitchboardDeps, teamId: string, policies: z.output<typeof putSlaInput>['policies']): Promise<FieldError[]> {
  const [schedules, agents, operators] = await Promise.all([
    prisma.schedule.findMany({ where: { teamId }, select: { id: true } }),
    prisma.agent.findMany({ where: { teamId }, select: { id: true } }),
    prisma.operator.findMany({ where: { teamId }, select: { id: true } }),
  ]);
  const known = new Set([...schedules, ...agents, ...operators].map(({ id }) => id));
  return policies.flatMap(({ scheduleId, conditions, onWarning, onBreach }, index) => {
    const at = `body.policies.${index}`;
    const named = [...onWarning, ...onBreach].flatMap((one) => (one.action === 'notify' ? one.to : [])).filter((name) => name.startsWith('opr_'));
    return [
      ...(scheduleId !== null && !known.has(scheduleId) ? [{ path: `${at}.scheduleId`, message: 'must be a schedule of this team, or null' }] : []),
      ...(conditions.agents ?? []).filter((id) => !known.has(id)).map((id) => ({ path: `${at}.conditions.agents`, message: `${id} is no agent of this team` })),
      ...named.filter((id) => !known.has(id)).map((id) => ({ path: `${at}.onBreach`, message: `${id} is nobody of this team` })),
    ];
  });
}
