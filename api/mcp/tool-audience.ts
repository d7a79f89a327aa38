import { effectivePolicyFor } from '#prisma/store/policies.ts';
import type { Refusal } from '#workflows/domain/errors.ts';
import type { AppDeps } from '../app-deps.ts';
import { refuseUnlessAudience } from '../http/may-call.ts';
import type { Audience } from '../http/route.ts';
import type { Principal } from '../principal.ts';
import { ONLY_THE_AGENT } from '../require-role.ts';
import type { McpTool } from './tool.ts';

/** The roles of the JSON routes; `agent` is an agent's own key and nobody else's. */
export type ToolAudience = Audience | 'agent';

/** Null where this principal may call a tool of that audience. */
export function refuseUnlessToolAudience(principal: Principal, who: ToolAudience): Refusal | null {
  if (who !== 'agent') return refuseUnlessAudience(principal, who);
  return principal.kind === 'agent' ? null : ONLY_THE_AGENT;
}

/**
 * The tools that this principal is shown: those of its role, and nothing to escalate by where the help desk is off for
 * it (P57). A key that is no agent's keeps it: what it escalates decides.
 */
export async function offeredTools({ prisma }: Pick<AppDeps, 'prisma'>, principal: Principal, tools: readonly McpTool[]): Promise<McpTool[]> {
  const allowed = tools.filter(({ who }) => refuseUnlessToolAudience(principal, who) === null);
  if (principal.kind !== 'agent') return allowed;
  const { policy } = await effectivePolicyFor(prisma, principal.teamId, principal.agentId);
  return policy.helpDesk ? allowed : allowed.filter(({ name }) => name !== 'escalate');
}
