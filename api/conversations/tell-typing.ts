import type { z } from 'zod';
import { tellAgentTyping } from '#prisma/store/typing.ts';
import { tellTyping as tellTypingInput } from '#workflows/contract/commands.ts';
import { ok, refuse } from '#workflows/domain/errors.ts';
import type { Result } from '#workflows/domain/errors.ts';
import { parseInput } from '../parse-input.ts';
import type { Principal } from '../principal.ts';
import { ONLY_THE_AGENT } from '../require-role.ts';
import type { TicketDeps } from '../ticket-deps.ts';
import { workableConversation } from './workable-conversation.ts';

/** Shows the customer and whoever reads along that the agent is writing; refused with `ai_paused` while it may not speak (P12). */
export async function tellTyping(deps: Pick<TicketDeps, 'prisma'>, principal: Principal, conversationId: string, input: z.input<typeof tellTypingInput>): Promise<Result<null>> {
  const parsed = parseInput(tellTypingInput, input);
  if (!parsed.ok) return parsed;
  const found = await workableConversation(deps, principal, conversationId);
  if (!found.ok) return found;
  if (principal.kind !== 'agent') return ONLY_THE_AGENT;
  const { teamId, agentId } = principal;
  const isTold = await tellAgentTyping(deps.prisma, { teamId, conversationId: found.value.id, agentId });
  return isTold ? ok(null) : refuse('ai_paused', 'The AI is paused here: a human has the conversation.');
}
