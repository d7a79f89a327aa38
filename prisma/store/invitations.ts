import { createHash, randomBytes } from 'node:crypto';
import type { z } from 'zod';
import type { Role } from '#workflows/contract/settings.ts';
import type { invitationView } from '#workflows/contract/views.ts';
import { DAY_MS } from '#workflows/domain/instant.ts';
import type { Db } from '../client.ts';
import type { Invitation } from '../generated/client.ts';
import { newId } from './new-id.ts';
import { toRole } from './people.ts';

export type InvitationView = z.infer<typeof invitationView>;

const LIVES_MS = 7 * DAY_MS;

/** Invites this address to the team for 7 days; an earlier open invitation of the same address ends. The token is in the answer only. */
export async function insertInvitation(
  db: Db,
  { teamId, email, name, role, invitedBy, at }: { teamId: string; email: string; name: string; role: Role; invitedBy: string | null; at: number },
): Promise<{ invitation: InvitationView; token: string }> {
  const token = randomBytes(32).toString('base64url');
  await db.invitation.deleteMany({ where: { teamId, email, acceptedAt: null } });
  const row = await db.invitation.create({
    data: { id: newId('invitation'), teamId, email, name, role, invitedBy, tokenHash: hashToken(token), expiresAt: new Date(at + LIVES_MS), createdAt: new Date(at) },
  });
  return { invitation: toView(row), token };
}

/** The team's open invitations, newest first. */
export async function listInvitations(db: Db, teamId: string, at: number): Promise<InvitationView[]> {
  const where = { teamId, acceptedAt: null, expiresAt: { gt: new Date(at) } };
  const rows = await db.invitation.findMany({ where, orderBy: [{ createdAt: 'desc' }, { id: 'asc' }] });
  return rows.map(toView);
}

/** The open invitation that a token belongs to, or null: unknown, used and expired look the same. */
export async function findInvitation(db: Db, token: string, at: number): Promise<Invitation | null> {
  return db.invitation.findFirst({ where: { tokenHash: hashToken(token), acceptedAt: null, expiresAt: { gt: new Date(at) } } });
}

/** Uses the invitation up; false for who comes second. */
export async function takeInvitation(db: Db, id: string, at: number): Promise<boolean> {
  const { count } = await db.invitation.updateMany({
    where: { id, acceptedAt: null, expiresAt: { gt: new Date(at) } },
    data: { acceptedAt: new Date(at) },
  });
  return count === 1;
}

function toView(row: Invitation): InvitationView {
  return { id: row.id, email: row.email, name: row.name, role: toRole(row.role), expiresAt: row.expiresAt.toISOString() };
}

function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
