import type { z } from 'zod';
import { detectLanguage } from '#prisma/store/languages/detect-language.ts';
import { recordAiMessage } from '#prisma/store/ai-messages.ts';
import { storeCustomerMessage } from '#prisma/store/customer-messages.ts';
import { retryingDeadlocks } from '#prisma/store/deadlock.ts';
import { idFrom } from '#prisma/store/derived-id.ts';
import { pipelined, together } from '#prisma/transaction.ts';
import { followAiMessage } from '#switchboard/deliveries.ts';
import { handOver } from '#switchboard/hand-over.ts';
import { refusalOf } from '#switchboard/refusal-of.ts';
import { postMessage as postMessageInput } from '#workflows/contract/commands.ts';
import type { PostMessage } from '#workflows/contract/commands.ts';
import type { MessageView } from '#workflows/contract/views.ts';
import { ok, refuse } from '#workflows/domain/errors.ts';
import type { Result } from '#workflows/domain/errors.ts';
import { commandKey } from '../command-key.ts';
import { isId } from '../is-id.ts';
import { parseInput } from '../parse-input.ts';
import type { Principal } from '../principal.ts';
import { NO_SUCH_CONVERSATION } from '../queries/find-conversation.ts';
import { readMessageView } from '../queries/message.ts';
import { ONLY_THE_AGENT } from '../require-role.ts';
import type { TicketDeps } from '../ticket-deps.ts';
import { workableConversation } from './workable-conversation.ts';

const NOT_THE_CUSTOMER = refuse('forbidden', 'In a conversation by mail or in a web chat only the customer speaks as the customer. Yours to add to are those that were begun by API.');

interface Said<Author extends PostMessage['author']> {
  readonly conversationId: string;
  readonly messageId: string;
  readonly message: Extract<PostMessage, { author: Author }>;
}

/**
 * Adds what the customer or the agent said. A customer's message is a fact, which their own app brings: it is
 * refused only where they have a channel of ours (`forbidden`). An agent's passes the
 * fence (P12): `ai_paused`, `stale_epoch`, `newer_message`. What is stored is answered with success even while Temporal
 * is away: the sweeper tells whoever must be told.
 */
export async function postMessage(deps: TicketDeps, principal: Principal, conversationId: string, input: z.input<typeof postMessageInput>, key: string): Promise<Result<MessageView>> {
  const parsed = parseInput(postMessageInput, input);
  if (!parsed.ok) return parsed;
  const message = parsed.value;
  const messageId = idFrom('message', commandKey(principal, { deed: `post:${message.author}`, target: conversationId, key }));
  const said = { conversationId, messageId };
  return message.author === 'customer' ? fromCustomer(deps, principal, { ...said, message }) : fromAgent(deps, principal, { ...said, message });
}

async function fromCustomer(deps: TicketDeps, principal: Principal, { conversationId, messageId, message }: Said<'customer'>): Promise<Result<MessageView>> {
  const found = await workableConversation(deps, principal, conversationId);
  if (!found.ok) return found;
  const { teamId, requesterId, channel, widgetId } = found.value;
  // There the customer speaks by the mail server or their browser, and nobody can put words into their mouth.
  if (channel === 'email' || widgetId !== null) return NOT_THE_CUSTOMER;
  const language = await detectLanguage(message.text);
  const { mustHandOver } = await retryingDeadlocks(() =>
    pipelined(deps.prisma, (db) => storeCustomerMessage(db, { id: messageId, teamId, conversationId, requesterId, channel, text: message.text, language, at: new Date(deps.now()) })),
  );
  deps.failpoint?.('row_stored_not_signalled');
  if (mustHandOver) await handOver(deps, { teamId, messageId });
  return there(await together(deps.prisma, (db) => readMessageView(db, teamId, messageId)));
}

async function fromAgent(deps: TicketDeps, principal: Principal, { conversationId, messageId, message }: Said<'agent'>): Promise<Result<MessageView>> {
  if (principal.kind !== 'agent') {
    const found = await workableConversation(deps, principal, conversationId);
    return found.ok ? ONLY_THE_AGENT : found;
  }
  if (!isId('conversation', conversationId)) return NO_SUCH_CONVERSATION;
  const { teamId, agentId } = principal;
  const { text, epoch, lastSeenMessage } = message;
  // The fence looks for the conversation of this agent itself.
  const recorded = await retryingDeadlocks(() =>
    recordAiMessage(deps.prisma, { id: messageId, teamId, conversationId, agentId, text, epoch, lastSeenMessage, at: new Date(deps.now()) }, (db) => readMessageView(db, teamId, messageId)),
  );
  if (!recorded.ok) return recorded;
  deps.failpoint?.('row_stored_not_signalled');
  try {
    if (recorded.value.mustFollow) await followAiMessage(deps, { teamId, messageId });
  } catch (error) {
    // Throws what is no outage of the workflow server; an outage is the sweeper's affair, the message is recorded.
    refusalOf(error);
  }
  return there(recorded.value.read);
}

function there(view: MessageView | null): Result<MessageView> {
  return view === null ? refuse('not_found', 'There is no such message.') : ok(view);
}
