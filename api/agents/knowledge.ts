import type { z } from 'zod';
import { hasAgent } from '#prisma/store/agents.ts';
import { countKnowledge, findKnowledge, insertKnowledge, listKnowledge, readsAs, removeKnowledge, updateKnowledge } from '#prisma/store/ai-agents/knowledge.ts';
import { lockAgent } from '#prisma/store/ai-agents/setups.ts';
import { announce } from '#prisma/store/team-events.ts';
import { knowledgeInput, MOST_KNOWLEDGE_TEXTS } from '#workflows/contract/agent-setup.ts';
import type { KnowledgeRow, KnowledgeView } from '#workflows/contract/agent-setup.ts';
import { ok, refuse, refuseField } from '#workflows/domain/errors.ts';
import type { Result } from '#workflows/domain/errors.ts';
import { parseInput } from '../parse-input.ts';
import { actorOf } from '../principal.ts';
import type { Principal } from '../principal.ts';
import { refuseUnlessAdmin } from '../require-role.ts';
import type { SettingsDeps } from '../settings-deps.ts';
import { NO_SUCH_AGENT } from './setup.ts';

type Deps = Pick<SettingsDeps, 'prisma' | 'now'>;

const NO_SUCH_TEXT = refuse('not_found', 'The agent has no such knowledge text.');

/** Open pages read it again; who gets tickets does not depend on it. */
const CHANGED = { events: [{ kind: 'settings' as const }], changesRouting: false };

/** What an agent may look up, by title; admins only. */
export async function knowledge({ prisma }: Deps, principal: Principal, agentId: string): Promise<Result<KnowledgeRow[]>> {
  const refused = refuseUnlessAdmin(principal);
  if (refused) return refused;
  const { teamId } = principal;
  return (await hasAgent(prisma, teamId, agentId)) ? ok(await listKnowledge(prisma, { teamId, agentId })) : NO_SUCH_AGENT;
}

export async function knowledgeText({ prisma }: Deps, principal: Principal, agentId: string, id: string): Promise<Result<KnowledgeView>> {
  const refused = refuseUnlessAdmin(principal);
  if (refused) return refused;
  const found = await findKnowledge(prisma, { teamId: principal.teamId, agentId, id });
  return found === null ? NO_SUCH_TEXT : ok(found);
}

/** Adds a text; admins only. */
export async function createKnowledge({ prisma, now }: Deps, principal: Principal, agentId: string, input: z.input<typeof knowledgeInput>): Promise<Result<KnowledgeView>> {
  const refused = refuseUnlessAdmin(principal);
  if (refused) return refused;
  const parsed = parseInput(knowledgeInput, input);
  if (!parsed.ok) return parsed;
  const { teamId } = principal;
  const language = await readsAs(parsed.value);
  return prisma.$transaction(async (db): Promise<Result<KnowledgeView>> => {
    if (!(await lockAgent(db, teamId, agentId))) return NO_SUCH_AGENT;
    if ((await countKnowledge(db, { teamId, agentId })) >= MOST_KNOWLEDGE_TEXTS) return refuseField('body.title', `an agent has at most ${MOST_KNOWLEDGE_TEXTS} knowledge texts: change or delete one`);
    const id = await insertKnowledge(db, { teamId, agentId, ...parsed.value, language, by: actorOf(principal), at: new Date(now()) });
    const made = await findKnowledge(db, { teamId, agentId, id });
    await announce(db, teamId, CHANGED);
    return made === null ? NO_SUCH_TEXT : ok(made);
  });
}

/** Replaces a text; admins only. Answers that cite it keep what they cited. */
export async function putKnowledge({ prisma, now }: Deps, principal: Principal, agentId: string, id: string, input: z.input<typeof knowledgeInput>): Promise<Result<KnowledgeView>> {
  const refused = refuseUnlessAdmin(principal);
  if (refused) return refused;
  const parsed = parseInput(knowledgeInput, input);
  if (!parsed.ok) return parsed;
  const { teamId } = principal;
  const language = await readsAs(parsed.value);
  return prisma.$transaction(async (db): Promise<Result<KnowledgeView>> => {
    if (!(await updateKnowledge(db, { id, teamId, agentId, ...parsed.value, language, by: actorOf(principal), at: new Date(now()) }))) return NO_SUCH_TEXT;
    const put = await findKnowledge(db, { teamId, agentId, id });
    await announce(db, teamId, CHANGED);
    return put === null ? NO_SUCH_TEXT : ok(put);
  });
}

/** Removes a text; admins only. */
export async function deleteKnowledge({ prisma }: Deps, principal: Principal, agentId: string, id: string): Promise<Result<null>> {
  const refused = refuseUnlessAdmin(principal);
  if (refused) return refused;
  const { teamId } = principal;
  return prisma.$transaction(async (db): Promise<Result<null>> => {
    if (!(await removeKnowledge(db, { teamId, agentId, id }))) return NO_SUCH_TEXT;
    await announce(db, teamId, CHANGED);
    return ok(null);
  });
}
