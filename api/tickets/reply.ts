import type { z } from 'zod';
import { together } from '#prisma/transaction.ts';
import type { SqlDb } from '#prisma/transaction.ts';
import { hasTeamAddress } from '#prisma/store/addresses.ts';
import { forgetDraft } from '#prisma/store/drafts.ts';
import { commandIdFrom, idFrom } from '#prisma/store/derived-id.ts';
import { hasWidget } from '#prisma/store/widgets/continuation.ts';
import { dropUnseenBody, mailboxOf, storeBody } from '#prisma/store/outgoing-bodies.ts';
import { followWidgetReply } from '#switchboard/deliveries.ts';
import { isDefinite, refusalOf } from '#switchboard/refusal-of.ts';
import { reply as replyInput } from '#workflows/contract/commands.ts';
import type { Reply } from '#workflows/contract/commands.ts';
import type { MessageView, TicketView } from '#workflows/contract/views.ts';
import { isSentByMail } from '#workflows/domain/channel.ts';
import type { Channel } from '#workflows/domain/channel.ts';
import { ok, refuse, refuseField } from '#workflows/domain/errors.ts';
import type { Result } from '#workflows/domain/errors.ts';
import { refusedFiles } from '../attachments/refused-files.ts';
import { commandKey } from '../command-key.ts';
import { onceSilent } from '../conversations/await-silence.ts';
import { parseInput } from '../parse-input.ts';
import { actorOf, principalKey } from '../principal.ts';
import type { Principal } from '../principal.ts';
import { readMessageView } from '../queries/message.ts';
import { NO_SUCH_TICKET } from '../queries/find-ticket.ts';
import type { TicketFacts } from '../queries/find-ticket.ts';
import { inTheirLanguage } from '../translation/in-their-language.ts';
import type { Outgoing } from '../translation/in-their-language.ts';
import { readTicketView } from '../queries/ticket.ts';
import { refuseUnlessWriter } from '../require-role.ts';
import type { TicketDeps } from '../ticket-deps.ts';
import { sendCommand, workableTicket } from './give-command.ts';

/**
 * Writes to the customer (P7, P13, P14). The body is stored first, unseen; the ticket accepts it or refuses it. It
 * answers when the ticket's new state is written and, unless the AI goes on beside it, no AI message is under way. The
 * same key again is the same reply.
 */
export async function reply(
  deps: TicketDeps,
  principal: Principal,
  ticketId: string,
  input: z.input<typeof replyInput>,
  key: string,
): Promise<Result<{ ticket: TicketView; message: MessageView }>> {
  const refused = refuseUnlessWriter(principal);
  if (refused) return refused;
  const parsed = parseInput(replyInput, input);
  if (!parsed.ok) return parsed;
  const found = await workableTicket(deps, principal, ticketId);
  if (!found.ok) return found;
  const named = commandKey(principal, { deed: 'reply', target: found.value.id, key });
  const way = await wayOf(deps, found.value, parsed.value);
  if (!way.ok) return way;
  // Translated first: where that fails, nothing has begun.
  const said = await inTheirLanguage(deps, principal, found.value, parsed.value);
  if (!said.ok) return said;
  const sent = await send(deps, principal, found.value, { named, way: way.value, reply: { ...parsed.value, ...said.value } });
  if (!sent.ok) return sent;
  return answer(deps, principal, found.value, { messageId: sent.value, isBeside: way.value.isBeside });
}

/** How a reply leaves. */
interface Way {
  readonly channel: Channel;
  /** Where a mail goes. */
  readonly to: string | null;
  /** As a mail beside the ticket's channel, whose AI stays as it is (P14). */
  readonly isBeside: boolean;
}

