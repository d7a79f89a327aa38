import { createKey } from '#workflows/contract/settings.ts';
import { issueKey } from '../keys/keys.ts';
import { parseInput } from '../parse-input.ts';
import { needed, optionsOf } from './command.ts';
import type { Command } from './command.ts';
import { findTeamFor } from './find-team.ts';
import { answer } from './answer.ts';

/** Makes an API key and prints nothing else on standard output. */
export const keyCreate: Command = {
  name: 'key create',
  summary: 'make an API key; prints only the key',
  usage: `--role agent|viewer|operator|admin --team SLUG [--agent ID] [--name NAME]
  --agent ID   the agent that a key of role agent speaks for`,
  async run(args, terminal) {
    const option = { type: 'string' } as const;
    const { role, team: slug, agent, name } = optionsOf(args, { role: option, team: option, agent: option, name: option });
    const input = parseInput(createKey, { name: name ?? 'command line', role: needed(role, 'role'), agentId: agent }, 'option');
    if (!input.ok) return answer(terminal, input);
    const deps = await terminal.deps();
    const team = await findTeamFor(deps.prisma, needed(slug, 'team'));
    if (!team.ok) return answer(terminal, team);
    return answer(terminal, await issueKey(deps, team.value.id, input.value), ({ key }) => key);
  },
};
