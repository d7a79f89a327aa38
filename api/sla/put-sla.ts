import type { z } from 'zod';
import type { Db } from '#prisma/client.ts';
import { SLA_SCOPE } from '#prisma/store/policies.ts';
import { namedSchedules } from '#prisma/store/hours-in-use.ts';
import { hoursFor, insertSlaPolicies, slaPoliciesOf } from '#prisma/store/sla-policies.ts';
import { announce } from '#prisma/store/team-events.ts';
import { lockTeam } from '#prisma/store/team-lock.ts';
import { type FollowDeps, refusalOfEdit, startFollowing } from '#switchboard/follow-edit.ts';
import { putSla as putSlaInput } from '#workflows/contract/sla-views.ts';
import type { SlaView } from '#workflows/contract/sla-views.ts';
import { nextOpening } from '#workflows/domain/clock.ts';
import { ok, refuseFields } from '#workflows/domain/errors.ts';
import type { FieldError, Result } from '#workflows/domain/errors.ts';
import { schedulesInUse } from '#workflows/domain/hours-in-use.ts';
import type { Instant } from '#workflows/domain/instant.ts';
import type { SlaAction } from '#workflows/domain/sla-policy.ts';
import { parseInput } from '../parse-input.ts';
import { versionConflict } from '../version-conflict.ts';
import { actorOf } from '../principal.ts';
import type { Principal } from '../principal.ts';
import { refuseUnlessAdmin } from '../require-role.ts';
import type { SettingsDeps } from '../settings-deps.ts';
import { slaViewOf } from './sla.ts';

/**
 * Replaces the team's SLA policies by a new version; admins only. Open tickets follow in the background, each from the
 * original start of its clocks (P34). `ifVersion` is the version that was read, 0 where none was set: any other in force refuses with
 * `version_conflict`.
 */
export async function putSla(deps: FollowDeps & Pick<SettingsDeps, 'prisma' | 'now'>, principal: Principal, input: z.input<typeof putSlaInput>, ifVersion: number): Promise<Result<SlaView>> {
  const refused = refuseUnlessAdmin(principal);
  if (refused) return refused;
  const parsed = parseInput(putSlaInput, input);
  if (!parsed.ok) return parsed;
  const { policies } = parsed.value;
  const { prisma } = deps;
  const { teamId } = principal;
  try {
    return await prisma.$transaction(async (tx) => {
      // No schedule or webhook that is named here may go meanwhile, and versions are made one after the other.
      await lockTeam(tx, teamId, 'policies');
      const errors = [...(await unknownIn(tx, teamId, policies)), ...(await closedIn(tx, teamId, policies, deps.now()))];
      if (errors.length > 0) return refuseFields(errors);
      const current = await slaPoliciesOf(tx, teamId);
      if (current.version !== ifVersion) return versionConflict(current.version);
      const version = ifVersion + 1;
      await insertSlaPolicies(tx, { teamId, version, policies, changedBy: actorOf(principal) });
      const view = await slaViewOf(tx, teamId, await slaPoliciesOf(tx, teamId));
      await startFollowing(deps, { teamId, scope: SLA_SCOPE, version });
      await announce(tx, teamId, { events: [{ kind: 'settings' }] });
      return ok(view);
    });
  } catch (error) {
    return refusalOfEdit(error);
  }
}

/** What the policies name and the team does not have. */
async function unknownIn(db: Db, teamId: string, policies: z.output<typeof putSlaInput>['policies']): Promise<FieldError[]> {
  const ofTeam = { where: { teamId }, select: { id: true } } as const;
  const named = [...new Set(policies.flatMap(({ conditions }) => conditions.requesters ?? []))];
  const known: Known = {
    schedules: idsOf(await db.schedule.findMany(ofTeam)),
    agents: idsOf(await db.agent.findMany(ofTeam)),
    // A team's people and programs are few, its customers are not.
    requesters: idsOf(await db.requester.findMany({ ...ofTeam, where: { teamId, id: { in: named } } })),
    operators: idsOf(await db.operator.findMany(ofTeam)),
    webhooks: idsOf(await db.webhookEndpoint.findMany(ofTeam)),
  };
  return policies.flatMap(({ scheduleId, conditions, onWarning, onBreach }, index) => {
    const at = `body.policies.${index}`;
    return [
      ...(scheduleId !== null && !known.schedules.has(scheduleId) ? [{ path: `${at}.scheduleId`, message: 'must be a schedule of this team, or null' }] : []),
      ...(conditions.agents ?? []).filter((id) => !known.agents.has(id)).map((id) => ({ path: `${at}.conditions.agents`, message: `${id} is no agent of this team` })),
      ...(conditions.requesters ?? []).filter((id) => !known.requesters.has(id)).map((id) => ({ path: `${at}.conditions.requesters`, message: `${id} is no requester of this team` })),
      ...strangersIn(onWarning, { known, at: `${at}.onWarning` }),
      ...strangersIn(onBreach, { known, at: `${at}.onBreach` }),
    ];
  });
}

type Known = Readonly<Record<'schedules' | 'agents' | 'requesters' | 'operators' | 'webhooks', ReadonlySet<string>>>;

function idsOf(rows: readonly { readonly id: string }[]): ReadonlySet<string> {
  return new Set(rows.map(({ id }) => id));
}

/** The policies whose clocks would count by hours that never come again: by their own schedule, or by what they leave it to. */
async function closedIn(db: Db, teamId: string, policies: z.output<typeof putSlaInput>['policies'], now: Instant): Promise<FieldError[]> {
  const named = await namedSchedules(db, teamId);
  const errors: FieldError[] = [];
  for (const [index, policy] of policies.entries()) {
    for (const id of schedulesInUse([policy], named)) {
      const { name, schedule } = await hoursFor(db, teamId, id);
      if (nextOpening(now, schedule) === null) errors.push({ path: `body.policies.${index}.scheduleId`, message: `counts by “${name}”, which never opens again: a deadline would never come` });
    }
  }
  return errors;
}

function strangersIn(actions: readonly SlaAction[], { known, at }: { known: Known; at: string }): FieldError[] {
  return actions.flatMap((one, index) => {
    if (one.action === 'webhook') return known.webhooks.has(one.webhookId) ? [] : [{ path: `${at}.${index}.webhookId`, message: `${one.webhookId} is no webhook of this team` }];
    const named = one.action === 'notify' ? one.to.filter((name) => name.startsWith('opr_')) : [];
    return named.filter((id) => !known.operators.has(id)).map((id) => ({ path: `${at}.${index}.to`, message: `${id} is nobody of this team` }));
  });
}