async function wayOf({ prisma }: TicketDeps, { teamId, requesterId, channel }: TicketFacts, said: Reply): Promise<Result<Way>> {
  const isBeside = said.channel !== undefined && !isSentByMail(channel);
  if (!isBeside && !isSentByMail(channel)) return ok({ channel, to: null, isBeside });
  const to = await mailboxOf(prisma, teamId, requesterId);
  if (to === null) {
    return isBeside
      ? refuseField('body.channel', 'needs an e-mail address of the requester, and none is known: leave it out, and the reply goes to them on the ticket’s channel')
      : refuse('no_address', 'No e-mail address of the requester is known, so a reply could not reach them.');
  }
  if (isBeside && !(await hasTeamAddress(prisma, teamId))) {
    return refuseField('body.channel', 'needs an e-mail address of the team to write from, and there is none: an admin adds one, or leave it out, and the reply goes on the ticket’s channel');
  }
  return ok({ channel: 'email', to, isBeside });
}

async function send(
  deps: TicketDeps,
  principal: Principal,
  ticket: TicketFacts,
  { named, way: { channel, to, isBeside }, reply: said }: { named: string; way: Way; reply: Reply & Outgoing },
): Promise<Result<string>> {
  const { prisma } = deps;
  const messageId = idFrom('message', named);
  // A mail is the mail server's to bring: the chat shows it, and nobody waits until it has.
  const isWidgets = channel === 'live_chat' && (await hasWidget(prisma, ticket));
  const stored = await storeBody(
    prisma,
    {
      id: messageId,
      teamId: ticket.teamId,
      conversationId: ticket.conversationId,
      // Already here, though the ticket has not accepted it yet: accepting then changes no indexed column.
      ticketId: ticket.id,
      author: 'operator',
      authorId: principalKey(principal),
      channel,
      text: said.text,
      aiAssisted: said.aiAssisted,
      at: new Date(deps.now()),
      mailTo: to === null ? [] : [to],
      mailCc: said.cc,
      ...(said.source !== null && { source: said.source, language: said.language }),
      // Whoever follows it until it has arrived says so (followWidgetReply).
      ...(isWidgets && { handed: false }),
    },
    said.attachments,
  );
  if (stored === 'accepted') return ok(messageId);
  if (stored !== 'stored') return refusedFiles(stored);
  const { takeOver, holdMs, force, lastSeenMessage } = said;
  const answered = await sendCommand(deps, ticket, {
    id: commandIdFrom(named),
    command: { kind: 'reply', by: actorOf(principal), messageId, takeOver, holdMs, status: said.status ?? null, force, ...(lastSeenMessage !== undefined && { lastSeenMessage }), ...(isBeside && { byMail: true }) },
  });
  if (answered.ok && isWidgets) await follow(deps, { teamId: ticket.teamId, messageId });
  if (answered.ok) return ok(messageId);
  if (isDefinite(answered)) await dropUnseenBody(prisma, { teamId: ticket.teamId, messageId });
  return answered;
}

/** An outage is the sweeper's affair: the reply is accepted. */
async function follow(deps: TicketDeps, ids: { teamId: string; messageId: string }): Promise<void> {
  try {
    await followWidgetReply(deps, ids);
  } catch (error) {
    refusalOf(error);
  }
}

async function answer(deps: TicketDeps, principal: Principal, ticket: TicketFacts, { messageId, isBeside }: { messageId: string; isBeside: boolean }): Promise<Result<{ ticket: TicketView; message: MessageView }>> {
  const { teamId, id: ticketId, conversationId } = ticket;
  const read = (db: SqlDb) => Promise.all([readTicketView(db, principal, ticketId), readMessageView(db, teamId, messageId)]);
  const [[view, message]] = await Promise.all([
    ticket.agentId === null || isBeside ? together(deps.prisma, read) : onceSilent(deps, conversationId, read),
    principal.kind === 'operator' ? forgetDraft(deps.prisma, { teamId, operatorId: principal.operatorId, ticketId, kind: 'reply' }) : null,
  ]);
  if (view === null) return NO_SUCH_TICKET;
  return message === null ? refuse('not_found', 'There is no such message.') : ok({ ticket: view, message });
}
