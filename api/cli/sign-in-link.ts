import type { PrismaClient } from '#prisma/client.ts';
import { findUserByEmail, listOperators, membershipsOf } from '#prisma/store/people.ts';
import { ok, refuse } from '#workflows/domain/errors.ts';
import type { Result } from '#workflows/domain/errors.ts';
import { issueLinkToken } from '../auth/auth.ts';
import { signInLink } from '../auth/links.ts';
import { answer } from './answer.ts';
import { optionsOf } from './command.ts';
import type { Command } from './command.ts';
import { findTeamFor } from './find-team.ts';

/** Prints a link that signs in once as a member: for the first minutes, and for who forgot a password. */
export const signInLinkCommand: Command = {
  name: 'sign-in-link',
  summary: 'print a link that signs in once, within 15 minutes',
  usage: `[--email E-MAIL] [--team SLUG]
  without --email: an admin of the team; without --team: the first team`,
  async run(args, terminal) {
    const { email, team: slug } = optionsOf(args, { email: { type: 'string' }, team: { type: 'string' } });
    const deps = await terminal.deps();
    const person = email === undefined ? await anAdmin(deps.prisma, slug) : await theMember(deps.prisma, email.trim().toLowerCase(), slug);
    if (!person.ok) return answer(terminal, person);
    terminal.print(signInLink(deps.publicUrl, await issueLinkToken(deps.auth, person.value)));
    return 0;
  },
};

async function anAdmin(prisma: PrismaClient, slug: string | undefined): Promise<Result<string>> {
  const team = await findTeamFor(prisma, slug);
  if (!team.ok) return team;
  const admin = (await listOperators(prisma, team.value.id)).find((one) => one.role === 'admin' && !one.isDisabled);
  return admin === undefined ? refuse('not_found', `Team "${team.value.slug}" has no admin yet. ${howToInvite(team.value.slug)}`) : ok(admin.email);
}

async function theMember(prisma: PrismaClient, email: string, slug: string | undefined): Promise<Result<string>> {
  const user = await findUserByEmail(prisma, email);
  const memberships = user === null ? [] : await membershipsOf(prisma, user.id);
  const team = await findTeamFor(prisma, slug);
  if (!team.ok) return team;
  const isMember = memberships.some((one) => slug === undefined || one.teamId === team.value.id);
  return isMember ? ok(email) : refuse('not_found', `${email} is no active member. ${howToInvite(team.value.slug)}`);
}

const howToInvite = (slug: string) => `Invite somebody: npm run baton -- invite --team ${slug} --role admin --email E-MAIL --name NAME`;
