import type { z } from 'zod';
import { isUniqueViolation } from '#prisma/client.ts';
import type { Db } from '#prisma/client.ts';
import { findGroup, insertGroup, knownOperators, listGroups, removeGroup, updateGroup } from '#prisma/store/groups.ts';
import { lockTeam } from '#prisma/store/team-lock.ts';
import { announce } from '#prisma/store/team-events.ts';
import type { GroupView } from '#workflows/contract/people-time-views.ts';
import { changeGroup as changeGroupInput, createGroup as createGroupInput } from '#workflows/contract/routing.ts';
import { ok, refuse, refuseFields } from '#workflows/domain/errors.ts';
import type { FieldError, Refusal, Result } from '#workflows/domain/errors.ts';
import { parseInput } from '../parse-input.ts';
import type { Principal } from '../principal.ts';
import { broughtByPeople } from '../policies/check-assignment.ts';
import { usesOfGroup } from '../policies/uses-in-policies.ts';
import { refuseUnlessAdmin, refuseUnlessReader } from '../require-role.ts';
import type { SettingsDeps } from '../settings-deps.ts';

type Deps = Pick<SettingsDeps, 'prisma'>;

/** The team's groups of people, by name. */
export async function groups({ prisma }: Deps, principal: Principal): Promise<Result<GroupView[]>> {
  const refused = refuseUnlessReader(principal);
  return refused ?? ok(await listGroups(prisma, principal.teamId));
}

/** Makes a group; admins only. Its key is what policies and tickets name, and stays. */
export async function createGroup({ prisma }: Deps, principal: Principal, input: z.input<typeof createGroupInput>): Promise<Result<GroupView>> {
  const refused = refuseUnlessAdmin(principal);
  if (refused) return refused;
  const parsed = parseInput(createGroupInput, input);
  if (!parsed.ok) return parsed;
  const { teamId } = principal;
  const strangers = await refuseStrangers(prisma, teamId, parsed.value.members);
  if (strangers) return strangers;
  try {
    return await prisma.$transaction(async (tx) => {
      const made = await insertGroup(tx, teamId, parsed.value);
      await announce(tx, teamId, { events: [{ kind: 'settings' }] });
      return ok(made);
    });
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    return refuse('exists', 'The team has a group with this key.', { errors: [{ path: 'body.key', message: 'another group has it' }] });
  }
}

/** Renames a group or replaces its members; admins only. What leaves a policy in force without anybody is refused (P19). */
export async function changeGroup({ prisma }: Deps, principal: Principal, key: string, input: z.input<typeof changeGroupInput>): Promise<Result<GroupView>> {
  const refused = refuseUnlessAdmin(principal);
  if (refused) return refused;
  const parsed = parseInput(changeGroupInput, input);
  if (!parsed.ok) return parsed;
  const { teamId } = principal;
  return prisma.$transaction(async (tx) => {
    await lockTeam(tx, teamId, 'groups');
    if ((await findGroup(tx, teamId, key)) === null) return NO_SUCH_GROUP;
    const strangers = await refuseStrangers(tx, teamId, parsed.value.members ?? []);
    if (strangers) return strangers;
    const { members } = parsed.value;
    if (members !== undefined) {
      await lockTeam(tx, teamId, 'policies');
      const brought = await broughtByPeople(tx, teamId, { group: { key, members } });
      if (brought.length > 0) return refuseFields(brought.map((message) => ({ path: 'body.members', message })));
    }
    const changed = await updateGroup(tx, teamId, key, parsed.value);
    await announce(tx, teamId, { events: [{ kind: 'settings' }] });
    return ok(changed);
  });
}

/** Removes a group; admins only. One that a policy in force names is refused with `in_use` and says what names it. */
export async function deleteGroup({ prisma }: Deps, principal: Principal, key: string): Promise<Result<null>> {
  const refused = refuseUnlessAdmin(principal);
  if (refused) return refused;
  const { teamId } = principal;
  return prisma.$transaction(async (tx) => {
    await lockTeam(tx, teamId, 'groups');
    const group = await findGroup(tx, teamId, key);
    if (group === null) return NO_SUCH_GROUP;
    // No policy may begin to name it meanwhile.
    await lockTeam(tx, teamId, 'policies');
    const uses = await usesOfGroup(tx, teamId, key);
    if (uses.length > 0) return refuse('in_use', `${group.name} is named by ${uses.join(' and ')}. Name another group there first.`);
    await removeGroup(tx, teamId, key);
    await announce(tx, teamId, { events: [{ kind: 'settings' }] });
    return ok(null);
  });
}

const NO_SUCH_GROUP = refuse('not_found', 'The team has no such group.');

async function refuseStrangers(db: Db, teamId: string, members: readonly string[]): Promise<Refusal | null> {
  const known = await knownOperators(db, teamId, members);
  const errors = members.flatMap((id, index): FieldError[] => (known.has(id) ? [] : [{ path: `body.members.${index}`, message: 'the team has no such member' }]));
  return errors.length === 0 ? null : refuse('invalid', `body.members: the team has no such member`, { errors });
}
