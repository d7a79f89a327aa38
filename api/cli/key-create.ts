import { listAgents } from '#prisma/store/agents.ts';
import { createKey } from '#workflows/contract/settings.ts';
import { refuse } from '#workflows/domain/errors.ts';
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
  usage: `--role agent|viewer|operator|admin --team SLUG [--agent NAME] [--name NAME]
  --agent NAME   the agent that a key of role agent speaks for; its id works too`,
  async run(args, terminal) {
    const option = { type: 'string' } as const;
    const { role, team: slug, agent, name } = optionsOf(args, { role: option, team: option, agent: option, name: option });
    const wanted = { name: name ?? 'command line', role: needed(role, 'role') };
    const teamSlug = needed(slug, 'team');
    if (role === 'agent') needed(agent, 'agent');
    const deps = await terminal.deps();
    const team = await findTeamFor(deps.prisma, teamSlug);
    if (!team.ok) return answer(terminal, team);
    const agents = agent === undefined ? [] : await listAgents(deps.prisma, team.value.id);
    const known = agents.find(({ id, name: called }) => id === agent || called.toLowerCase() === agent?.toLowerCase());
    if (agent !== undefined && known === undefined) return answer(terminal, refuse('not_found', `--agent: the team has no agent "${agent}". It has: ${agents.map((one) => one.name).join(', ') || 'none'}.`));
    const input = parseInput(createKey, { ...wanted, agentId: known?.id }, 'option');
    if (!input.ok) return answer(terminal, input);
    return answer(terminal, await issueKey(deps, team.value.id, input.value), ({ key }) => key);
  },
};
