import { findConversation } from '#prisma/store/conversations.ts';
import type { ConversationFacts } from '#prisma/store/conversations.ts';
import type { SqlDb } from '#prisma/transaction.ts';
import { refuse } from '#workflows/domain/errors.ts';
import { isId } from '../is-id.ts';
import type { Principal } from '../principal.ts';

export const NO_SUCH_CONVERSATION = refuse('not_found', 'There is no such conversation.');

/** A conversation that this principal may read: its team's, and for an agent's key its agent's; null for any other. */
export async function readableConversation(db: SqlDb, principal: Principal, conversationId: string): Promise<ConversationFacts | null> {
  if (!isId('conversation', conversationId)) return null;
  const found = await findConversation(db, principal.teamId, conversationId);
  if (found === null) return null;
  return principal.kind === 'agent' && found.agentId !== principal.agentId ? null : found;
}
