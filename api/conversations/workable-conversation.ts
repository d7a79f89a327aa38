import type { ConversationFacts } from '#prisma/store/conversations.ts';
import { prepared } from '#prisma/transaction.ts';
import type { ConversationView } from '#workflows/contract/views.ts';
import { ok } from '#workflows/domain/errors.ts';
import type { Result } from '#workflows/domain/errors.ts';
import type { Principal } from '../principal.ts';
import { readConversationView } from '../queries/conversation.ts';
import { NO_SUCH_CONVERSATION, readableConversation } from '../queries/find-conversation.ts';
import { refuseUnlessWriter } from '../require-role.ts';
import type { TicketDeps } from '../ticket-deps.ts';

/** The conversation, for who may act in it: operators and admins, and its own agent's key. */
export async function workableConversation({ prisma }: Pick<TicketDeps, 'prisma'>, principal: Principal, conversationId: string): Promise<Result<ConversationFacts>> {
  const refused = principal.kind === 'agent' ? null : refuseUnlessWriter(principal);
  if (refused) return refused;
  const found = await readableConversation(prepared(prisma), principal, conversationId);
  return found === null ? NO_SUCH_CONVERSATION : ok(found);
}

/** The conversation as PostgreSQL has it now. */
export async function conversationAnswer(deps: Pick<TicketDeps, 'prisma' | 'now'>, principal: Principal, conversationId: string): Promise<Result<ConversationView>> {
  const view = await readConversationView(deps, principal.teamId, conversationId);
  return view === null ? NO_SUCH_CONVERSATION : ok(view);
}
