import type { z } from 'zod';
import { findAgent, insertAgent, listAgents, renameAgent } from '#prisma/store/agents.ts';
import type { AgentView } from '#prisma/store/agents.ts';
import { changeAgent as changeAgentInput, createAgent as createAgentInput } from '#workflows/contract/settings.ts';
import { ok, refuse } from '#workflows/domain/errors.ts';
import type { Result } from '#workflows/domain/errors.ts';
import { parseInput } from '../parse-input.ts';
import { actorOf } from '../principal.ts';
import type { Principal } from '../principal.ts';
import { refuseUnlessAdmin, refuseUnlessReader } from '../require-role.ts';
import type { SettingsDeps } from '../settings-deps.ts';

type Deps = Pick<SettingsDeps, 'prisma'>;

/** The team's agents by name. */
export async function agents({ prisma }: Deps, principal: Principal): Promise<Result<AgentView[]>> {
  const refused = refuseUnlessReader(principal);
  return refused ?? ok(await listAgents(prisma, principal.teamId));
}

/** Makes an agent, its help desk off (P57); admins only. */
export async function createAgent({ prisma }: Deps, principal: Principal, input: z.input<typeof createAgentInput>): Promise<Result<AgentView>> {
  const refused = refuseUnlessAdmin(principal);
  if (refused) return refused;
  const parsed = parseInput(createAgentInput, input);
  if (!parsed.ok) return parsed;
  const { teamId } = principal;
  return ok(await prisma.$transaction((tx) => insertAgent(tx, { teamId, ...parsed.value, by: actorOf(principal) })));
}

/** Renames an agent; admins only. */
export async function changeAgent({ prisma }: Deps, principal: Principal, agentId: string, input: z.input<typeof changeAgentInput>): Promise<Result<AgentView>> {
  const refused = refuseUnlessAdmin(principal);
  if (refused) return refused;
  const parsed = parseInput(changeAgentInput, input);
  if (!parsed.ok) return parsed;
  const { teamId } = principal;
  await renameAgent(prisma, { teamId, agentId, name: parsed.value.name });
  const agent = await findAgent(prisma, teamId, agentId);
  return agent === null ? refuse('not_found', 'The team has no such agent.') : ok(agent);
}
