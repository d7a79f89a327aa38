import type { z } from 'zod';
import { ROLES } from '#workflows/contract/settings.ts';
import type { Role } from '#workflows/contract/settings.ts';
import type { operatorView } from '#workflows/contract/views.ts';
import type { Db } from '../client.ts';
import type { Operator, User } from '../generated/client.ts';
import { newId, randomBase62 } from './new-id.ts';

export type OperatorView = z.infer<typeof operatorView>;

/** A person's place in one team. */
export interface Membership {
  readonly operatorId: string;
  readonly teamId: string;
  readonly name: string;
  readonly role: Role;
}

/** The team's people by name, disabled ones included. */
export async function listOperators(db: Db, teamId: string): Promise<OperatorView[]> {
  const rows = await db.operator.findMany({ where: { teamId }, orderBy: [{ name: 'asc' }, { id: 'asc' }] });
  return rows.map(toOperatorView);
}

/** An operator of this team, or null: another team's id is nobody. */
export async function findOperator(db: Db, teamId: string, operatorId: string): Promise<Operator | null> {
  return db.operator.findFirst({ where: { id: operatorId, teamId } });
}

/** The member of this team with that address (lower case), disabled or not. */
export async function findOperatorByEmail(db: Db, teamId: string, email: string): Promise<Operator | null> {
  return db.operator.findFirst({ where: { teamId, email } });
}

/** The sign-in identity with that address (lower case), whatever teams it is in. */
export async function findUserByEmail(db: Db, email: string): Promise<User | null> {
  return db.user.findUnique({ where: { email } });
}

/** Where a signed-in person belongs, longest membership first; disabled memberships are none. */
export async function membershipsOf(db: Db, userId: string): Promise<Membership[]> {
  const rows = await db.operator.findMany({ where: { userId, disabledAt: null }, orderBy: [{ createdAt: 'asc' }, { id: 'asc' }] });
  return rows.map((row) => ({ operatorId: row.id, teamId: row.teamId, name: row.name, role: toRole(row.role) }));
}

/** Makes a sign-in identity, with a password where a hash is given. The address counts as proven: somebody in charge of the server or of a team vouched for it. */
export async function insertUser(db: Db, { email, name, passwordHash }: { email: string; name: string; passwordHash: string | null }): Promise<string> {
  const userId = `user_${randomBase62(22)}`;
  await db.user.create({ data: { id: userId, email, name, emailVerified: true } });
  if (passwordHash !== null) {
    await db.account.create({
      data: { id: `acc_${randomBase62(22)}`, userId, accountId: userId, providerId: 'credential', password: passwordHash },
    });
  }
  return userId;
}

/** Adds a person to a team; a unique violation says that they are a member already. */
export async function insertOperator(
  db: Db,
  { teamId, userId, email, name, role }: { teamId: string; userId: string; email: string; name: string; role: Role },
): Promise<OperatorView> {
  return toOperatorView(await db.operator.create({ data: { id: newId('operator'), teamId, userId, email, name, role } }));
}

/** Changes a member; the caller has found them in the team. */
export async function updateOperator(
  db: Db,
  operatorId: string,
  change: { name?: string | undefined; role?: Role | undefined; signature?: string | undefined; zone?: string | undefined; locale?: string | undefined; disabledAt: Date | null },
): Promise<OperatorView> {
  return toOperatorView(await db.operator.update({ where: { id: operatorId }, data: change }));
}

/** Signs a person out everywhere. */
export async function endSessions(db: Db, userId: string): Promise<void> {
  await db.session.deleteMany({ where: { userId } });
}

/** How many enabled admins the team has besides this operator. */
export async function otherAdmins(db: Db, teamId: string, operatorId: string): Promise<number> {
  return db.operator.count({ where: { teamId, role: 'admin', disabledAt: null, id: { not: operatorId } } });
}

function toOperatorView(row: Operator): OperatorView {
  const { id, name, email, signature, locale } = row;
  return { id, name, email, role: toRole(row.role), signature, locale, isDisabled: row.disabledAt !== null };
}

/** A role that this version does not know may only read. */
export function toRole(stored: string): Role {
  return ROLES.find((role) => role === stored) ?? 'viewer';
}
