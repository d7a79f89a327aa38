import type { z } from 'zod';
import { insertInvitation, listInvitations } from '#prisma/store/invitations.ts';
import type { InvitationView } from '#prisma/store/invitations.ts';
import { findOperatorByEmail } from '#prisma/store/people.ts';
import { invite as inviteInput } from '#workflows/contract/settings.ts';
import { ok, refuseField } from '#workflows/domain/errors.ts';
import type { Result } from '#workflows/domain/errors.ts';
import { invitationLink } from '../auth/links.ts';
import { parseInput } from '../parse-input.ts';
import type { Principal } from '../principal.ts';
import { refuseUnlessAdmin } from '../require-role.ts';
import type { SettingsDeps } from '../settings-deps.ts';

type Deps = Pick<SettingsDeps, 'prisma' | 'now' | 'publicUrl'>;

export interface Invited {
  readonly invitation: InvitationView;
  /** Shown this once: whoever has it may join as the invited person. */
  readonly link: string;
}

/** Invites a person into the team for 7 days; admins only. A newer invitation of the same address ends the older. */
export async function invite(deps: Deps, principal: Principal, input: z.input<typeof inviteInput>): Promise<Result<Invited>> {
  const refused = refuseUnlessAdmin(principal);
  if (refused) return refused;
  const parsed = parseInput(inviteInput, input);
  if (!parsed.ok) return parsed;
  return issueInvitation(deps, principal.teamId, { ...parsed.value, invitedBy: principal.kind === 'operator' ? principal.operatorId : null });
}

/** The same for the command line, where being on the server is the authority. Refused with `exists` for a member. */
export async function issueInvitation(
  { prisma, now, publicUrl }: Deps,
  teamId: string,
  { email, name, role, invitedBy }: z.infer<typeof inviteInput> & { invitedBy: string | null },
): Promise<Result<Invited>> {
  const member = await findOperatorByEmail(prisma, teamId, email);
  if (member !== null) {
    const what = member.disabledAt === null ? 'is a member already' : 'is a disabled member: enable them again instead';
    return { ...refuseField('body.email', `${member.name} ${what}`), code: 'exists' };
  }
  const { invitation, token } = await prisma.$transaction((tx) => insertInvitation(tx, { teamId, email, name, role, invitedBy, at: now() }));
  return ok({ invitation, link: invitationLink(publicUrl, token) });
}

/** The open invitations, newest first; admins only. */
export async function invitations({ prisma, now }: Deps, principal: Principal): Promise<Result<InvitationView[]>> {
  const refused = refuseUnlessAdmin(principal);
  return refused ?? ok(await listInvitations(prisma, principal.teamId, now()));
}
