import type { z } from 'zod';
import { findOperator, listOperators, otherAdmins, updateOperator } from '#prisma/store/people.ts';
import type { OperatorView } from '#prisma/store/people.ts';
import { announce } from '#prisma/store/team-events.ts';
import { lockTeam } from '#prisma/store/team-lock.ts';
import { findTeam } from '#prisma/store/teams.ts';
import { type FollowDeps, refusalOfEdit } from '#switchboard/follow-edit.ts';
import type { Me } from '#workflows/contract/desk.ts';
import { changeOperator as changeOperatorInput } from '#workflows/contract/settings.ts';
import { languagesOf } from '#workflows/domain/language.ts';
import { ok, refuse } from '#workflows/domain/errors.ts';
import type { Result } from '#workflows/domain/errors.ts';
import { modelNameFor } from '../model/model-name.ts';
import { parseInput } from '../parse-input.ts';
import { actorOf, isAdmin } from '../principal.ts';
import type { Principal } from '../principal.ts';
import { refuseUnlessAdmin, refuseUnlessReader } from '../require-role.ts';
import type { SettingsDeps } from '../settings-deps.ts';
import type { TicketDeps } from '../ticket-deps.ts';
import { leavePolicies } from './leave-policies.ts';

type Deps = Pick<SettingsDeps, 'prisma'>;

/** The team's people by name, disabled ones included. */
export async function operators({ prisma }: Deps, principal: Principal): Promise<Result<OperatorView[]>> {
  const refused = refuseUnlessReader(principal);
  return refused ?? ok(await listOperators(prisma, principal.teamId));
}

/** The signed-in person and their team; a key is nobody. */
export async function me(deps: Pick<TicketDeps, 'prisma' | 'llmModel'>, principal: Principal): Promise<Result<Me>> {
  if (principal.kind !== 'operator') return refuse('forbidden', 'A key is no person: sign in to see yourself.');
  const { prisma } = deps;
  const { teamId, operatorId } = principal;
  const [row, team, model] = await Promise.all([findOperator(prisma, teamId, operatorId), findTeam(prisma, teamId), modelNameFor(deps, { teamId, task: 'translate' })]);
  if (row === null || team === null) return refuse('not_found', 'You are not a member of this team any more.');
  const { name, email, zone, locale } = row;
  return ok({ operatorId: row.id, name, email, role: principal.role, zone, locale, languages: [...languagesOf(row)], hasModel: model !== null, team });
}

/**
 * Changes a member. Admins change everything, everybody their own name, signature, zone and the language they read. The last enabled admin of a
 * team can be neither demoted nor disabled (`last_admin`), however many ask at once. Somebody whom a policy's escalation
 * or an SLA policy tells stops working tickets only with `replaceBy`, and is refused with `in_use`, which says what names them, without it.
 */
export async function changeOperator(
  deps: FollowDeps & Pick<SettingsDeps, 'prisma' | 'now'>,
  principal: Principal,
  operatorId: string,
  input: z.input<typeof changeOperatorInput>,
): Promise<Result<OperatorView>> {
  const refused = refuseUnlessReader(principal);
  if (refused) return refused;
  const parsed = parseInput(changeOperatorInput, input);
  if (!parsed.ok) return parsed;
  const { name, role, signature, zone, locale, disabled, replaceBy } = parsed.value;
  const { teamId } = principal;
  const isSelf = principal.kind === 'operator' && principal.operatorId === operatorId;
  if (!isAdmin(principal) && (!isSelf || role !== undefined || disabled !== undefined)) {
    return refuseUnlessAdmin(principal) ?? NO_SUCH_OPERATOR;
  }

  try {
    return await deps.prisma.$transaction(async (tx) => {
      await lockTeam(tx, teamId, 'roles');
      const before = await findOperator(tx, teamId, operatorId);
      if (before === null) return NO_SUCH_OPERATOR;
      const after = { role: role ?? before.role, disabledAt: disabled === undefined ? before.disabledAt : disabled ? (before.disabledAt ?? new Date(deps.now())) : null };
      if (isAtWork(before, 'admin') && !isAtWork(after, 'admin') && (await otherAdmins(tx, teamId, operatorId)) === 0) {
        return refuse('last_admin', `${before.name} is the team's last admin. Make somebody else an admin first.`);
      }
      if ((isAtWork(before) && !isAtWork(after)) || replaceBy !== undefined) {
        const left = await leavePolicies(tx, { ...deps, teamId, id: operatorId, name: before.name, replaceBy, by: actorOf(principal) });
        if (!left.ok) return left;
      }
      const changed = await updateOperator(tx, operatorId, { name, role, signature, zone, locale, disabledAt: after.disabledAt });
      // Who can be given tickets is another now (time off moves with the zone); what somebody who left, or may only read now, still has, the sweeper takes from them.
      if (role !== undefined || disabled !== undefined || locale !== undefined || zone !== undefined) await announce(tx, teamId, { events: [{ kind: 'settings' }] });
      return ok(changed);
    });
  } catch (error) {
    return refusalOfEdit(error);
  }
}

/** Whether somebody works tickets, or is an admin who can. */
function isAtWork({ role, disabledAt }: { role: string; disabledAt: Date | null }, as?: 'admin'): boolean {
  return disabledAt === null && (as === undefined ? role !== 'viewer' : role === as);
}

const NO_SUCH_OPERATOR = refuse('not_found', 'The team has no such member.');
