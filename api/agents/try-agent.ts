import type { z } from 'zod';
import { hasAgent } from '#prisma/store/agents.ts';
import { askToTry } from '#switchboard/ask-once.ts';
import { tryAgent as tryAgentInput } from '#workflows/contract/agent-setup.ts';
import type { TriedView } from '#workflows/contract/agent-setup.ts';
import type { Result } from '#workflows/domain/errors.ts';
import { parseInput } from '../parse-input.ts';
import type { Principal } from '../principal.ts';
import { refuseUnlessAdmin } from '../require-role.ts';
import type { TicketDeps } from '../ticket-deps.ts';
import { NO_SUCH_AGENT } from './setup.ts';

/** What a built-in or webhook agent would answer and do; no conversation, message or ticket comes of it. Admins only. */
export async function tryAgent(deps: TicketDeps, principal: Principal, agentId: string, input: z.input<typeof tryAgentInput>): Promise<Result<TriedView>> {
  const refused = refuseUnlessAdmin(principal);
  if (refused) return refused;
  const parsed = parseInput(tryAgentInput, input);
  if (!parsed.ok) return parsed;
  const { teamId } = principal;
  if (!(await hasAgent(deps.prisma, teamId, agentId))) return NO_SUCH_AGENT;
  return askToTry(deps, { teamId, agentId, question: parsed.value.question });
}
