import { findOutgoing } from '#prisma/store/outgoing-bodies.ts';
import type { TicketView } from '#workflows/contract/views.ts';
import { refuse } from '#workflows/domain/errors.ts';
import type { Result } from '#workflows/domain/errors.ts';
import { isId } from '../is-id.ts';
import { actorOf } from '../principal.ts';
import type { Principal } from '../principal.ts';
import type { TicketDeps } from '../ticket-deps.ts';
import { giveCommand, workableTicket } from './give-command.ts';

/** Undo send (P42): really cancels; refused with `too_late` once the message was released. */
export async function withdrawReply(deps: TicketDeps, principal: Principal, ticketId: string, messageId: string, key: string): Promise<Result<TicketView>> {
  const found = await workableTicket(deps, principal, ticketId);
  if (!found.ok) return found;
  const { teamId, conversationId } = found.value;
  if (!isId('message', messageId) || (await findOutgoing(deps.prisma, { teamId, conversationId, messageId })) === null) return refuse('not_found', 'There is no such reply.');
  return giveCommand(deps, principal, { deed: `withdraw:${messageId}`, ticketId: found.value.id, key }, () => ({ kind: 'withdraw_reply', by: actorOf(principal), messageId }));
}
