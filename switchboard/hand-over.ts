import { newId } from '#store/new-id.ts';
import { prepared } from '#prisma/transaction.ts';
import { openGeneration } from '#store/generations.ts';
import type { Actor } from '#workflows/domain/actor.ts';
import { type Result, refuse } from '#workflows/domain/errors.ts';
import type { Origin } from '#workflows/domain/channel.ts';
import { openTicket } from './births.ts';
import { commandTicket, type SwitchboardDeps } from './tickets.ts';

/** Whose ticket took the message; null: the AI serves the conversation and nobody has to be told. */
export type HandedOver = { readonly ticketId: string | null };

/**
 * Hands a stored customer message to its conversation's open ticket, or gives birth to a new, linked one where the
 * channel or the missing AI asks for it. Doing it twice is doing it once: the message's id is the command's id.
 */
export async function handOver(deps: SwitchboardDeps, { teamId, messageId }: { teamId: string; messageId: string }): Promise<Result<HandedOver>> {
  const message = await deps.prisma.message.findFirst({ where: { id: messageId, teamId, author: 'customer' } });
  if (message === null) return refuse('not_found', 'There is no such message.');
  if (message.handedAt !== null) return { ok: true, value: { ticketId: message.ticketId } };
  const by: Actor = message.authorId === null ? { kind: 'baton' } : { kind: 'requester', id: message.authorId };
  // At most one ticket can finish between looking and handing over; the second look finds none, or a new one.
  for (let round = 0; round < 3; round += 1) {
    const open = await openGeneration(prepared(deps.prisma), message.conversationId);
    if (open === null) return bearFor(deps, { message, by });
    const taken = await commandTicket(
      deps,
      { teamId, ticketId: open.ticketId },
      { id: `said:${messageId}`, command: { kind: 'customer_message', by, messageId, position: message.position, automated: message.automatic }, written: open.lastSeq },
    );
    if (taken.ok) return { ok: true, value: { ticketId: open.ticketId } };
    if (taken.code !== 'ticket_finished') return taken;
  }
  return refuse('outcome_unknown', 'The conversation’s ticket is changing. Try again.', { retryAfter: 1 });
}

interface BirthCause {
  readonly message: { id: string; teamId: string; conversationId: string; channel: string; createdAt: Date; position: number; automatic: boolean };
  readonly by: Actor;
}

async function bearFor(deps: SwitchboardDeps, { message, by }: BirthCause): Promise<Result<HandedOver>> {
  const conversation = await deps.prisma.conversation.findFirst({
    where: { id: message.conversationId, teamId: message.teamId },
    select: { agentId: true, isPaused: true },
  });
  const isServed = conversation !== null && conversation.agentId !== null && !conversation.isPaused;
  if (message.channel !== 'email' && isServed) {
    await deps.prisma.message.updateMany({ where: { id: message.id, handedAt: null }, data: { handedAt: message.createdAt } });
    return { ok: true, value: { ticketId: null } };
  }
  const origin: Origin = message.channel === 'email' ? 'email' : 'api';
  const opened = await openTicket(deps, {
    ticketId: newId('ticket'),
    teamId: message.teamId,
    conversationId: message.conversationId,
    origin,
    priority: null,
    tags: [],
    assigneeId: null,
    by,
    at: message.createdAt.getTime(),
    escalation: null,
    takenBy: null,
    firstReply: null,
    heeds: { messageId: message.id },
  });
  if (!opened.ok) return opened;
  // Another birth won: it may not have read this message, so it is handed over as any other.
  if (!opened.value.isNew) {
    const now = await deps.prisma.message.findUnique({ where: { id: message.id }, select: { handedAt: true, ticketId: true } });
    if (now !== null && now.handedAt !== null) return { ok: true, value: { ticketId: now.ticketId } };
    const taken = await commandTicket(
      deps,
      { teamId: message.teamId, ticketId: opened.value.ticketId },
      { id: `said:${message.id}`, command: { kind: 'customer_message', by, messageId: message.id, position: message.position, automated: message.automatic } },
    );
    if (!taken.ok && taken.code !== 'ticket_finished') return taken;
  }
  return { ok: true, value: { ticketId: opened.value.ticketId } };
}
