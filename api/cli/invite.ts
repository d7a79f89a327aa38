import { invite as inviteInput } from '#workflows/contract/settings.ts';
import { parseInput } from '../parse-input.ts';
import { issueInvitation } from '../people/invite.ts';
import { answer } from './answer.ts';
import { needed, optionsOf } from './command.ts';
import type { Command } from './command.ts';
import { findTeamFor } from './find-team.ts';

/** Invites a person and prints the link to give them. */
export const invite: Command = {
  name: 'invite',
  summary: 'invite a person into a team; prints the link, good for 7 days',
  usage: '--email E-MAIL --name NAME --role viewer|operator|admin --team SLUG',
  async run(args, terminal) {
    const option = { type: 'string' } as const;
    const { email, name, role, team: slug } = optionsOf(args, { email: option, name: option, role: option, team: option });
    const input = parseInput(inviteInput, { email: needed(email, 'email'), name: needed(name, 'name'), role: needed(role, 'role') }, 'option');
    if (!input.ok) return answer(terminal, input);
    const deps = await terminal.deps();
    const team = await findTeamFor(deps.prisma, needed(slug, 'team'));
    if (!team.ok) return answer(terminal, team);
    return answer(terminal, await issueInvitation(deps, team.value.id, { ...input.value, invitedBy: null }), ({ link }) => link);
  },
};
