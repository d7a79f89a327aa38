import { findOutgoing } from '#prisma/store/outgoing-bodies.ts';
import { forgetAttempts } from '#prisma/store/send-log.ts';
import type { TicketView } from '#workflows/contract/views.ts';
import { isSentByMail } from '#workflows/domain/channel.ts';
import { refuse } from '#workflows/domain/errors.ts';
import type { Result } from '#workflows/domain/errors.ts';
import { isId } from '../is-id.ts';
import { actorOf } from '../principal.ts';
import type { Principal } from '../principal.ts';
import { authorOf } from '../queries/message-view.ts';
import type { TicketDeps } from '../ticket-deps.ts';
import { giveCommand, ticketAnswer, workableTicket } from './give-command.ts';

/** Sends a failed message again. One that is on its way already stays so; one that arrived is refused with `too_late`. */
export async function retryDelivery(deps: TicketDeps, principal: Principal, ticketId: string, messageId: string, key: string): Promise<Result<TicketView>> {
  const found = await workableTicket(deps, principal, ticketId);
  if (!found.ok) return found;
  const { teamId, conversationId, id } = found.value;
  const message = isId('message', messageId) ? await findOutgoing(deps.prisma, { teamId, conversationId, messageId }) : null;
  if (message === null) return refuse('not_found', 'There is no such message of ours.');
  if (message.delivery === 'pending' || message.delivery === 'claimed') return ticketAnswer(deps, principal, id);
  if (message.delivery !== 'failed' && message.delivery !== 'unknown') return refuse('too_late', `Only a message that failed can be sent again; this one is ${message.delivery ?? 'not to be sent'}.`);
  await forgetAttempts(deps.prisma, { messageId, teamId });
  return giveCommand(deps, principal, { deed: `retry:${messageId}`, ticketId: id, key }, ({ channel }) => ({
    kind: 'retry_delivery',
    by: actorOf(principal),
    messageId,
    author: authorOf(message),
    // Only what a person wrote as a mail: what a mail brought instead of a chat is still the chat's.
    ...(message.channel === 'email' && !isSentByMail(channel) && { byMail: true as const }),
  }));
}
