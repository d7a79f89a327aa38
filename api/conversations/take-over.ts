import type { z } from 'zod';
import { commandIdFrom, idFrom } from '#prisma/store/derived-id.ts';
import { openGeneration } from '#prisma/store/generations.ts';
import { together } from '#prisma/transaction.ts';
import { openConversationTicket } from '#switchboard/open-conversation-ticket.ts';
import { takeOver as takeOverInput } from '#workflows/contract/commands.ts';
import type { TicketView } from '#workflows/contract/views.ts';
import { ok } from '#workflows/domain/errors.ts';
import type { Result } from '#workflows/domain/errors.ts';
import { commandKey } from '../command-key.ts';
import { isId } from '../is-id.ts';
import { parseInput } from '../parse-input.ts';
import { actorOf } from '../principal.ts';
import type { Principal } from '../principal.ts';
import { NO_SUCH_CONVERSATION, readableConversation } from '../queries/find-conversation.ts';
import { NO_SUCH_TICKET } from '../queries/find-ticket.ts';
import { readTicketView } from '../queries/ticket.ts';
import { refuseUnlessWriter } from '../require-role.ts';
import type { TicketDeps } from '../ticket-deps.ts';
import { onceSilent } from './await-silence.ts';

/**
 * Takes a conversation over (P2), with or without a ticket: AI paused, ticket open, assigned, on_you, all or nothing.
 * Refused with `already_taken` and the holder's name where another operator has it, unless forced. From the answer on,
 * no AI message reaches the customer (P12).
 */
export async function takeOver(deps: TicketDeps, principal: Principal, conversationId: string, input: z.input<typeof takeOverInput>, key: string): Promise<Result<TicketView>> {
  const refused = refuseUnlessWriter(principal);
  if (refused) return refused;
  const parsed = parseInput(takeOverInput, input);
  if (!parsed.ok) return parsed;
  const { force } = parsed.value;
  if (!isId('conversation', conversationId)) return NO_SUCH_CONVERSATION;
  const [conversation, open] = await together(deps.prisma, (db) => Promise.all([readableConversation(db, principal, conversationId), openGeneration(db, conversationId)]));
  if (conversation === null) return NO_SUCH_CONVERSATION;
  const named = commandKey(principal, { deed: force ? 'take_over:force' : 'take_over', target: conversationId, key });
  const by = actorOf(principal);
  const taken = await openConversationTicket(deps, by, { ...conversation, open }, {
    ticketId: idFrom('ticket', named),
    birth: { origin: 'takeover', escalation: null, takenBy: by },
    command: { id: commandIdFrom(named), command: { kind: 'take_over', by, force }, always: false },
  });
  if (!taken.ok) return taken;
  const view = await onceSilent(deps, conversationId, (db) => readTicketView(db, principal, taken.value));
  return view === null ? NO_SUCH_TICKET : ok(view);
}
