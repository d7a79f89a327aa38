import type { z } from 'zod';
import { findSetup, lockAgent, noteSecret, writeSetup } from '#prisma/store/ai-agents/setups.ts';
import { leaveOldTurns } from '#prisma/store/ai-agents/turns.ts';
import { announce } from '#prisma/store/team-events.ts';
import { OLD_SECRET_MS, renewSecret } from '#prisma/store/webhooks/secrets.ts';
import { putAgentSetup } from '#workflows/contract/agent-setup.ts';
import type { AgentSetupView, NewAgentSecretView } from '#workflows/contract/agent-setup.ts';
import { ok, refuse } from '#workflows/domain/errors.ts';
import type { Result } from '#workflows/domain/errors.ts';
import { HOUR_MS } from '#workflows/domain/instant.ts';
import type { AppDeps } from '../app-deps.ts';
import { parseInput } from '../parse-input.ts';
import { actorOf } from '../principal.ts';
import type { Principal } from '../principal.ts';
import { refuseUnlessAdmin } from '../require-role.ts';
import { versionConflict } from '../version-conflict.ts';
import { refuseInside } from '../webhooks/refuse-inside.ts';

export type AgentSetupDeps = Pick<AppDeps, 'prisma' | 'now' | 'secretBox' | 'webhooks'>;

export const NO_SUCH_AGENT = refuse('not_found', 'The team has no such agent.');

/** What another kind of agent has left unanswered for longer is not answered by the new one. */
const OLD_AFTER_MS = HOUR_MS;

/** How an agent answers; admins only, because instructions are the team's own. */
export async function agentSetup({ prisma }: AgentSetupDeps, principal: Principal, agentId: string): Promise<Result<AgentSetupView>> {
  const refused = refuseUnlessAdmin(principal);
  if (refused) return refused;
  const found = await findSetup(prisma, principal.teamId, agentId);
  return found === null ? NO_SUCH_AGENT : ok(found);
}

/**
 * Replaces how an agent answers; admins only. `ifVersion` is the version that was read: another one in force refuses
 * with `version_conflict`. Turns under way end as they began.
 */
export async function putSetup(deps: AgentSetupDeps, principal: Principal, agentId: string, input: z.input<typeof putAgentSetup>, ifVersion: number): Promise<Result<AgentSetupView>> {
  const refused = refuseUnlessAdmin(principal);
  if (refused) return refused;
  const parsed = parseInput(putAgentSetup, input);
  if (!parsed.ok) return parsed;
  const inside = parsed.value.kind === 'webhook' ? refuseInside(deps, parsed.value.url) : null;
  if (inside) return inside;
  const { teamId } = principal;
  const at = new Date(deps.now());
  return deps.prisma.$transaction(async (db): Promise<Result<AgentSetupView>> => {
    if (!(await lockAgent(db, teamId, agentId))) return NO_SUCH_AGENT;
    const before = await findSetup(db, teamId, agentId);
    if (before !== null && before.version !== ifVersion) return versionConflict(before.version);
    await writeSetup(db, { teamId, agentId, by: actorOf(principal), at }, parsed.value);
    if (before?.kind !== parsed.value.kind) await leaveOldTurns(db, { teamId, agentId, before: new Date(at.getTime() - OLD_AFTER_MS) });
    const after = await findSetup(db, teamId, agentId);
    await announce(db, teamId, { events: [{ kind: 'settings' }] });
    return after === null ? NO_SUCH_AGENT : ok(after);
  });
}

/** A new secret of a webhook agent, shown this once; the one before signs beside it for a day. Admins only. */
export async function renewAgentSecret(deps: AgentSetupDeps, principal: Principal, agentId: string): Promise<Result<NewAgentSecretView>> {
  const refused = refuseUnlessAdmin(principal);
  if (refused) return refused;
  const { teamId } = principal;
  const now = deps.now();
  return deps.prisma.$transaction(async (db): Promise<Result<NewAgentSecretView>> => {
    if (!(await lockAgent(db, teamId, agentId))) return NO_SUCH_AGENT;
    const secret = await renewSecret(db, deps.secretBox, { teamId, id: agentId });
    const until = await noteSecret(db, { teamId, agentId, by: actorOf(principal), at: new Date(now) }, new Date(now + OLD_SECRET_MS));
    return ok({ agentId, secret, oldSecretUntil: until?.toISOString() ?? null });
  });
}
