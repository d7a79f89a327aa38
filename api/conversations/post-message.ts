import type { z } from 'zod';
import { recordAiMessage } from '#prisma/store/ai-messages.ts';
import type { ConversationFacts } from '#prisma/store/conversations.ts';
import { storeCustomerMessage } from '#prisma/store/customer-messages.ts';
import { retryingDeadlocks } from '#prisma/store/deadlock.ts';
import { idFrom } from '#prisma/store/derived-id.ts';
import { followAiMessage } from '#switchboard/deliveries.ts';
import { handOver } from '#switchboard/hand-over.ts';
import { refusalOf } from '#switchboard/refusal-of.ts';
import { postMessage as postMessageInput } from '#workflows/contract/commands.ts';
import type { PostMessage } from '#workflows/contract/commands.ts';
import type { MessageView } from '#workflows/contract/views.ts';
import { ok, refuse } from '#workflows/domain/errors.ts';
import type { Result } from '#workflows/domain/errors.ts';
import { commandKey } from '../command-key.ts';
import { parseInput } from '../parse-input.ts';
import type { Principal } from '../principal.ts';
import { readMessageView } from '../queries/message.ts';
import { ONLY_THE_AGENT } from '../require-role.ts';
import type { TicketDeps } from '../ticket-deps.ts';
import { workableConversation } from './workable-conversation.ts';

type Said<Author extends PostMessage['author']> = { readonly conversation: ConversationFacts; readonly messageId: string; readonly message: Extract<PostMessage, { author: Author }> };

/**
 * Adds what the customer or the agent said. A customer's message is a fact and is never refused. An agent's passes the
 * fence (P12): `ai_paused`, `stale_epoch`, `newer_message`. What is stored is answered with success even while Temporal
 * is away: the sweeper tells whoever must be told.
 */
export async function postMessage(deps: TicketDeps, principal: Principal, conversationId: string, input: z.input<typeof postMessageInput>, key: string): Promise<Result<MessageView>> {
  const parsed = parseInput(postMessageInput, input);
  if (!parsed.ok) return parsed;
  const found = await workableConversation(deps, principal, conversationId);
  if (!found.ok) return found;
  const message = parsed.value;
  const messageId = idFrom('message', commandKey(principal, { deed: `post:${message.author}`, target: conversationId, key }));
  const said = { conversation: found.value, messageId };
  const refused = message.author === 'customer' ? await fromCustomer(deps, { ...said, message }) : await fromAgent(deps, principal, { ...said, message });
  if (!refused.ok) return refused;
  const view = await readMessageView(deps.prisma, principal.teamId, messageId);
  return view === null ? refuse('not_found', 'There is no such message.') : ok(view);
}

async function fromCustomer(deps: TicketDeps, { conversation, messageId, message }: Said<'customer'>): Promise<Result<null>> {
  const { teamId, id: conversationId, requesterId, channel } = conversation;
  const { mustHandOver } = await retryingDeadlocks(() =>
    deps.prisma.$transaction((db) => storeCustomerMessage(db, { id: messageId, teamId, conversationId, requesterId, channel, text: message.text, at: new Date(deps.now()) })),
  );
  deps.failpoint?.('row_stored_not_signalled');
  if (mustHandOver) await handOver(deps, { teamId, messageId });
  return ok(null);
}

async function fromAgent(deps: TicketDeps, principal: Principal, { conversation, messageId, message }: Said<'agent'>): Promise<Result<null>> {
  if (principal.kind !== 'agent') return ONLY_THE_AGENT;
  const { teamId, id: conversationId } = conversation;
  const recorded = await retryingDeadlocks(() =>
    recordAiMessage(deps.prisma, {
      id: messageId,
      teamId,
      conversationId,
      agentId: principal.agentId,
      text: message.text,
      epoch: message.epoch,
      lastSeenMessage: message.lastSeenMessage,
      at: new Date(deps.now()),
    }),
  );
  if (!recorded.ok) return recorded;
  deps.failpoint?.('row_stored_not_signalled');
  try {
    await followAiMessage(deps, { teamId, messageId });
  } catch (error) {
    // Throws what is no outage of the workflow server; an outage is the sweeper's affair, the message is recorded.
    refusalOf(error);
  }
  return ok(null);
}
