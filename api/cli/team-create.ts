import { createTeam } from '../team/team.ts';
import { answer } from './answer.ts';
import { needed, optionsOf } from './command.ts';
import type { Command } from './command.ts';

/** Makes a team and prints its id. */
export const teamCreate: Command = {
  name: 'team create',
  summary: 'make a team; prints its id',
  usage: '--slug SLUG --name NAME',
  async run(args, terminal) {
    const { slug, name } = optionsOf(args, { slug: { type: 'string' }, name: { type: 'string' } });
    const input = { slug: needed(slug, 'slug'), name: needed(name, 'name') };
    const made = await createTeam(await terminal.deps(), input);
    if (made.ok) terminal.say(`Next, its first admin: npm run baton -- invite --team ${made.value.slug} --role admin --email E-MAIL --name NAME`);
    return answer(terminal, made, ({ id }) => id);
  },
};
